import type { Knex } from "knex";
import { explainRefusal } from "./codes.ts";
import { codesOf } from "./mappings.ts";
import type { Delivery } from "./match.ts";

/**
 * The partner refused the whole file after it had taken it: it does not hold this content, and planning knows it by the
 * state of the delivery. The same content does not leave again by itself, it would be refused again.
 * @returns whether it was accepted until now
 */
export async function rejectDelivery(
  trx: Knex.Transaction,
  partner: string,
  { id }: Delivery,
  refus: { readonly code: string; readonly message: string },
): Promise<boolean> {
  const { libelle, remede } = explainRefusal(refus, await codesOf(trx, partner));
  const motif = `Le destinataire a refusé tout le fichier après l'avoir reçu. ${libelle} ${remede}`;
  const changed = await trx("delivery")
    .where({ id, etat: "accepted" })
    .update({ etat: "rejected", motif, updated_at: trx.raw("horloge()") });
  return changed === 1;
}
