import { cleanText, type Defaut, normaliseText } from "../../../lheo/index.ts";
import { type Codec, type Lu, simple, textOf } from "./codec.ts";

/** Bullets of Word and of its symbol fonts, at the start of a line. */
const PUCES = /^[ \t]*(?:[\uf0a7\uf0b7\uf0d8\uf0fc\u25aa\u25cf\u25e6\u2023\u00b7\u2022]|o(?=\t))[ \t]*/gm;

/**
 * A text as it is kept: with its line breaks and simple bullets (S58), without what a paste from Word brings and XML does
 * not carry (S56, S142), which is told.
 */
export function cleaned(texte: string): { readonly texte: string; readonly defauts: readonly Defaut[] } {
  const defauts: Defaut[] = [];
  const propre = cleanText(texte.replaceAll(/\r\n?/g, "\n"), ({ kind, value, attendu }) =>
    defauts.push({ kind, path: "", value, ...(attendu === undefined ? {} : { attendu }) }),
  );
  return { texte: normaliseText(propre.replaceAll(PUCES, "• ")).trim(), defauts };
}

function read(texte: string, shape: (propre: string) => string = (propre) => propre): Lu {
  const { texte: first, defauts } = cleaned(texte);
  const propre = shape(first);
  return { valeur: propre === "" ? undefined : propre, defauts };
}

/** A text of several lines. */
export const texteLong: Codec = simple(
  (valeur) => textOf(valeur).replaceAll(/\r\n?/g, "\n").trim(),
  (texte) => read(texte),
);

/** A browser has one line in such an input. */
export const surUneLigne = (texte: string): string => texte.replaceAll(/\s*[\r\n]+\s*/g, " ").trim();

/** A text of one line. */
export function ligne(serre: boolean): Codec {
  return simple(
    (valeur) => surUneLigne(textOf(valeur)),
    (texte) => read(texte, serre ? (propre) => propre.replaceAll(/\s/g, "") : surUneLigne),
  );
}
