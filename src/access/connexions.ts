import type { Knex } from "knex";
import { recordAct } from "../audit/index.ts";
import type { Resultat } from "./comptes.ts";
import { STILL_OPEN } from "./duree.ts";

/** A browser that is signed in. */
export interface ConnexionOuverte {
  readonly id: number;
  readonly opened_at: Date;
  readonly seen_at: Date;
  readonly adresse: string | null;
  /** As it calls itself. */
  readonly navigateur: string | null;
}

/** Browsers signed in with an account, the latest first. */
export async function readConnexions(db: Knex, compte: number): Promise<ConnexionOuverte[]> {
  return db("connexion")
    .select("id", "opened_at", "seen_at", "adresse", "navigateur")
    .where({ compte_id: compte })
    .whereRaw(STILL_OPEN)
    .orderBy("id", "desc");
}

/**
 * Signs browsers out: those of an account, but one (the browser that asks), or a single one.
 * @returns how many
 */
export async function closeConnexions(
  db: Knex,
  compte: { readonly id: number; readonly identifiant: string },
  which: { readonly sauf?: number | undefined; readonly seule?: number | undefined },
  acteur: string,
): Promise<Resultat & { readonly fermees?: number }> {
  return db.transaction(async (trx) => {
    const query = trx("connexion").where({ compte_id: compte.id });
    if (which.sauf !== undefined) query.whereNot({ id: which.sauf });
    if (which.seule !== undefined) query.where({ id: which.seule });
    const fermees = await query.delete();
    if (fermees === 0) return { refus: "Aucune connexion n'était ouverte." };
    await recordAct(trx, {
      acteur,
      acte: "compte.deconnecter",
      objet: { type: "compte", id: compte.identifiant },
      detail: { connexions: fermees },
    });
    return { fait: true, fermees };
  });
}
