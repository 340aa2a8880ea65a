import { parisInstant } from "../../../calendar/index.ts";
import { listOf, oneOf, type Query, wholeNumber } from "../query.ts";

/** Which offers of a feed are asked for, and which page of them. */
export interface Filtre {
  /** Any of them; all when there is none. */
  readonly departements: readonly string[];
  readonly formacodes: readonly string[];
  /** Came or changed since. */
  readonly depuis: Date | undefined;
  /** From 1. */
  readonly page: number;
  readonly taille: number;
}

const LARGEST = 500;
const USUAL = 100;
const MOST_CODES = 50;
const MOST_PAGES = 1_000_000;

/** Reads the filter of an address; a text is what is wrong with it, in French. Names that we do not know are ignored. */
export function filtreOf(query: Query): Filtre | string {
  const departements = listOf(query.departement ?? query["code-departement"]).map((code) =>
    code.toUpperCase(),
  );
  if (departements.length > MOST_CODES || !departements.every((code) => /^(\d{2,3}|2[AB])$/.test(code)))
    return "departement : attendu un ou plusieurs codes de département (33, 2A, 974), séparés par des virgules.";
  const formacodes = listOf(query.formacode);
  if (formacodes.length > MOST_CODES || !formacodes.every((code) => /^\d{5}$/.test(code)))
    return "formacode : attendu un ou plusieurs codes de cinq chiffres, séparés par des virgules.";
  const since = oneOf(query.depuis);
  const depuis = since === undefined ? undefined : instantOf(since);
  if (since !== undefined && depuis === undefined)
    return "depuis : attendu un jour (20261012 ou 2026-10-12) ou un instant (2026-10-12T06:00:00Z).";
  const page = wholeNumber(oneOf(query.page) ?? "1", 1, MOST_PAGES);
  if (page === undefined) return `page : attendu un nombre de 1 à ${MOST_PAGES}.`;
  const taille = wholeNumber(oneOf(query.taille) ?? String(USUAL), 1, LARGEST);
  if (taille === undefined) return `taille : attendu un nombre de 1 à ${LARGEST}.`;
  return { departements, formacodes, depuis, page, taille };
}

/** A day begins at midnight in Paris. */
function instantOf(text: string): Date | undefined {
  const [, year, month, day] = /^(\d{4})-?(\d\d)-?(\d\d)$/.exec(text) ?? [];
  if (year !== undefined) {
    const real = new Date(`${year}-${month}-${day}T00:00:00Z`);
    const exists = !Number.isNaN(real.getTime()) && real.getUTCDate() === Number(day);
    return exists && Number(year) >= 1970 ? parisInstant(`${year}${month}${day}`) : undefined;
  }
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/.test(text)) return undefined;
  const instant = new Date(text);
  return Number.isNaN(instant.getTime()) || instant.getUTCFullYear() > 9998 ? undefined : instant;
}

/** The same filter as the query of an address, for another page. */
export function queryOf({ departements, formacodes, depuis, taille }: Filtre, page: number): string {
  const query = new URLSearchParams();
  if (departements.length > 0) query.set("departement", departements.join(","));
  if (formacodes.length > 0) query.set("formacode", formacodes.join(","));
  if (depuis !== undefined) query.set("depuis", depuis.toISOString());
  query.set("page", String(page));
  query.set("taille", String(taille));
  return query.toString();
}
