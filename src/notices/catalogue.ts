import type { NoticeRule } from "./rule.ts";
import { noticesTexte } from "./texte.ts";

/** Every notice that the product can emit, by code; one theme per file. */
export const CATALOGUE = { ...noticesTexte } as const;

export type NoticeCode = keyof typeof CATALOGUE;

/** The rule behind a code, typed without its literal so that it can be listed. */
export function ruleOf(code: NoticeCode): NoticeRule {
  return CATALOGUE[code];
}
