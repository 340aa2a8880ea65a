import type { Knex } from "knex";

/**
 * Ends deliveries that wait in favour of another, or of none.
 * @param trx holds the lock of their partners
 * @param motif in French
 */
export async function supersede(
  trx: Knex.Transaction,
  ids: readonly string[],
  by: string | undefined,
  motif: string,
): Promise<void> {
  if (ids.length === 0) return;
  await trx("delivery")
    .whereIn("id", ids)
    .whereIn("etat", ["scheduled", "retry", "held"])
    .update({ etat: "superseded", motif, superseded_by: by ?? null, updated_at: trx.raw("horloge()") });
}
