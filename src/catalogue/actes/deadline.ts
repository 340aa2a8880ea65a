import type { Knex } from "knex";
import { addWorkingDays, zCalendrier } from "../../calendar/index.ts";
import { horloge } from "../../db/index.ts";
import { parisDay } from "../../lheo/index.ts";

/** Working days that the control takes at most (S143, H1). */
export const JOURS_DE_CONTROLE = 4;

/** Working days of the agency. */
export const CALENDRIER = zCalendrier.parse({});

/** Last working day of the control of what is submitted now, AAAAMMJJ (a date for PostgreSQL too). */
export async function controlDeadline(trx: Knex.Transaction): Promise<string> {
  return addWorkingDays(parisDay(await horloge(trx)), JOURS_DE_CONTROLE, CALENDRIER);
}
