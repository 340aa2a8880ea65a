import { LheoError, type SplitEnd, type SplitRoot, splitFormations } from "../lheo/index.ts";
import { blocksFor, type Notice, type NoticeCode, notice, type Severity } from "../notices/index.ts";
import {
  type Controle,
  controleComplet,
  controlePublie,
  enVersion23,
  type FormationLue,
  type NoticeLue,
} from "./fileFormations.ts";
import { openFile, readWhole } from "./openFile.ts";
import { createUniqueness } from "./rules/index.ts";
import { startXsd, type Xsd } from "./xsd.ts";
import { xsdNotices } from "./xsdMessages.ts";

export interface ValidateFileOptions {
  /** The published XSD alone: no rule of ours, `offreInfo` is not judged. */
  readonly publieeSeule?: boolean | undefined;
  /** A profile: what it refuses fails the second verdict, beside what everyone does. */
  readonly profil?: string | undefined;
  /** Says what an ISO-8859-1 partner could not read. */
  readonly latin1?: boolean | undefined;
  readonly workers?: number | undefined;
  /** Threads already started, left running; otherwise they are started for the file and closed after it. */
  readonly xsd?: Xsd | undefined;
}

/** What a file is worth. */
export interface BilanFichier {
  /** Local name of the root; empty when there is none. */
  readonly racine: string;
  readonly version: "2.3" | "2.2" | "inconnue";
  readonly formations: number;
  /** Not counted with the published XSD alone. */
  readonly actions: number;
  readonly sessions: number;
  /** Bytes read, after decompression. */
  readonly octets: number;
  /** Would the published XSD accept the file? */
  readonly xsdPubliee: boolean;
  /** Does it keep our XSD and the rules that block? Undefined when it was not judged. */
  readonly offreInfo: boolean | undefined;
  readonly severites: Readonly<Record<Severity, number>>;
  /** How many notices of each code. */
  readonly codes: Readonly<Record<string, number>>;
}

export type ValidationEvent =
  | ({ readonly kind: "notice" } & NoticeLue)
  | { readonly kind: "progress"; readonly octets: number; readonly formations: number }
  /** The last one, always. */
  | { readonly kind: "bilan"; readonly bilan: BilanFichier };

/** A batch: enough for the thread to have work, little enough to be held three times. */
const LOT = 64;
const CARACTERES = 1024 * 1024;
/** A file that is checked as a whole holds four times its size in memory. */
const ENTIER = 64 * 1024 * 1024;
const ENTIERS = new Set(["lheo-index", "lheo-plus"]);

/**
 * Checks a file of any size, one formation after the other in flat memory, gzip or not: what the published XSD says
 * of it, and our XSD with the rules. Notices come in the order of the file, with their lines.
 *
 * @throws the system's error when the file cannot be read; what is in it is never thrown
 */
export async function* validateFile(
  path: string,
  options: ValidateFileOptions = {},
): AsyncGenerator<ValidationEvent> {
  const xsd = options.xsd ?? startXsd({ workers: options.workers ?? 1 });
  try {
    const run = new Run(path, options, xsd);
    yield* run.events();
    yield { kind: "bilan", bilan: run.bilan() };
  } finally {
    if (options.xsd === undefined) await xsd.close();
  }
}

class Run {
  readonly #path: string;
  readonly #options: ValidateFileOptions;
  readonly #xsd: Xsd;
  readonly #uniqueness = createUniqueness();
  readonly #severites: Record<Severity, number> = { bloquant: 0, avertissement: 0, information: 0 };
  readonly #codes = new Map<string, number>();
  #root: SplitRoot | undefined;
  #lot: FormationLue[] = [];
  #taille = 0;
  #pending: Promise<readonly Controle[]> | undefined;
  #octets = 0;
  #formations = 0;
  #actions = 0;
  #sessions = 0;
  #xsdPubliee = true;
  #offreInfo = true;

  constructor(path: string, options: ValidateFileOptions, xsd: Xsd) {
    this.#path = path;
    this.#options = options;
    this.#xsd = xsd;
  }

