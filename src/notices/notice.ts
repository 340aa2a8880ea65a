/**
 * A defect of the data is a value, never an exception. Everyone who finds one (reader, mapping, XSD, rules,
 * import, sync) says it in this form, and every screen, file and log shows it from this form.
 */

/** `bloquant` sets the record aside for the partners concerned; the others let it through. */
export type Severity = "bloquant" | "avertissement" | "information";

export interface Notice {
  /** Stable code of the catalogue of notices, kebab-case. */
  readonly code: string;
  readonly severity: Severity;
  /** Where: LHEO XPath from the formation, or `source:line` for a file. */
  readonly path: string;
  /** What was seen, cut to 200 characters; empty when nothing was. */
  readonly value: string;
  /** Plain French: value seen, value allowed, what to do. */
  readonly message: string;
  /** Numbers of the records concerned, as far as known. */
  readonly action?: string | undefined;
  readonly session?: string | undefined;
  readonly organisme?: string | undefined;
  /** Line in a file, from 1. */
  readonly line?: number | undefined;
  /** Profiles for which it is `bloquant` though `severity` is not; empty: the same for all. */
  readonly partners?: readonly string[] | undefined;
}
