import { countWorkingDays, type JourSaute } from "../../calendar/index.ts";
import { parisDay } from "../../lheo/index.ts";
import { CALENDRIER, JOURS_DE_CONTROLE } from "../actes/deadline.ts";

/** Working days before which nobody should expect the control to be done (S143). */
export const JOURS_AU_PLUS_TOT = 2;

/** Between which days the control is done, and each day in between that does not count (H1). */
export interface Delai {
  /** AAAAMMJJ. */
  readonly auPlusTot: string;
  readonly auPlusTard: string;
  readonly sautes: readonly JourSaute[];
}

/** Counted from the civil day on which the OF confirmed. */
export function delaiDeControle(soumise: Date): Delai {
  const jour = parisDay(soumise);
  const { jour: auPlusTard, sautes } = countWorkingDays(jour, JOURS_DE_CONTROLE, CALENDRIER);
  return { auPlusTot: countWorkingDays(jour, JOURS_AU_PLUS_TOT, CALENDRIER).jour, auPlusTard, sautes };
}
