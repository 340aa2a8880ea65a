import type { Knex } from "knex";
import type { Claimed } from "./claim.ts";
import type { Outcome } from "./outcome.ts";
import { type Settled, settle } from "./settle.ts";

/**
 * Ends the attempt of a claimed delivery, whatever it brought, in one transaction with its receipts.
 * @param hasard in [0, 1), for the jitter
 */
export async function complete(
  db: Knex,
  { id, epoch, echecs, partner }: Claimed,
  outcome: Outcome,
  { hasard, detail }: { readonly hasard: number; readonly detail?: Readonly<Record<string, unknown>> },
): Promise<Settled> {
  const { transport } = partner;
  const dejaRecu = transport.type === "https" ? transport.deja_recu : [];
  return db.transaction(async (trx) => {
    await trx.raw("SELECT 1 FROM partner WHERE id = ? FOR NO KEY UPDATE", [partner.id]);
    return settle(trx, {
      id,
      epoch,
      echecs,
      outcome,
      dejaRecu,
      hasard,
      ...(detail === undefined ? {} : { detail }),
    });
  });
}

/**
 * Makes a claim hold longer.
 * @returns false when it is not ours any more: stop sending
 */
export async function renewLease(
  db: Knex,
  { id, epoch }: Pick<Claimed, "id" | "epoch">,
  leaseMs: number,
): Promise<boolean> {
  const { rowCount } = await db.raw<{ rowCount: number }>(
    `UPDATE delivery SET lease_until = horloge() + ? * interval '1 millisecond'
     WHERE id = ? AND epoch = ? AND etat = 'in_flight'`,
    [leaseMs, id, epoch],
  );
  return rowCount === 1;
}
