import type { Knex } from "knex";

const LOCK = 7_340_231_002;

/**
 * Writers of the contract take turns, until the end of their transactions: two of them on one number would take
 * the same version number, or withdraw what the other is publishing.
 */
export async function lockPublished(trx: Knex.Transaction): Promise<void> {
  await trx.raw("SELECT pg_advisory_xact_lock(?)", [LOCK]);
}
