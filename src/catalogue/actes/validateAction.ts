import type { Knex } from "knex";
import type { Auteur } from "../auteur.ts";
import { refusDEcrire } from "../droits.ts";
import { A_CONFIRMER, lockAction, readWaiting } from "../fiches/read.ts";
import { INCONNUE, type Refus } from "../refus.ts";
import type { Verificateur, Verification } from "../verification/index.ts";
import { act } from "./act.ts";
import { CHANGEE, checkAction, empreinteOf } from "./check.ts";

/**
 * The first of the two validations (S116–S118): says what is wrong, or that it may be confirmed. Nothing else changes.
 * @param revision that the author read
 */
export async function validateAction(
  db: Knex,
  verificateur: Verificateur,
  auteur: Auteur,
  id: number,
  { revision }: { readonly revision: number },
): Promise<{ readonly verification: Verification; readonly validee: boolean } | Refus> {
  const controle = await checkAction(db, verificateur, auteur, id, A_CONFIRMER);
  if (controle === undefined) return INCONNUE;
  const { verification, empreinte } = controle;
  return act(db, async (trx) => {
    const fiche = await lockAction(trx, auteur, id);
    if (fiche === undefined) return INCONNUE;
    const refus = refusDEcrire(auteur, fiche);
    if (refus !== undefined) return { refus };
    if (
      fiche.revision !== revision ||
      empreinteOf(fiche, await readWaiting(trx, id, A_CONFIRMER)) !== empreinte
    )
      return CHANGEE;
    const validee = !verification.bloquante;
    await trx("catalogue_action")
      .where({ id })
      .update({ validee_revision: validee ? revision : null });
    return { verification, validee };
  });
}
