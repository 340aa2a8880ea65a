import type { Knex } from "knex";
import { recordAct } from "../../audit/index.ts";
import { act } from "../actes/act.ts";
import type { Auteur } from "../auteur.ts";
import { lockAction } from "../fiches/read.ts";
import { INCONNUE, type Refus } from "../refus.ts";

/** Says to the others of the control that one looks at it. Nobody has to, and anybody may take it over. */
export async function takeControl(
  db: Knex,
  auteur: Auteur,
  id: number,
): Promise<{ readonly fait: true } | Refus> {
  return hand(db, auteur, id, "prendre");
}

/** Gives it back to the queue. */
export async function releaseControl(
  db: Knex,
  auteur: Auteur,
  id: number,
): Promise<{ readonly fait: true } | Refus> {
  return hand(db, auteur, id, "rendre");
}

async function hand(db: Knex, auteur: Auteur, id: number, acte: "prendre" | "rendre") {
  if (auteur.role !== "controle") return { refus: "Seule l'équipe de contrôle peut le faire." };
  return act<{ readonly fait: true }>(db, async (trx) => {
    const fiche = await lockAction(trx, auteur, id);
    if (fiche === undefined) return INCONNUE;
    if (fiche.etat !== "creee" && fiche.etat !== "modifiee")
      return { refus: "Cette action n'attend plus de contrôle." };
    await trx("catalogue_action")
      .where({ id })
      .update(
        acte === "prendre"
          ? { pris_par: auteur.acteur, pris_at: trx.raw("horloge()") }
          : { pris_par: null, pris_at: null },
      );
    await recordAct(trx, {
      acteur: auteur.acteur,
      acte: `catalogue.${acte}`,
      objet: { type: "action", id: String(id) },
    });
    return { fait: true };
  });
}
