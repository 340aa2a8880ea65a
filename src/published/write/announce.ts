import type { Knex } from "knex";
import type { RecordKind } from "../contract/index.ts";
import { demanderEdition } from "../demande.ts";

/**
 * Asks for an édition, in the transaction that changes the offer: neither a mise en ligne dated in the past nor one
 * committed while an édition was reading can then be missed.
 */
export async function announceChange(
  trx: Knex.Transaction,
  genre: RecordKind,
  changes: { readonly versions?: number; readonly retraits?: number },
): Promise<void> {
  await demanderEdition(trx, "offre-modifiee", { genre, ...changes });
}
