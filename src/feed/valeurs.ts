import type { Leaf } from "../lheo/index.ts";
import type { CodeRef } from "../published/contract/index.ts";

/** Version of the Formacode that our own codes are taken from; the national readers take no other. */
export const REF_FORMACODE = "V14";

type Absent = null | undefined;

/** Blank: nothing, or spaces alone. The first character nearly always answers. */
function estBlanc(texte: string): boolean {
  const first = texte.charCodeAt(0);
  return !(first > 0x20 && first < 0xa0) && texte.trim() === "";
}

/** An optional text as typed; one of spaces alone is no text. */
export function optionnel(texte: string | Absent): string | undefined {
  return texte === null || texte === undefined || estBlanc(texte) ? undefined : texte;
}

/** The items that are not blank; undefined when there is none, so that the element is not written. */
export function optionnels(textes: readonly string[] | Absent): readonly string[] | undefined {
  if (textes === null || textes === undefined || textes.length === 0) return undefined;
  if (!textes.some(estBlanc)) return textes;
  const kept = textes.filter((texte) => !estBlanc(texte));
  return kept.length === 0 ? undefined : kept;
}

/** dict-boolean. */
export function booleen(value: boolean | Absent): string | undefined {
  return value === null || value === undefined ? undefined : value ? "1" : "0";
}

export function entier(value: number | Absent): string | undefined {
  return value === null || value === undefined ? undefined : String(value);
}

/** Each item built; undefined for an empty or absent list. */
export function liste<A, B>(items: readonly A[] | Absent, build: (item: A) => B): B[] | undefined {
  return items === null || items === undefined || items.length === 0 ? undefined : items.map(build);
}

/** A code of a thesaurus with the version it comes from: as given, ours when nothing is said of it. */
export function codeRef({ code, ref }: CodeRef): Leaf {
  return ref === "" ? code : { "@": { ref: ref ?? REF_FORMACODE }, "#": code };
}

/** LHEO `telfixe`, `portable`, `fax`; not written when it would be empty. */
export function numtels(
  numeros: readonly string[] | Absent,
): { readonly numtel: readonly string[] } | undefined {
  const numtel = optionnels(numeros);
  return numtel === undefined ? undefined : { numtel };
}

/** LHEO `web`, `url-formation`, `url-action`, `url-session`; not written when it would be empty. */
export function urlwebs(
  urls: readonly string[] | Absent,
): { readonly urlweb: readonly string[] } | undefined {
  const urlweb = optionnels(urls);
  return urlweb === undefined ? undefined : { urlweb };
}
