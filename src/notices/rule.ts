import type { Severity } from "./notice.ts";

/** Who can mend the datum. */
export type Who = "organisme" | "controle" | "exploitation" | "partenaire";

/** What a sentence may use beside the value seen. */
export interface Facts {
  /** What was seen, already cut for display. */
  readonly value: string;
  /** What was expected, or the other value of a comparison; the rule says which. */
  readonly attendu?: string | undefined;
  /** Name of the field for a human, when the rule is about any field: « Ville ». */
  readonly champ?: string | undefined;
}

/** One entry of the catalogue of notices. */
export interface NoticeRule {
  readonly severity: Severity;
  /** A few words for lists and counts. */
  readonly titre: string;
  /** The full sentence: value seen, value allowed, what to do. */
  readonly sentence: (facts: Facts) => string;
  readonly who: Who;
  /** Profiles that refuse the record for it though it is not `bloquant` for all: what they really do is in `source`. */
  readonly bloquantPour?: readonly string[];
  /** Where the rule comes from: `S75`, `H4`, an LHEO element, a consumer that refuses it. */
  readonly source: string;
}

/** Keeps the codes as literal types, so an unknown code does not compile. */
export function defineNotices<const T extends Record<string, NoticeRule>>(rules: T): T {
  return rules;
}
