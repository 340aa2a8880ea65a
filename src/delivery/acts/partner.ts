import type { Knex } from "knex";
import { recordAct } from "../../audit/index.ts";
import { type EtatPartenaire, setPartnerState } from "../../partner/index.ts";
import { type Acted, type Demande, missing } from "./demande.ts";

interface Row {
  readonly id: string;
  readonly etat: EtatPartenaire;
  readonly etat_motif: string | null;
  /** Delivery that waits, and one on its way. */
  readonly attente: string | null;
  readonly vol: string | null;
}

/**
 * Stops sending to a partner: what waits stays, what is on its way ends.
 * @param demande the id is that of the partner
 */
export function pausePartner(db: Knex, demande: Demande): Promise<Acted> {
  return act(db, demande, "partenaire.suspendre", "en_pause", ({ id, etat, etat_motif, attente, vol }) => {
    if (etat !== "actif")
      return {
        refused: `${id} est déjà ${etat === "en_pause" ? "en pause" : "désactivé"}${etat_motif === null ? "" : ` : ${etat_motif}`}`,
      };
    const waits = attente === null ? "ce qui sera publié attendra" : `la diffusion ${attente} attendra`;
    const flies = vol === null ? "" : ` ; ${vol}, en cours d'envoi, ira à son terme`;
    return { done: `Suspend les envois à ${id} : ${waits} la reprise${flies}.` };
  });
}

/**
 * Sends to a partner again, whether it was paused or disabled.
 * @param demande the id is that of the partner
 */
export function resumePartner(db: Knex, demande: Demande): Promise<Acted> {
  return act(db, demande, "partenaire.reprendre", "actif", ({ id, etat, etat_motif, attente }) => {
    if (etat === "actif")
      return { refused: `${id} n'est ni en pause ni désactivé : ses diffusions partent à leur date.` };
    const why = etat_motif === null ? "" : ` (${etat_motif})`;
    const then =
      attente === null
        ? "ce qui lui manque est programmé aussitôt"
        : `la diffusion ${attente} part à sa date, ou aussitôt si elle est passée`;
    return { done: `${etat === "en_pause" ? "Reprend les envois à" : "Réactive"} ${id}${why} : ${then}.` };
  });
}

async function act(
  db: Knex,
  demande: Demande,
  acte: string,
  etat: EtatPartenaire,
  decide: (row: Row) => Acted,
): Promise<Acted> {
  const refused = missing(demande);
  if (refused !== undefined) return { refused };
  return db.transaction(async (trx) => {
    const row = await lock(trx, demande.id);
    if (row === undefined) return { refused: `Aucun destinataire ne s'appelle « ${demande.id} ».` };
    const decided = decide(row);
    if ("refused" in decided || demande.essai === true) return decided;
    await setPartnerState(trx, row.id, etat, etat === "actif" ? null : demande.motif);
    await recordAct(trx, {
      ...demande,
      acte,
      objet: { type: "partenaire", id: row.id },
      detail: { avant: row.etat, avantMotif: row.etat_motif, apres: etat },
    });
    return decided;
  });
}

async function lock(trx: Knex.Transaction, id: string): Promise<Row | undefined> {
  await trx.raw("SELECT 1 FROM partner WHERE id = ? FOR NO KEY UPDATE", [id]);
  const { rows } = await trx.raw<{ rows: Row[] }>(
    `SELECT p.id, p.etat, p.etat_motif,
       (SELECT d.id FROM delivery d WHERE d.partner = p.id AND d.etat IN ('scheduled', 'retry', 'held')) AS attente,
       (SELECT d.id FROM delivery d WHERE d.partner = p.id AND d.etat = 'in_flight') AS vol
     FROM partner p WHERE p.id = ?`,
    [id],
  );
  return rows[0];
}
