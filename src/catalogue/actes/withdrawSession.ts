import type { Knex } from "knex";
import { withdraw } from "../../published/index.ts";
import type { Auteur } from "../auteur.ts";
import { refusDuProfil } from "../etats/action.ts";
import { type EvenementSession, passageSession } from "../etats/session.ts";
import { lockSession } from "../fiches/read.ts";
import { recordPassage } from "../passages.ts";
import { readOnlineAction } from "../publication/online.ts";
import { situationOfSession } from "../publication/situationOfSession.ts";
import { INCONNUE, type Refus } from "../refus.ts";
import { act, motifOf } from "./act.ts";

/** Takes a session away before its time, also while its action is in control (S138, H4): it leaves the next édition. */
export async function withdrawSession(
  db: Knex,
  auteur: Auteur,
  id: number,
  { motif: text }: { readonly motif: string },
): Promise<{ readonly fait: true } | Refus> {
  const read = motifOf(text);
  return "refus" in read ? read : leave(db, auteur, id, "retirer", read.motif);
}

/** Removes a session that ended more than 30 days ago (S136–S137), or a draft. */
export async function deleteSession(
  db: Knex,
  auteur: Auteur,
  id: number,
): Promise<{ readonly fait: true } | Refus> {
  return leave(db, auteur, id, "supprimer", undefined);
}

async function leave(
  db: Knex,
  auteur: Auteur,
  id: number,
  evenement: Extract<EvenementSession, "retirer" | "supprimer">,
  motif: string | undefined,
): Promise<{ readonly fait: true } | Refus> {
  return act(db, async (trx) => {
    const found = await lockSession(trx, auteur, id);
    if (found === undefined) return INCONNUE;
    const { action, session } = found;
    // Leaving is always possible for who writes, whatever the control is doing.
    const refus = refusDuProfil(auteur.role, action.cadre === "conventionnee");
    if (refus !== undefined) return { refus };
    const online = await readOnlineAction(trx, action);
    const passage = passageSession(await situationOfSession(trx, found, online), evenement);
    if ("refus" in passage) return passage;
    if (passage.effets.includes("effacer")) await trx("catalogue_session").where({ id }).delete();
    else {
      await trx("catalogue_session").where({ id }).update({ etat: passage.vers, validee_revision: null });
      const retrait = auteur.role === "controle" ? "retrait_controle" : "retrait_organisme";
      await withdraw(trx, "session", session.reference === null ? [] : [session.reference], {
        motif: evenement === "supprimer" ? "suppression" : retrait,
        ...(motif === undefined ? {} : { note: motif }),
      });
    }
    await recordPassage(trx, auteur, {
      action: action.id,
      // An erased draft is named by what is told of it.
      session: passage.effets.includes("effacer") ? undefined : id,
      evenement: `${evenement}_session`,
      de: session.etat,
      vers: passage.vers,
      message: motif,
      detail: { session: id, reference: session.reference },
    });
    return { fait: true };
  });
}
