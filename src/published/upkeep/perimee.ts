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

/** The same last possible day of a column in SQL, to be compared with a day; `99999999` for an unknown one or none. */
export const dernierJourSql = (fin: string): string => `CASE
    WHEN ${fin} IS NULL OR ${fin} LIKE '0000%' THEN '99999999'
    WHEN ${fin} LIKE '%0000' THEN left(${fin}, 4) || '1231'
    WHEN ${fin} LIKE '%00' THEN left(${fin}, 6) || '31'
    ELSE ${fin} END`;
