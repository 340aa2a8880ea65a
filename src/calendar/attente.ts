import {
  addWorkingDays,
  type Calendrier,
  type Compte,
  countWorkingDays,
  type JourSaute,
} from "./calendrier.ts";
import { addDays, parisInstant, parisTime } from "./civil.ts";

/** When something may happen, and each day that put it off, in French. */
export interface Echeance {
  readonly at: Date;
  readonly explain: readonly JourSaute[];
}

/** The civil day from which the days of an instant are counted, once the cut-off hour has been applied. */
function startOfCount(instant: Date, calendrier: Calendrier): Compte {
  const { jour } = parisTime(instant);
  const limit = calendrier.heureLimite;
  if (limit === undefined || instant < parisInstant(jour, limit)) return { jour, sautes: [] };
  return { jour: addDays(jour, 1), sautes: [{ jour, raison: `mise en ligne après ${limit}, heure limite` }] };
}

/** Counts working days from an instant; the result is a civil day in Paris. */
function count(instant: Date, n: number, calendrier: Calendrier): Compte {
  const start = startOfCount(instant, calendrier);
  const { jour, sautes } = countWorkingDays(start.jour, n, calendrier);
  return { jour, sautes: [...start.sautes, ...sautes] };
}

/**
 * When a version may leave for a partner.
 * @param attente working days; 0 = at once (it leaves in the partner's next window). N > 0: from midnight in Paris
 *   of the Nth working day after the day of mise en ligne, itself rolled to a working day.
 */
export function eligibleAt(misEnLigne: Date, attente: number, calendrier: Calendrier): Echeance {
  if (attente === 0) return { at: misEnLigne, explain: [] };
  const { jour, sautes } = count(misEnLigne, attente, calendrier);
  return { at: parisInstant(jour), explain: sautes };
}

/**
 * The exact inverse of {@link eligibleAt}: a version is eligible at `instant` if and only if its mise en ligne is
 * not after the watermark (to the millisecond, which is the precision of `horloge()`).
 */
export function watermark(instant: Date, attente: number, calendrier: Calendrier): Date {
  if (attente === 0) return instant;
  const today = parisTime(instant).jour;
  let start = addDays(today, -attente);
  while (addWorkingDays(start, attente, calendrier) > today) start = addDays(start, -1);
  const next =
    calendrier.heureLimite === undefined
      ? parisInstant(addDays(start, 1))
      : parisInstant(start, calendrier.heureLimite);
  return new Date(next.getTime() - 1);
}

/**
 * The civil day on which a version should be visible at the partner's.
 * @param visibilite working days from mise en ligne
 */
export function visibleOn(misEnLigne: Date, visibilite: number, calendrier: Calendrier): Compte {
  return count(misEnLigne, visibilite, calendrier);
}