  async *events(): AsyncGenerator<ValidationEvent> {
    const source = await openFile(this.#path);
    try {
      for await (const event of splitFormations(this.#counted(source))) {
        if (event.kind === "formation") yield* this.#formation(event);
        else if (event.kind === "root") yield* this.#opening(event);
        else yield* this.#ending(event);
        if (this.#root !== undefined && this.#root.root !== "lheo") return;
      }
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal === undefined) throw error;
      yield* this.#flush();
      yield* this.#file("xml-mal-forme", refusal.message, { line: refusal.line });
    }
  }

  bilan(): BilanFichier {
    return {
      racine: this.#root?.root ?? "",
      version: this.#root?.version ?? "inconnue",
      formations: this.#formations,
      actions: this.#actions,
      sessions: this.#sessions,
      octets: this.#octets,
      xsdPubliee: this.#xsdPubliee,
      offreInfo: this.#juge() ? this.#offreInfo : undefined,
      severites: { ...this.#severites },
      codes: Object.fromEntries([...this.#codes].sort(([a], [b]) => (a < b ? -1 : 1))),
    };
  }

  /** An index has no rule of ours. */
  #juge(): boolean {
    return this.#options.publieeSeule !== true && !ENTIERS.has(this.#root?.root ?? "");
  }

  async *#counted(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of source) {
      this.#octets += chunk.length;
      yield chunk;
    }
  }

  async *#opening(root: SplitRoot): AsyncGenerator<ValidationEvent> {
    this.#root = root;
    if (root.encoding !== "UTF-8") yield* this.#file("fichier-encodage", root.encoding, { publiee: false });
    if (root.version === "2.2") yield* this.#file("fichier-version", root.namespace);
    if (root.version === "inconnue") yield* this.#file("fichier-espace-de-noms", root.namespace);
    if (root.root === "lheo") return;
    if (ENTIERS.has(root.root)) yield* this.#whole(root);
    else yield* this.#file("fichier-racine", root.root);
  }

  /** An index, or an offer with bodies beside: one document, not formations. */
  async *#whole(root: SplitRoot): AsyncGenerator<ValidationEvent> {
    yield* this.#file("fichier-index", root.root, { publiee: false });
    const text = await readWhole(this.#path, root.encoding, ENTIER);
    if (text === undefined) {
      yield* this.#file("fichier-trop-gros", `${ENTIER / 1024 / 1024} Mio`, {
        attendu: `${ENTIER / 1024 / 1024} Mio`,
      });
      return;
    }
    this.#octets = Buffer.byteLength(text);
    const defects = await this.#xsd.validateDocument(enVersion23(text), "publiee");
    for (const found of xsdNotices(defects, { line: 1 })) yield this.#say({ notice: found, publiee: true });
  }

  async *#formation({ xml, line }: FormationLue): AsyncGenerator<ValidationEvent> {
    this.#formations++;
    this.#lot.push({ xml: enVersion23(xml), line });
    this.#taille += xml.length;
    if (this.#lot.length >= LOT || this.#taille >= CARACTERES) yield* this.#send();
  }

  /** Gives the batch to the thread, then tells what the one before it gave. */
  async *#send(): AsyncGenerator<ValidationEvent> {
    const lot = this.#lot;
    const previous = this.#pending;
    this.#lot = [];
    this.#taille = 0;
    const { publieeSeule } = this.#options;
    this.#pending =
      publieeSeule === true
        ? controlePublie(this.#xsd, lot)
        : controleComplet(this.#xsd, lot, { uniqueness: this.#uniqueness, latin1: this.#options.latin1 });
    // Awaited at the next batch: a failure in between is told there.
    this.#pending.catch(() => undefined);
    for (const controle of (await previous) ?? []) yield* this.#tell(controle);
    yield { kind: "progress", octets: this.#octets, formations: this.#formations };
  }

  async *#flush(): AsyncGenerator<ValidationEvent> {
    if (this.#lot.length > 0) yield* this.#send();
    const last = this.#pending;
    this.#pending = undefined;
    for (const controle of (await last) ?? []) yield* this.#tell(controle);
  }

  *#tell({ notices, actions, sessions }: Controle): Generator<ValidationEvent> {
    this.#actions += actions;
    this.#sessions += sessions;
    for (const found of notices) yield this.#say(found);
  }

  async *#ending({ formations, envelope, fileLine }: SplitEnd): AsyncGenerator<ValidationEvent> {
    yield* this.#flush();
    if (this.#root?.root !== "lheo") return;
    if (formations === 0) {
      yield* this.#file("fichier-vide", "0", { line: fileLine(1) });
      return;
    }
    if (this.#root.version === "inconnue") return;
    const text = enVersion23(envelope);
    const published = await this.#xsd.validateDocument(text, "publiee");
    const strict = this.#options.publieeSeule === true ? published : await this.#xsd.validateDocument(text);
    const paths = new Set(outside(published, fileLine).map(({ path }) => path));
    for (const found of outside(strict, fileLine))
      yield this.#say({ notice: found, publiee: paths.has(found.path) });
  }

  /** A notice on the file itself. */
  *#file(
    code: NoticeCode,
    value: string,
    {
      line,
      attendu,
      publiee = true,
    }: { line?: number | undefined; attendu?: string; publiee?: boolean } = {},
  ): Generator<ValidationEvent> {
    const found = notice(code, { path: "", value, attendu, ...(line === undefined ? undefined : { line }) });
    yield this.#say({ notice: found, publiee: publiee && found.severity === "bloquant" });
  }

  #say(seen: NoticeLue): ValidationEvent {
    const { severity, code } = seen.notice;
    const { profil } = this.#options;
    this.#severites[severity]++;
    this.#codes.set(code, (this.#codes.get(code) ?? 0) + 1);
    if (seen.publiee) this.#xsdPubliee = false;
    if (severity === "bloquant" || (profil !== undefined && blocksFor(seen.notice, profil)))
      this.#offreInfo = false;
    return { kind: "notice", ...seen };
  }
}

/** What is wrong with the file, or nothing when it is the system's fault. */
function refusalOf(
  error: unknown,
): { readonly message: string; readonly line?: number | undefined } | undefined {
  if (error instanceof LheoError) return error;
  const zlib = error instanceof Error && "code" in error && /^Z_/.test(String(error.code));
  return zlib ? { message: "l'archive gzip est coupée ou abîmée" } : undefined;
}

/** What the schema says of the envelope, apart from the formation in it, which has been checked with the others. */
function outside(
  defects: Awaited<ReturnType<Xsd["validateDocument"]>>,
  fileLine: (line: number) => number,
): readonly Notice[] {
  const around = defects.filter(({ steps }) => steps[2]?.name !== "formation");
  return around.flatMap((defect) => xsdNotices([{ ...defect, line: fileLine(defect.line) }], { line: 1 }));
}
