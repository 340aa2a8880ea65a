import { CATALOGUE, type NoticeCode, ruleOf } from "./catalogue.ts";
import type { Notice } from "./notice.ts";

/** Longest value shown in a notice, in characters; the record itself is never cut. */
const SHOWN = 200;

/** Where a notice was found and what was seen there. */
export interface Place {
  readonly path: string;
  readonly value?: string | undefined;
  readonly attendu?: string | undefined;
  readonly champ?: string | undefined;
  readonly action?: string | undefined;
  readonly session?: string | undefined;
  readonly organisme?: string | undefined;
  readonly line?: number | undefined;
  /** Instead of the rule's own `bloquantPour`. */
  readonly partners?: readonly string[] | undefined;
}

/**
 * Makes a notice of the catalogue.
 * @param code a code of the catalogue
 * @param place where it was found; `value`, `attendu` and `champ` feed the sentence
 */
export function notice(code: NoticeCode, place: Place): Notice {
  const rule = ruleOf(code);
  const { value = "", attendu, champ, ...where } = place;
  const characters = [...value.slice(0, 2 * SHOWN + 2)];
  const shown = characters.length > SHOWN ? `${characters.slice(0, SHOWN).join("")}…` : value;
  return {
    code,
    severity: rule.severity,
    value: shown,
    message: rule.sentence({ value: shown, attendu, champ }),
    ...(rule.bloquantPour === undefined ? undefined : { partners: rule.bloquantPour }),
    ...where,
  };
}

/**
 * Does this notice set the record aside for that profile? A profile reached through another one (`via`) is refused
 * what that one is refused: ask for both.
 */
export function blocksFor({ severity, partners }: Notice, profil: string): boolean {
  return severity === "bloquant" || partners?.includes(profil) === true;
}

/** Is it a code of the catalogue? */
export function isNoticeCode(code: string): code is NoticeCode {
  return Object.hasOwn(CATALOGUE, code);
}
