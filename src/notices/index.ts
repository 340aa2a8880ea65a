import { CATALOGUE, type NoticeCode, ruleOf } from "./catalogue.ts";
import type { Notice } from "./notice.ts";

export { CATALOGUE, type NoticeCode, ruleOf } from "./catalogue.ts";
export type { Notice, Severity } from "./notice.ts";
export { defineNotices, type Facts, type NoticeRule, type Who } from "./rule.ts";

/** Longest value shown in a notice, in characters; the record itself is never cut. */
const SHOWN = 200;

/** Where a notice was found and what was seen there. */
export interface Place {
  readonly path: string;
  readonly value?: string;
  readonly attendu?: string;
  readonly action?: string;
  readonly session?: string;
  readonly organisme?: string;
  readonly line?: number;
  readonly partners?: readonly string[];
}

/**
 * Makes a notice of the catalogue.
 * @param code a code of the catalogue
 * @param place where it was found; `value` and `attendu` feed the sentence
 */
export function notice(code: NoticeCode, place: Place): Notice {
  const rule = ruleOf(code);
  const { value = "", attendu, ...where } = place;
  const characters = [...value.slice(0, 2 * SHOWN + 2)];
  const shown = characters.length > SHOWN ? `${characters.slice(0, SHOWN).join("")}…` : value;
  return {
    code,
    severity: rule.severity,
    value: shown,
    message: rule.sentence({ value: shown, attendu }),
    ...where,
  };
}

/** Is it a code of the catalogue? */
export function isNoticeCode(code: string): code is NoticeCode {
  return Object.hasOwn(CATALOGUE, code);
}
