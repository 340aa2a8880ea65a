import { attributeOf } from "../../lheo/index.ts";
import type { NoticeCode } from "../../notices/index.ts";
import type { Constats } from "./constats.ts";

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones to find
const RESERVE = /\||##|^\s|\s$|[\0-\x1f]/;

type Numerote = { readonly "@"?: Readonly<Record<string, string>> | undefined } | undefined;

/** `@numero`: there, and without what readers make their keys with. */
export function checkNumero(
  constats: Constats,
  element: Numerote,
  path: string,
  absent: NoticeCode,
  champ: string,
): void {
  const numero = attributeOf(element, "numero") ?? "";
  const at = path === "" ? "@numero" : `${path}/@numero`;
  if (numero.trim() === "") constats.add(absent, at, { value: numero, champ });
  else if (RESERVE.test(numero)) constats.add("numero-caractere", at, { value: numero });
}
