import type { Knex } from "knex";
import { acceptAtOnce } from "./accept.ts";
import type { Claimed } from "./claim.ts";
import type { Outcome } from "./outcome.ts";
import { type Ended, type Settled, settle } from "./settle.ts";

/**
 * Ends the attempt of a claimed delivery, whatever it brought, at once with its receipts or not at all.
 * @param how `hasard` in [0, 1) for the jitter; `arret` when someone asked this process to stop
 */
export async function complete(
  db: Knex,
  claimed: Claimed,
  outcome: Outcome,
  how: Pick<Ended, "hasard" | "detail" | "arret">,
): Promise<Settled> {
  const { id, epoch, echecs, partner } = claimed;
  const { transport } = partner;
  const dejaRecu = transport.type === "https" ? transport.deja_recu : [];
  const ended = { ...how, id, epoch, echecs, outcome, dejaRecu };
  const decision = await acceptAtOnce(db, claimed, ended);
  if (decision !== undefined) return { taken: true, decision, supersededBy: undefined };
  return db.transaction(async (trx) => {
    await trx.raw("SELECT 1 FROM partner WHERE id = ? FOR NO KEY UPDATE", [partner.id]);
    return settle(trx, ended);
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
