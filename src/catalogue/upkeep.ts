import type { Knex } from "knex";
import { horloge } from "../db/index.ts";
import { parisDay } from "../lheo/index.ts";
import { estPerimee } from "../published/index.ts";
import { SYSTEME } from "./auteur.ts";
import { passageAction } from "./etats/action.ts";
import { lockAction } from "./fiches/read.ts";
import { recordPassage } from "./passages.ts";
import { readOnlineAction, situationOf } from "./publication/online.ts";

export interface Entretien {
  /** Sessions that left the working lists, because they ended long ago. */
  readonly sessions: number;
  /** Actions that came up under Alerte: no session is left (H6). */
  readonly actions: number;
  /** Contents that gave way after the retention. */
  readonly purges: number;
}

/** Actions looked at in one go; the rest is for the next night. */
const LOT = 1_000;

/**
 * What time does to the working copies, after what it did to the contract (S136, H4, H6): run again it finds nothing left.
 * @param jours days that the content of what left is kept
 */
export async function upkeepCatalogue(db: Knex, { jours }: { readonly jours: number }): Promise<Entretien> {
  return {
    sessions: await removeEnded(db),
    actions: await alertWithoutSession(db),
    purges: await purge(db, jours),
  };
}

/** Sessions that the contract holds no more because they ended, or that ended before the control came to them. */
async function removeEnded(db: Knex): Promise<number> {
  const jour = parisDay(await horloge(db));
  const { rows } = await db.raw<{ rows: { id: string; fin: string | null }[] }>(
    `SELECT s.id, s.fin FROM catalogue_session s
     WHERE s.etat IN ('soumise', 'publiee', 'modifiee') AND s.fin < ? ORDER BY s.fin LIMIT ?`,
    [jour, 20 * LOT],
  );
  const ended = rows.filter(({ fin }) => fin !== null && estPerimee({ fin }, jour)).map(({ id }) => id);
  if (ended.length === 0) return 0;
  return db("catalogue_session").whereIn("id", ended).update({ etat: "supprimee", validee_revision: null });
}

async function alertWithoutSession(db: Knex): Promise<number> {
  const { rows } = await db.raw<{ rows: { id: string }[] }>(
    `SELECT a.id FROM catalogue_action a WHERE a.etat = 'publiee' AND NOT EXISTS (
       SELECT FROM catalogue_session s WHERE s.action_id = a.id AND s.etat IN ('publiee', 'modifiee'))
     ORDER BY a.id LIMIT ?`,
    [LOT],
  );
  let alerted = 0;
  for (const { id } of rows) if (await alertOne(db, Number(id))) alerted += 1;
  return alerted;
}

const MESSAGE =
  "Plus aucune session en cours ni à venir : la formation n'apparaît plus chez les partenaires. Ajoutez une session, ou archivez la formation.";

async function alertOne(db: Knex, id: number): Promise<boolean> {
  return db.transaction(async (trx) => {
    const fiche = await lockAction(trx, SYSTEME, id);
    if (fiche === undefined) return false;
    const passage = passageAction(
      situationOf(fiche, await readOnlineAction(trx, fiche)),
      "perdre_sessions",
      "systeme",
    );
    if ("refus" in passage) return false;
    const alerte = passage.alerte ?? "sans_session";
    await trx("catalogue_action").where({ id }).update({ etat: passage.vers, alerte, message: MESSAGE });
    await recordPassage(trx, SYSTEME, {
      action: id,
      evenement: "perdre_sessions",
      de: fiche.etat,
      vers: passage.vers,
      message: MESSAGE,
    });
    return true;
  });
}

/** Number, dates and history stay; texts and people go. */
async function purge(db: Knex, jours: number): Promise<number> {
  const { rowCount: sessions } = await db.raw(
    `UPDATE catalogue_session SET contenu = jsonb_strip_nulls(jsonb_build_object('debut', debut, 'fin', fin, 'voie', contenu->'voie'))
     WHERE etat IN ('retiree', 'supprimee') AND updated_at < horloge() - make_interval(days => ?)
       AND contenu \\?| ARRAY['lieux', 'contacts', 'formateurs', 'commentaire', 'recrutements', 'modalites']`,
    [jours],
  );
  const { rowCount: actions } = await db.raw(
    `UPDATE catalogue_action SET contenu = jsonb_build_object('intitule', contenu->'intitule')
     WHERE etat = 'supprimee' AND updated_at < horloge() - make_interval(days => ?)
       AND contenu \\?| ARRAY['objectif', 'contenu', 'contacts', 'modalites']`,
    [jours],
  );
  await db.raw("DELETE FROM catalogue_presence WHERE seen_at < horloge() - interval '1 day'");
  return (sessions ?? 0) + (actions ?? 0);
}
