import type { Bloc } from "../../published/contract/index.ts";
import type { Objet } from "../objet.ts";

/**
 * A form as data, so that the guide may have a field more (S2): what is asked, in which words, how it is typed and where it goes in the record. Pages draw it, `parse`
 * reads what comes back, `format` writes what stands; none of them knows a field by its name.
 */
export interface Formulaire {
  readonly genre: "action" | "session";
  readonly sections: readonly Section[];
}

export interface Section {
  /** Anchor of the page. */
  readonly id: string;
  readonly titre: string;
  readonly aide?: string;
  /** Where what is asked can be looked up. */
  readonly lien?: { readonly vers: string; readonly texte: string };
  /** Only of use for these voies d'accès. */
  readonly voies?: readonly string[];
  readonly elements: readonly Element[];
}

export type Element = Champ | Groupe | Repetition;

interface Commun {
  /** Path in the record, from the record or group that it stands in; also the end of the name of its inputs. */
  readonly nom: string;
  readonly titre: string;
  /** For who fills a form once a year. */
  readonly aide?: string;
  /** Red dot (S62): the checks ask for it. */
  readonly requis?: boolean;
  /** Checklist of the guide, or the LHEO element. */
  readonly source: string;
  /** Only of use for these voies d'accès. */
  readonly voies?: readonly string[];
}

export interface Champ extends Commun {
  readonly genre: "champ";
  readonly saisie: Saisie;
  /** Most characters (of each line, for a list), from the schema; undefined when it has none. */
  readonly limite?: number | undefined;
}

/** Fields of one object of the record; without a name, fields that only stand together on the page. */
export interface Groupe extends Commun {
  readonly genre: "groupe";
  readonly elements: readonly Element[];
  /** What the contract wants in it, for when the first of its fields is filled. */
  readonly modele: Objet;
  /** It is there even when blank. */
  readonly fixe?: boolean;
  /** Folded away until it is asked for. */
  readonly replie?: boolean;
}

/** A list of such objects, that grows and shrinks. */
export interface Repetition extends Commun {
  readonly genre: "repetition";
  /** One of them: « Lieu ». */
  readonly un: string;
  readonly ajouter: string;
  readonly max: number;
  readonly elements: readonly Element[];
  readonly modele: Objet;
}

export interface Choix {
  readonly valeur: string;
  readonly texte: string;
  readonly aide?: string;
}

/** How a value is typed. */
export type Saisie =
  | {
      readonly type: "ligne";
      readonly clavier?: "email" | "url" | "numeric";
      readonly autocomplete?: string;
      /** Blanks inside mean nothing: a SIRET, a postal code. */
      readonly serre?: boolean;
    }
  | { readonly type: "texte"; readonly lignes: number }
  | { readonly type: "date"; readonly inconnue: "00000000" | "99999999" }
  | { readonly type: "entier"; readonly unite?: string; readonly min: number; readonly max: number }
  | { readonly type: "montant" }
  | { readonly type: "choix"; readonly forme: "boutons" | "liste"; readonly choix: readonly Choix[] }
  | { readonly type: "oui_non" }
  /** Several short values: one a line, or on one line between semicolons. */
  | {
      readonly type: "liste";
      readonly forme: "lignes" | "ligne";
      readonly de: "texte" | "date" | "entier";
      readonly max: number;
      readonly autocomplete?: string;
    }
  /** Codes of a thesaurus, kept with the version they came with. */
  | {
      readonly type: "codes";
      readonly de: "texte" | "reference";
      readonly longueur: number;
      readonly max: number;
    }
  | { readonly type: "financeurs"; readonly choix: readonly Choix[]; readonly max: number }
  | { readonly type: "heures"; readonly modalites: readonly Choix[] }
  | { readonly type: "rythme"; readonly unites: readonly Choix[] }
  | { readonly type: "certifications"; readonly max: number }
  | { readonly type: "visees"; readonly parmi: readonly CertificationProposee[] };

/** A certification of the action, as its sessions choose it (S99–S103). */
export interface CertificationProposee {
  /** `RNCP35819`. */
  readonly cle: string;
  readonly intitule: string;
  /** Of the register; empty when it has none, or does not know it. */
  readonly blocs: readonly Bloc[];
}

/**
 * Values of the inputs by name, as a browser sends them. A name that is not there was not shown: what it stands for is left as it
 * is; one that was shown and is blank is there with an empty text.
 */
export type Saisies = ReadonlyMap<string, readonly string[]>;
