import type { Knex } from "knex";

/** A delivery that waits, and the one that it gives way to; none when nothing leaves in its place. */
export interface Remplacee {
  readonly id: string;
  readonly par?: string | undefined;
}

/**
 * Ends deliveries that wait, in one statement.
 * @param trx holds the lock of their partners
 * @param motif in French
 */
export async function supersede(
  trx: Knex.Transaction,
  waiting: readonly Remplacee[],
  motif: string,
): Promise<void> {
  if (waiting.length === 0) return;
  await trx.raw(
    `UPDATE delivery d SET etat = 'superseded', motif = ?, superseded_by = n.par, updated_at = horloge()
     FROM jsonb_to_recordset(?::jsonb) AS n(id text, par text)
     WHERE d.id = n.id AND d.etat IN ('scheduled', 'retry', 'held')`,
    [motif, JSON.stringify(waiting.map(({ id, par }) => ({ id, par })))],
  );
}
