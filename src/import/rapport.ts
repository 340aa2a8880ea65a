import type { Notice } from "../notices/index.ts";
import type { Written } from "../published/index.ts";
import type { EnTete } from "./source.ts";

/** Records of one kind: how many the file holds, and what they are beside what was published. */
export interface Compte {
  readonly lus: number;
  /** New, or changed: a new version of each. */
  readonly ecrits: number;
  readonly inchanges: number;
}

/** What an import did, or would do. */
export interface RapportImport extends EnTete {
  /** A trial run: all of it was checked, none of it is kept. */
  readonly essai: boolean;
  /** Formations of the file, refused ones included. */
  readonly formations: number;
  /** Of them, those of which nothing was taken. */
  readonly formationsRefusees: number;
  readonly organismes: Compte;
  readonly actions: Compte;
  readonly sessions: Compte;
  /** How many times each notice was given, by code. */
  readonly comptes: Readonly<Record<string, number>>;
  /** The first of each code; `onNotice` has them all. */
  readonly notices: readonly Notice[];
  /** Those of them that set a record aside. */
  readonly refuses: readonly Notice[];
  /** Those of them that say a value of the offer which the feed will not give back. */
  readonly nonRepris: readonly Notice[];
}

/** A file may have the same defect a million times: memory keeps this many of each code. */
const KEPT = 100;

/** The codes by which a value is told that is not written again. */
const NON_REPRIS: ReadonlySet<string> = new Set([
  "import-valeur-non-reprise",
  "import-organisme-different",
  "element-inconnu",
  "attribut-inconnu",
  "element-repete",
  "texte-hors-element",
  "espace-de-noms-inattendu",
]);

type Genre = "organismes" | "actions" | "sessions";

/** Gathers the report while the file goes by. */
export class RapportEnCours {
  formations = 0;
  formationsRefusees = 0;
  enTete: EnTete = { version: "inconnue", encoding: "UTF-8" };
  readonly #comptes: Record<string, number> = {};
  readonly #notices: Notice[] = [];
  readonly #ecrits: Record<Genre, Compte> = {
    organismes: { lus: 0, ecrits: 0, inchanges: 0 },
    actions: { lus: 0, ecrits: 0, inchanges: 0 },
    sessions: { lus: 0, ecrits: 0, inchanges: 0 },
  };
  readonly #onNotice: ((notice: Notice) => void) | undefined;

  constructor(onNotice: ((notice: Notice) => void) | undefined) {
    this.#onNotice = onNotice;
  }

  dire(notices: readonly Notice[]): void {
    for (const notice of notices) {
      const count = (this.#comptes[notice.code] ?? 0) + 1;
      this.#comptes[notice.code] = count;
      if (count <= KEPT) this.#notices.push(notice);
      this.#onNotice?.(notice);
    }
  }

  compter(genre: Genre, { created, unchanged }: Written): void {
    const { lus, ecrits, inchanges } = this.#ecrits[genre];
    this.#ecrits[genre] = {
      lus: lus + created + unchanged,
      ecrits: ecrits + created,
      inchanges: inchanges + unchanged,
    };
  }

  finir(essai: boolean): RapportImport {
    return {
      ...this.enTete,
      essai,
      formations: this.formations,
      formationsRefusees: this.formationsRefusees,
      ...this.#ecrits,
      comptes: this.#comptes,
      notices: this.#notices,
      refuses: this.#notices.filter(
        ({ code, severity }) => severity === "bloquant" && code.startsWith("import-"),
      ),
      nonRepris: this.#notices.filter(({ code }) => NON_REPRIS.has(code)),
    };
  }
}
