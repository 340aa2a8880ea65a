import type { Knex } from "knex";
import { withdraw } from "../../published/index.ts";
import type { Auteur } from "../auteur.ts";
import { type EtatAction, passageAction } from "../etats/action.ts";
import { lockAction } from "../fiches/read.ts";
import { recordPassage } from "../passages.ts";
import { readOnlineAction, situationOf } from "../publication/online.ts";
import { INCONNUE, type Refus } from "../refus.ts";
import { act, motifOf } from "./act.ts";
import { moveAction } from "./move.ts";

interface Raison {
  readonly motif: string;
}
type Sortie = Promise<{ readonly etat: EtatAction } | Refus>;

/** Takes an action and its sessions out of the feeds, at any time (S43, S120, H4); the control can bring it back (H9). */
export async function archiveAction(db: Knex, auteur: Auteur, id: number, raison: Raison): Sortie {
  return leave(db, auteur, id, "archiver", raison);
}

/** The same for good; a draft, which nobody saw, is simply erased. */
export async function deleteAction(db: Knex, auteur: Auteur, id: number, raison: Raison): Sortie {
  return leave(db, auteur, id, "supprimer", raison);
}

async function leave(
  db: Knex,
  auteur: Auteur,
  id: number,
  evenement: "archiver" | "supprimer",
  raison: Raison,
): Sortie {
  return act(db, async (trx) => {
    const fiche = await lockAction(trx, auteur, id);
    if (fiche === undefined) return INCONNUE;
    const online = await readOnlineAction(trx, fiche);
    const passage = passageAction(situationOf(fiche, online), evenement, auteur.role);
    if ("refus" in passage) return passage;
    if (passage.effets.includes("effacer")) return erase(trx, auteur, id);
    const read = motifOf(raison.motif);
    if ("refus" in read) return read;
    await moveAction(trx, id, passage);
    const motif = evenement === "archiver" ? "archivage" : "suppression";
    await withdraw(trx, "action", fiche.reference === null ? [] : [fiche.reference], {
      motif,
      note: read.motif,
    });
    await recordPassage(trx, auteur, {
      action: id,
      evenement,
      de: fiche.etat,
      vers: passage.vers,
      message: read.motif,
      detail: { reference: fiche.reference },
    });
    return { etat: passage.vers };
  });
}

async function erase(trx: Knex.Transaction, auteur: Auteur, id: number): Sortie {
  // First told, then gone with its history; the audit stays.
  await recordPassage(trx, auteur, {
    action: id,
    evenement: "supprimer",
    de: "brouillon",
    vers: "supprimee",
  });
  await trx("catalogue_action").where({ id }).delete();
  return { etat: "supprimee" };
}
