import type { Knex } from "knex";
import type { RecordKind } from "../contract/index.ts";

/** From this many new versions on, what the planner believes of the table is out of date. */
const MANY = 1000;

/**
 * Tells the planner of a mass of new versions now: a feed run may follow at once, and on tables believed empty it
 * would read each record by a scan of all.
 */
export async function refreshStatistics(
  trx: Knex.Transaction,
  kind: RecordKind,
  written: number,
): Promise<void> {
  if (written >= MANY) await trx.raw(`ANALYZE published_${kind}`);
}
