import type { Knex } from "knex";
import type { Auteur } from "../auteur.ts";
import { refusDEcrireLaSession } from "../droits.ts";
import { type EtatSession, passageSession } from "../etats/session.ts";
import { lockSession, readSession } from "../fiches/read.ts";
import { recordPassage } from "../passages.ts";
import { readOnlineAction } from "../publication/online.ts";
import { publishFiches } from "../publication/publish.ts";
import { numberSessions } from "../publication/references.ts";
import { situationOfSession } from "../publication/situationOfSession.ts";
import { INCONNUE, type Refus } from "../refus.ts";
import type { Verificateur, Verification } from "../verification/index.ts";
import { act } from "./act.ts";
import { CHANGEE, ERREURS, verifyFiches } from "./check.ts";

interface Options {
  /** That the author read, then validated. */
  readonly revision: number;
}

/** The first validation of one session (S128): its action is not looked at beyond what the session needs. */
export async function validateSession(
  db: Knex,
  verificateur: Verificateur,
  auteur: Auteur,
  id: number,
  { revision }: Options,
): Promise<{ readonly verification: Verification; readonly validee: boolean } | Refus> {
  const verification = await checkSession(db, verificateur, auteur, id);
  if (verification === undefined) return INCONNUE;
  return act(db, async (trx) => {
    const found = await lockSession(trx, auteur, id);
    if (found === undefined) return INCONNUE;
    const refus = refusDEcrireLaSession(auteur, found);
    if (refus !== undefined) return { refus };
    if (found.session.revision !== revision) return CHANGEE;
    const validee = !verification.bloquante;
    await trx("catalogue_session")
      .where({ id })
      .update({ validee_revision: validee ? revision : null });
    return { verification, validee };
  });
}

/** The second one: published at once, unless it needs a certification that the control has still to agree to (H7). */
export async function confirmSession(
  db: Knex,
  verificateur: Verificateur,
  auteur: Auteur,
  id: number,
  { revision }: Options,
): Promise<{ readonly etat: EtatSession; readonly reference: string } | Refus> {
  const verification = await checkSession(db, verificateur, auteur, id);
  if (verification === undefined) return INCONNUE;
  return act(db, async (trx) => {
    const found = await lockSession(trx, auteur, id);
    if (found === undefined) return INCONNUE;
    const { action, session } = found;
    const refus = refusDEcrireLaSession(auteur, found);
    if (refus !== undefined) return { refus };
    const online = await readOnlineAction(trx, action);
    const passage = passageSession(await situationOfSession(trx, found, online), "confirmer");
    if ("refus" in passage) return passage;
    if (session.validee_revision !== revision || session.revision !== revision) return CHANGEE;
    if (verification.bloquante) return ERREURS;
    const [numbered = session] = await numberSessions(trx, [session]);
    if (passage.effets.includes("publier")) {
      const refused = await publishFiches(trx, action, [numbered], { tete: false });
      if (refused !== undefined) return refused;
    } else {
      await trx("catalogue_session").where({ id }).update({ etat: passage.vers, validee_revision: null });
    }
    await recordPassage(trx, auteur, {
      action: action.id,
      session: id,
      evenement: "confirmer_session",
      de: session.etat,
      vers: passage.vers,
      detail: { reference: numbered.reference },
    });
    return { etat: passage.vers, reference: numbered.reference ?? "" };
  });
}

async function checkSession(
  db: Knex,
  verificateur: Verificateur,
  auteur: Auteur,
  id: number,
): Promise<Verification | undefined> {
  const found = await readSession(db, auteur, id);
  if (found === undefined) return undefined;
  return verifyFiches(db, verificateur, found.action, [found.session]);
}
