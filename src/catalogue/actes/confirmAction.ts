import type { Knex } from "knex";
import type { Action } from "../../published/contract/index.ts";
import type { Auteur } from "../auteur.ts";
import { type EtatAction, passageAction } from "../etats/action.ts";
import { enAttente } from "../etats/session.ts";
import type { FicheAction, FicheSession } from "../fiche.ts";
import { A_CONFIRMER, lockAction, readWaiting } from "../fiches/read.ts";
import { recordPassage } from "../passages.ts";
import { readOnlineAction, situationOf } from "../publication/online.ts";
import { publishFiches } from "../publication/publish.ts";
import { amongCertifications } from "../publication/records.ts";
import { numberAction, numberSessions } from "../publication/references.ts";
import { INCONNUE, type Refus } from "../refus.ts";
import type { Verificateur } from "../verification/index.ts";
import { act } from "./act.ts";
import { CHANGEE, checkAction, ERREURS, empreinteOf } from "./check.ts";
import { moveAction } from "./move.ts";

/**
 * The second of the two validations (S116–S119, S126–S127): a new action goes to the control with its sessions; one that
 * is online is published at once, unless its certifications changed. It is checked again: rules and registers may have
 * moved since.
 * @param revision that was validated; anything else is refused
 */
export async function confirmAction(
  db: Knex,
  verificateur: Verificateur,
  auteur: Auteur,
  id: number,
  { revision }: { readonly revision: number },
): Promise<{ readonly etat: EtatAction; readonly reference: string } | Refus> {
  const controle = await checkAction(db, verificateur, auteur, id, A_CONFIRMER);
  if (controle === undefined) return INCONNUE;
  return act(db, async (trx) => {
    const fiche = await lockAction(trx, auteur, id);
    if (fiche === undefined) return INCONNUE;
    const online = await readOnlineAction(trx, fiche);
    const passage = passageAction(situationOf(fiche, online), "confirmer", auteur.role);
    if ("refus" in passage) return passage;
    const waiting = await readWaiting(trx, id, A_CONFIRMER);
    if (fiche.validee_revision !== revision || fiche.revision !== revision) return CHANGEE;
    if (empreinteOf(fiche, waiting) !== controle.empreinte) return CHANGEE;
    if (controle.verification.bloquante) return ERREURS;
    const numbered = await numberAction(trx, fiche);
    const sessions = await numberSessions(trx, waiting);
    const refus = passage.effets.includes("publier")
      ? await publishFiches(trx, numbered, sessions, { tete: true })
      : await submit(trx, numbered, sessions, online);
    if (refus !== undefined) return refus;
    await moveAction(trx, id, passage, { message: null });
    await recordPassage(trx, auteur, {
      action: id,
      evenement: "confirmer",
      de: fiche.etat,
      vers: passage.vers,
      detail: { reference: numbered.reference, sessions: sessions.length },
    });
    return { etat: passage.vers, reference: numbered.reference ?? "" };
  });
}

/** Sessions that the version online already allows do not wait for the control of the new one (H7). */
async function submit(
  trx: Knex.Transaction,
  action: FicheAction,
  sessions: readonly FicheSession[],
  online: Action | undefined,
): Promise<Refus | undefined> {
  const allowed = ({ contenu }: FicheSession) =>
    online !== undefined && amongCertifications(contenu.certifications, online.certifications);
  const waiting = sessions.filter((session) => !allowed(session));
  for (const etat of ["brouillon", "publiee"] as const)
    await trx("catalogue_session")
      .whereIn(
        "id",
        waiting.filter((session) => session.etat === etat).map(({ id }) => id),
      )
      .update({ etat: enAttente(etat), validee_revision: null });
  const enLigne = sessions.filter(allowed);
  return enLigne.length === 0 ? undefined : publishFiches(trx, action, enLigne, { tete: false });
}
