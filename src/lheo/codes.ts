import type { DictName } from "./elements.ts";
import { DICTS } from "./generated/dicts.ts";

/** French label of a code; undefined when the dictionary does not have it. */
export function labelOf(dict: DictName, code: string): string | undefined {
  const labels: Readonly<Record<string, string>> = DICTS[dict];
  return Object.hasOwn(labels, code) ? labels[code] : undefined;
}

/** The repertories whose codes LHEO carries, by the prefix that their codes may have. */
export const REPERTOIRES = ["RNCP", "RS", "CERTIFINFO", "CPF", "ELU"] as const;
export type Repertoire = (typeof REPERTOIRES)[number];

export interface CodeCertification {
  readonly repertoire: Repertoire;
  /** Digits alone, without leading zeros; never zero. */
  readonly numero: string;
  /** Prefix and digits, `RNCP35819`: how two writings of one code are compared. */
  readonly cle: string;
}

/**
 * Reads a code of a certification, with or without its prefix (`RNCP35819`, `35819`, `rs 5500`). Undefined when it
 * is no code of that repertory: another prefix, no digits, or zeros, which stand for a missing code.
 */
export function codeCertification(repertoire: Repertoire, text: string): CodeCertification | undefined {
  const [, prefix = "", digits = ""] = /^([A-Z]*)\s*(\d+)$/.exec(text.trim().toUpperCase()) ?? [];
  const numero = digits.replace(/^0+/, "");
  if (numero === "" || (prefix !== "" && prefix !== repertoire)) return undefined;
  return { repertoire, numero, cle: `${repertoire}${numero}` };
}

/** A block of an RNCP certification, `RNCP35819BC01`. */
export interface CodeBloc {
  /** The certification that it is a part of, `RNCP35819`. */
  readonly certification: string;
  readonly bloc: string;
  readonly cle: string;
}

/** Reads the code of a block of skills (LHEO `code-bloc`); undefined when it is not of that form. */
export function codeBloc(text: string): CodeBloc | undefined {
  const [, numero, bloc] = /^RNCP0*([1-9]\d*)\s*BC\s*(\d+)$/.exec(text.trim().toUpperCase()) ?? [];
  if (numero === undefined || bloc === undefined) return undefined;
  const certification = `RNCP${numero}`;
  return { certification, bloc: `BC${bloc}`, cle: `${certification}BC${bloc}` };
}
