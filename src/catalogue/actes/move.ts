import type { Knex } from "knex";
import type { Passage } from "../etats/action.ts";
import { controlDeadline } from "./deadline.ts";

/**
 * Brings an action where a passage leads. Why it is under Alerte, and since when and until when the control has it, follow
 * from the passage; what was validated is so no longer.
 * @param message what is asked of who writes, null for nothing any more; as it was when not given
 */
export async function moveAction(
  trx: Knex.Transaction,
  id: number,
  { vers, alerte, effets }: Exclude<Passage, { readonly refus: string }>,
  { message }: { readonly message?: string | null } = {},
): Promise<void> {
  const soumise = effets.includes("soumettre");
  await trx("catalogue_action")
    .where({ id })
    .update({
      etat: vers,
      alerte: alerte ?? null,
      validee_revision: null,
      soumise_at: soumise ? trx.raw("horloge()") : null,
      echeance: soumise ? await controlDeadline(trx) : null,
      ...(message === undefined ? {} : { message }),
    });
}
