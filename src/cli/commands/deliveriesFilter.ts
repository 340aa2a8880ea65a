import { addDays, parisInstant } from "../../calendar/index.ts";
import { type Etat, etatOf, type Filtre, MOTS_ETAT, zFiltre } from "../../delivery/index.ts";
import { EXIT, Failure } from "../output.ts";

/** Criteria as they are typed; several values of one are separated by commas. */
export interface FilterOptions {
  readonly partner?: string;
  readonly profile?: string;
  readonly etat?: string;
  readonly since?: string;
  readonly until?: string;
  readonly issue?: string;
  readonly session?: string;
}

/**
 * Reads the criteria of a command line.
 * @param maintenant clock of the database, for what is said from now (`12h`)
 * @throws Failure in French, saying what is allowed
 */
export function filtreOf(options: FilterOptions, ids: readonly string[], maintenant: Date): Filtre {
  return zFiltre.parse({
    ids: ids.length === 0 ? undefined : ids,
    partenaires: list(options.partner),
    profils: list(options.profile),
    etats: list(options.etat)?.map(etat),
    depuis: options.since && instantOf(options.since, maintenant, "debut"),
    jusqua: options.until && instantOf(options.until, maintenant, "fin"),
    issues: list(options.issue),
    session: options.session,
  });
}

function list(text: string | undefined): string[] | undefined {
  return text
    ?.split(",")
    .map((one) => one.trim())
    .filter((one) => one !== "");
}

function etat(text: string): Etat {
  const found = etatOf(text);
  if (found !== undefined) return found;
  throw new Failure(`État « ${text} » inconnu. États : ${Object.values(MOTS_ETAT).join(", ")}.`, EXIT.usage);
}

const UNITS: Readonly<Record<string, number>> = { min: 60_000, h: 3_600_000, j: 86_400_000 };

/**
 * An instant as people write it: `24/11/2026`, `2026-11-24 20:00`, or from now: `12h`, `3j`, `30min`.
 * @param edge a day alone is its first instant, or the one after its last
 */
export function instantOf(text: string, maintenant: Date, edge: "debut" | "fin"): Date {
  const ago = /^(\d{1,5})\s*(min|h|j)$/.exec(text.trim());
  if (ago !== null) return new Date(maintenant.getTime() - Number(ago[1]) * (UNITS[ago[2] ?? ""] ?? 0));
  const [, first = "", , month = "", last = "", heure] =
    /^(\d{2}|\d{4})([-/])(\d{2})\2(\d{4}|\d{2})(?:[ T](\d{2}:\d{2}))?$/.exec(text.trim()) ?? [];
  const jour = first.length === 4 ? `${first}${month}${last}` : `${last}${month}${first}`;
  const real = /^\d{8}$/.test(jour) && addDays(jour, 0) === jour;
  if (!real || (heure !== undefined && heure > "23:59"))
    throw new Failure(
      `Date « ${text} » illisible. Exemples : 24/11/2026, 2026-11-24 20:00, ou depuis maintenant : 30min, 12h, 3j.`,
      EXIT.usage,
    );
  if (heure !== undefined) return parisInstant(jour, heure);
  return parisInstant(edge === "debut" ? jour : addDays(jour, 1));
}
