import { cleanText } from "../../lheo/index.ts";
import type { Accuse } from "./mapping.ts";
import type { Remarques } from "./remarques.ts";

/** What a partner says of a session; `illisible`: it says something that we do not understand. */
export type Statut = "acquittee" | "visible" | "refusee" | "illisible";

/** One line of a receipt. */
export interface Ligne {
  /** Line of the file, or rank in its list; from 1. */
  readonly rang: number;
  /** Number of the session as the partner wrote it; empty when it gave none. */
  readonly session: string;
  /** Number of the LHEO action, likewise. */
  readonly action: string;
  readonly statut: Statut;
  /** The partner's own word. */
  readonly mot: string;
  readonly code: string;
  readonly message: string;
}

/** What a receipt says of the whole file that it is about. */
export interface Entete {
  diffusion?: string;
  fichier?: string;
  sha256?: string;
  /** The whole file is refused. */
  refus?: { readonly code: string; readonly message: string };
}

/** Reads one value of a line, or of the file; undefined when it is not there. */
export type Reader = (champ: string) => string | undefined;

/** Characters kept. */
export const LONGEST = { numero: 200, mot: 100, code: 100, message: 1000 };

/** Turns what a mapping finds into lines, whatever the format. */
export class LineReader {
  readonly entete: Entete = {};
  readonly #accuse: Accuse;
  readonly #remarques: Remarques;
  readonly #statuts: ReadonlyMap<string, Statut>;
  readonly #refus: ReadonlySet<string>;

  constructor(accuse: Accuse, remarques: Remarques) {
    this.#accuse = accuse;
    this.#remarques = remarques;
    const { acquittee, visible, refusee } = accuse.statuts;
    this.#statuts = new Map<string, Statut>([
      ...acquittee.map((mot) => [plain(mot), "acquittee"] as const),
      ...visible.map((mot) => [plain(mot), "visible"] as const),
      ...refusee.map((mot) => [plain(mot), "refusee"] as const),
    ]);
    this.#refus = new Set((accuse.fichier_refuse?.mots ?? []).map(plain));
  }

  /** What the file says of itself; the first that is said holds. */
  head(read: Reader): void {
    const { champs } = this.#accuse;
    for (const name of ["diffusion", "fichier", "sha256"] as const) {
      const champ = champs[name];
      const value = champ === undefined ? "" : tidy(read(champ), LONGEST.numero);
      if (value === "") continue;
      this.entete[name] ??= value;
      if (this.entete[name] !== value)
        this.#remarques.add(
          "en-tête",
          `Le fichier parle de plusieurs envois (« ${this.entete[name]} », « ${value} ») : il est rattaché au premier. Demandez au destinataire un fichier par envoi.`,
        );
    }
  }

  /** Does it say that the whole file was refused? Then it is noted. */
  refusal(read: Reader): boolean {
    const rule = this.#accuse.fichier_refuse;
    if (rule === undefined || !this.#refus.has(plain(read(rule.champ) ?? ""))) return false;
    this.entete.refus ??= {
      code: tidy(rule.code === undefined ? "" : read(rule.code), LONGEST.code),
      message: tidy(rule.message === undefined ? "" : read(rule.message), LONGEST.message),
    };
    return true;
  }

  line(rang: number, read: Reader, lieu: string): Ligne {
    const { champs } = this.#accuse;
    const text = (champ: string | undefined, most: number) =>
      champ === undefined ? "" : tidy(read(champ), most);
    const session = text(champs.session, LONGEST.numero);
    const action = text(champs.action, LONGEST.numero);
    const mot = text(champs.statut, LONGEST.mot);
    const nameless = session === "" && action === "";
    if (nameless)
      this.#remarques.add(
        lieu,
        "Ligne sans numéro de session : elle est gardée, mais n'est rattachée à rien. Vérifiez le champ où il est lu.",
      );
    return {
      rang,
      session,
      action,
      statut: nameless ? "illisible" : this.#statutOf(mot, lieu),
      mot,
      code: text(champs.code, LONGEST.code),
      message: text(champs.message, LONGEST.message),
    };
  }

  #statutOf(mot: string, lieu: string): Statut {
    if (this.#accuse.champs.statut === undefined) return this.#accuse.sans_statut;
    const statut = this.#statuts.get(plain(mot));
    if (statut !== undefined) return statut;
    this.#remarques.add(
      lieu,
      `Statut inconnu : « ${mot} ». Statuts connus : ${[...this.#statuts.keys()].join(", ") || "aucun"}. Ajoutez-le aux statuts de cet accusé.`,
    );
    return "illisible";
  }
}

/** For comparing words: without case, accents, nor what surrounds them. */
export function plain(text: string): string {
  return text
    .normalize("NFD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, " ")
    .trim();
}

/** A value that a database can hold and a page can show: nothing unprintable, not too long. */
export function tidy(value: string | undefined, most: number): string {
  if (value === undefined) return "";
  const text = cleanText(value.slice(0, 2 * most), () => {})
    .replaceAll(/\s+/g, " ")
    .trim();
  return text.length > most ? `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, "")}…` : text;
}
