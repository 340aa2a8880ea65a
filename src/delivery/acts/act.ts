import type { Knex } from "knex";
import { recordAct } from "../../audit/index.ts";
import { nextWindow } from "../../calendar/index.ts";
import { horloge } from "../../db/index.ts";
import { zProfil } from "../../feed/index.ts";
import { announcePartner } from "../../partner/index.ts";
import { decideAct, type Facts, type Verb } from "./decide.ts";
import { type Acted, type Demande, missing } from "./demande.ts";

/** What the audit calls each act. */
const ACTES: Readonly<Record<Verb, string>> = {
  cancel: "diffusion.annuler",
  hold: "diffusion.retenir",
  release: "diffusion.liberer",
};

interface Row extends Facts {
  readonly due_at: Date;
  readonly definition: unknown;
}

/**
 * Cancels, holds or releases one delivery, in one transaction with its line of the audit.
 * @param demande the id is that of the delivery
 */
export async function actOnDelivery(db: Knex, verb: Verb, demande: Demande): Promise<Acted> {
  const refused = missing(demande);
  if (refused !== undefined) return { refused };
  return db.transaction(async (trx) => {
    const row = await lock(trx, demande.id);
    if (row === undefined) return { refused: `Aucune diffusion ne s'appelle « ${demande.id} ».` };
    const decided = decideAct(verb, row);
    if ("refused" in decided) return decided;
    if (demande.essai === true) return { done: decided.phrase };
    const { id, partner, etat: avant } = row;
    await trx("delivery")
      .where({ id })
      .update({
        ...(await changeOf(trx, verb, row, demande)),
        etat: decided.etat,
        updated_at: trx.raw("horloge()"),
      });
    // While it was held its feed may have been emptied, which planning then left alone.
    if (verb === "release") await announcePartner(trx, partner);
    await recordAct(trx, {
      ...demande,
      acte: ACTES[verb],
      objet: { type: "diffusion", id },
      detail: { partenaire: partner, avant, apres: decided.etat, retenue: row.retenue },
    });
    return { done: decided.phrase };
  });
}

async function changeOf(
  trx: Knex.Transaction,
  verb: Verb,
  row: Row,
  { acteur, motif }: Demande,
): Promise<Record<string, unknown>> {
  switch (verb) {
    case "cancel":
      return { motif, annulee_par: acteur };
    case "hold":
      return { motif, retenue: "operateur" };
    case "release": {
      const now = await horloge(trx);
      // Its bytes left once already: the wait was only for the next try. Otherwise its own date still holds.
      const from = row.epoch > 0 || row.due_at < now ? now : row.due_at;
      const { at, explain } = nextWindow(from, zProfil.parse(row.definition).calendrier);
      return { motif: null, retenue: null, due_at: at, due_explain: JSON.stringify(explain) };
    }
  }
}

/** The partner first, as planning and claim do. */
async function lock(trx: Knex.Transaction, id: string): Promise<Row | undefined> {
  await trx.raw(
    "SELECT 1 FROM partner WHERE id = (SELECT partner FROM delivery WHERE id = ?) FOR NO KEY UPDATE",
    [id],
  );
  const { rows } = await trx.raw<{ rows: Row[] }>(
    `SELECT d.id, d.partner, d.etat, d.retenue, d.epoch, d.due_at, f.definition,
       d.snapshot_id IS NULL AS annoncee, d.snapshot_id IS NOT NULL AND s.sha256 IS NULL AS vide
     FROM delivery d JOIN partner p ON p.id = d.partner JOIN profil f ON f.id = p.profil
       LEFT JOIN feed_snapshot s ON s.id = d.snapshot_id
     WHERE d.id = ?`,
    [id],
  );
  return rows[0];
}
