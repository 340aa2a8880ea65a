import { z } from "zod";
import { addDays, weekday, weekdayName } from "./civil.ts";
import { joursFeries, ZONES } from "./feries.ts";

const zHeure = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "heure attendue sous la forme HH:MM");
const zJour = z.string().regex(/^\d{8}$/, "jour attendu sous la forme AAAAMMJJ");

/** When a partner takes files. */
export const zFenetre = z.strictObject({
  /** 1 (lundi) to 7 (dimanche); absent: every working day of the calendar. */
  jours: z.array(z.int().min(1).max(7)).min(1).optional(),
  debut: zHeure,
  /** Excluded. Not later than `debut`: the window ends the next day. */
  fin: zHeure,
});

/** How a partner counts days. Data: it lives in the profile, not in code. */
export const zCalendrier = z.strictObject({
  zone: z.enum(ZONES).default("metropole"),
  /** `ouvres`: lundi to vendredi; `ouvrables`: lundi to samedi. */
  jours: z.enum(["ouvres", "ouvrables"]).default("ouvres"),
  /** AAAAMMJJ: days on which the partner is closed beside the public holidays. */
  fermetures: z.array(zJour).default([]),
  /** From this hour in Paris on, the day counts as the next one. Applied once, before anything else. */
  heureLimite: zHeure.optional(),
  /** Absent: at any time. */
  fenetres: z.array(zFenetre).min(1).optional(),
});

export type Calendrier = z.output<typeof zCalendrier>;
export type Fenetre = z.output<typeof zFenetre>;

/** A day that does not count, and why, in French. */
export interface JourSaute {
  /** AAAAMMJJ. */
  readonly jour: string;
  readonly raison: string;
}

/** Why this civil day is not a working day, or undefined when it is one. */
export function closedBecause(jour: string, calendrier: Calendrier): string | undefined {
  const day = weekday(jour);
  if (day === 7 || (day === 6 && calendrier.jours === "ouvres")) return weekdayName(jour);
  const ferie = joursFeries(Number(jour.slice(0, 4)), calendrier.zone).get(jour);
  if (ferie !== undefined) return `jour férié : ${ferie}`;
  return calendrier.fermetures.includes(jour) ? "fermeture du destinataire" : undefined;
}

/** The working day reached, and the days passed over on the way. */
export interface Compte {
  /** AAAAMMJJ. */
  readonly jour: string;
  readonly sautes: readonly JourSaute[];
}

/**
 * Counts `n` working days from a civil day: rolls to the next working day first (so `n` = 0 gives that day),
 * then goes `n` working days on. Monotone, additive, never a day that is not worked.
 */
export function countWorkingDays(jour: string, n: number, calendrier: Calendrier): Compte {
  const sautes: JourSaute[] = [];
  const roll = (from: string): string => {
    let day = from;
    for (let raison = closedBecause(day, calendrier); raison !== undefined; ) {
      sautes.push({ jour: day, raison });
      day = addDays(day, 1);
      raison = closedBecause(day, calendrier);
    }
    return day;
  };
  let day = roll(jour);
  for (let left = n; left > 0; left -= 1) day = roll(addDays(day, 1));
  return { jour: day, sautes };
}

/** See {@link countWorkingDays}: the day alone. */
export function addWorkingDays(jour: string, n: number, calendrier: Calendrier): string {
  return countWorkingDays(jour, n, calendrier).jour;
}
