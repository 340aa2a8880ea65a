import { plainBytes, textOf } from "./bytes.ts";
import { csvLines } from "./csv.ts";
import { type Entete, type Ligne, LineReader } from "./line.ts";
import type { Accuse } from "./mapping.ts";
import { type Remarque, Remarques, VIDE } from "./remarques.ts";
import { jsonRoot, type Node, nodesAt, textAt, xmlRoot } from "./tree.ts";

/** Bytes read once any compression is undone. A tree is held in memory whole, a CSV file never is. */
const MOST_OCTETS = { csv: 1_000_000_000, xml: 16_000_000, json: 32_000_000 };
const MOST_LIGNES = 2_000_000;

/** A receipt while it is read: once the lines have been taken, the rest is known. */
export interface Lecture {
  readonly lignes: AsyncIterable<Ligne>;
  readonly entete: Readonly<Entete>;
  readonly remarques: readonly Remarque[];
  /** Some of the file was not read. */
  readonly coupee: boolean;
}

/** What one file says. */
export interface ReceiptRead {
  readonly entete: Readonly<Entete>;
  readonly lignes: readonly Ligne[];
  readonly coupee: boolean;
}

/**
 * Reads a receipt of a partner. Total: whatever the bytes, they give lines and remarks; what throws is the source.
 * @param source the file as it comes, gzip or not
 */
export function openReceipt(source: AsyncIterable<Uint8Array>, accuse: Accuse): Lecture {
  const remarques = new Remarques();
  const reader = new LineReader(accuse, remarques);
  return {
    lignes: linesOf(source, accuse, reader, remarques),
    entete: reader.entete,
    get remarques() {
      return remarques.all;
    },
    get coupee() {
      return remarques.isCut;
    },
  };
}

/** The same on bytes at hand, all lines together. */
export async function readReceipt(
  bytes: Uint8Array,
  accuse: Accuse,
): Promise<{ readonly value: ReceiptRead; readonly notices: readonly Remarque[] }> {
  const lecture = openReceipt(once(bytes), accuse);
  const lignes: Ligne[] = [];
  for await (const ligne of lecture.lignes) lignes.push(ligne);
  return {
    value: { entete: lecture.entete, lignes, coupee: lecture.coupee },
    notices: lecture.remarques,
  };
}

export async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  if (bytes.length > 0) yield bytes;
}

async function* linesOf(
  source: AsyncIterable<Uint8Array>,
  accuse: Accuse,
  reader: LineReader,
  remarques: Remarques,
): AsyncGenerator<Ligne> {
  let empty = true;
  const bytes = plainBytes(source, MOST_OCTETS[accuse.format], remarques);
  const seen = (async function* () {
    for await (const one of bytes) {
      empty &&= one.length === 0;
      yield one;
    }
  })();
  const lines =
    accuse.format === "csv"
      ? csvLines(textOf(seen, accuse.encodage, remarques), accuse, reader, remarques)
      : treeLines(seen, accuse, reader, remarques);
  let count = 0;
  for await (const line of lines) {
    count += 1;
    if (count > MOST_LIGNES) {
      remarques.cut(`ligne ${line.rang}`, `Plus de ${MOST_LIGNES} lignes : la suite n'est pas lue.`);
      return;
    }
    yield line;
  }
  if (empty && !remarques.isCut) remarques.cut("début", VIDE);
}

async function* treeLines(
  bytes: AsyncIterable<Uint8Array>,
  accuse: Accuse,
  reader: LineReader,
  remarques: Remarques,
): AsyncGenerator<Ligne> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  // Cut short, it can only be ill formed: what was said already tells why.
  if (remarques.isCut || chunks.length === 0) return;
  const whole = Buffer.concat(chunks);
  const encodage = accuse.format === "xml" ? declaredIn(whole) : accuse.encodage;
  let text = "";
  for await (const piece of textOf(once(whole), encodage, remarques)) text += piece;
  const root = accuse.format === "xml" ? xmlRoot(text, remarques) : jsonRoot(text, remarques);
  if (root === undefined) return;
  yield* nodeLines(root, accuse, reader, remarques);
}

function* nodeLines(root: Node, accuse: Accuse, reader: LineReader, remarques: Remarques): Generator<Ligne> {
  const fromRoot = (champ: string) => textAt(root, champ);
  reader.refusal(fromRoot);
  reader.head((champ) =>
    champ.startsWith("/") || accuse.lignes === undefined ? fromRoot(champ) : undefined,
  );
  if (accuse.lignes === undefined) return;
  let rang = 0;
  for (const node of nodesAt(root, accuse.lignes)) {
    rang += 1;
    const read = (champ: string) => textAt(node, champ);
    reader.head(read);
    yield reader.line(rang, read, `élément ${rang} de « ${accuse.lignes} »`);
  }
  const [top] = accuse.lignes.split("/").filter(Boolean);
  if (rang === 0 && top !== undefined && nodesAt(root, top).next().done === true)
    remarques.cut(
      "racine",
      `Rien à « ${top} » dans ce fichier : ce n'est pas celui qui était attendu. Vérifiez-le, ou le champ « lignes » de cet accusé.`,
    );
}

/** The encoding that an XML document says it has. */
function declaredIn(bytes: Buffer): "utf-8" | "latin1" {
  const start = bytes.subarray(0, 200).toString("latin1");
  return /^\s*<\?xml[^>]*encoding\s*=\s*["'](iso-8859-\d+|latin1|windows-125\d|cp125\d|us-ascii)["']/i.test(
    start,
  )
    ? "latin1"
    : "utf-8";
}
