import type { Knex } from "knex";
import { readLast } from "../../published/index.ts";
import type { Auteur } from "../auteur.ts";
import { refusDEcrire } from "../droits.ts";
import { lockAction, readWaiting } from "../fiches/read.ts";
import { recordPassage } from "../passages.ts";
import { readOnlineAction } from "../publication/online.ts";
import { brouillonOf } from "../publication/records.ts";
import { INCONNUE, type Refus } from "../refus.ts";
import { act } from "./act.ts";

/** Forgets what was typed since the last publication: the working copies read again as what is online. Drafts stay. */
export async function discardChanges(
  db: Knex,
  auteur: Auteur,
  id: number,
): Promise<{ readonly fait: true } | Refus> {
  return act(db, async (trx) => {
    const fiche = await lockAction(trx, auteur, id);
    if (fiche === undefined) return INCONNUE;
    const refus = refusDEcrire(auteur, fiche);
    if (refus !== undefined) return { refus };
    const online = await readOnlineAction(trx, fiche);
    if (online === undefined)
      return { refus: "Cette action n'est pas en ligne : il n'y a pas de version à laquelle revenir." };
    await reset(trx, "catalogue_action", auteur, fiche.id, brouillonOf(online));
    const changed = await readWaiting(trx, id, ["publiee"]);
    const numeros = changed.flatMap(({ reference }) => (reference === null ? [] : [reference]));
    const versions = await readLast(trx, "session", numeros);
    for (const { id: session, reference } of changed) {
      const last = reference === null ? undefined : versions.get(reference);
      if (last === undefined) continue;
      const { action: _, ...contenu } = last.contenu;
      await reset(trx, "catalogue_session", auteur, session, contenu);
    }
    await recordPassage(trx, auteur, {
      action: id,
      evenement: "abandonner",
      de: fiche.etat,
      vers: fiche.etat,
    });
    return { fait: true };
  });
}

async function reset(
  trx: Knex.Transaction,
  table: "catalogue_action" | "catalogue_session",
  { acteur }: Auteur,
  id: number,
  contenu: object,
): Promise<void> {
  await trx(table)
    .where({ id })
    .update({
      contenu: JSON.stringify(contenu),
      revision: trx.raw("revision + 1"),
      publiee_revision: trx.raw("revision + 1"),
      validee_revision: null,
      updated_at: trx.raw("horloge()"),
      updated_by: acteur,
    });
}
