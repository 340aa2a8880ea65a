import { addDays, lastDay } from "../../lheo/index.ts";

/** Days that a session stays after its last day: then it leaves the feeds and the lists (S136, H4). */
export const JOURS_APRES_FIN = 30;

/** Sessions whose last day is before this one are over for good. */
export const finLimite = (jour: string): string => addDays(jour, -JOURS_APRES_FIN);

/**
 * Has this session ended so long ago that it is shown nowhere? A partial end is its last possible day; an unknown one
 * never comes.
 * @param jour civil day in Paris, AAAAMMJJ
 */
export function estPerimee({ fin }: { readonly fin: string }, jour: string): boolean {
  const dernier = lastDay(fin);
  return dernier !== undefined && dernier < finLimite(jour);
}
