import type { NoticeCode } from "./catalogue.ts";
import { notice, type Place } from "./make.ts";
import type { Notice } from "./notice.ts";

/** A defect as `src/lheo` reports it: `clean` when writing, `parse` when reading. */
export interface DefautVu {
  readonly kind: string;
  /** From the element that was cleaned or read. */
  readonly path: string;
  readonly value: string;
  readonly attendu?: string;
  readonly line?: number;
}

/** The code of each kind of defect; a test checks that `src/lheo` has no other kind. */
export const CODES_DES_DEFAUTS: Readonly<Record<string, NoticeCode>> = {
  "caractere-interdit": "texte-caractere-interdit",
  "surrogat-isole": "texte-surrogat-isole",
  "retour-chariot": "texte-retour-chariot",
  "controle-word": "texte-controle-word",
  "caractere-windows": "texte-caractere-windows",
  "caractere-perdu": "texte-caractere-perdu",
  html: "texte-html",
  "trop-long": "texte-trop-long",
  "trop-court": "texte-trop-court",
  "texte-blanc": "texte-blanc",
  "element-inconnu": "element-inconnu",
  "attribut-inconnu": "attribut-inconnu",
  forme: "valeur-mal-formee",
  "brut-mal-forme": "extra-mal-forme",
  ordre: "element-hors-ordre",
  repete: "element-repete",
  "texte-inattendu": "texte-hors-element",
  "espace-de-noms": "espace-de-noms-inattendu",
};

/**
 * The notices of the defects of one value.
 * @param place what is known of the record; its `path` is that of the value, put before the path of each defect
 */
export function noticesDesDefauts(
  defauts: readonly DefautVu[],
  place: Omit<Place, "value" | "attendu">,
): Notice[] {
  return defauts.map(({ kind, path, ...seen }) =>
    notice(CODES_DES_DEFAUTS[kind] ?? "valeur-mal-formee", {
      ...place,
      ...seen,
      path: [place.path, path].filter((step) => step !== "").join("/"),
    }),
  );
}
