import type { Knex } from "knex";
import { SEUILS } from "../seuils.ts";

/** Rows taken in one statement, and statements in one run: the rest is for the next night. */
const BATCH = 1_000;
const MOST_BATCHES = 200;

/** What no longer serves, kind by kind; history (deliveries, attempts, snapshots, éditions) stays. */
const MENAGE: Readonly<Record<string, string>> = {
  reponses: `
    UPDATE attempt SET reponse = NULL WHERE (delivery_id, epoch) IN (
      SELECT delivery_id, epoch FROM attempt
      WHERE reponse IS NOT NULL AND finished_at < horloge() - :reponsesJours * interval '1 day'
      ORDER BY finished_at LIMIT ${BATCH})`,
  annonces: `
    DELETE FROM outbox WHERE id IN (
      SELECT id FROM outbox WHERE done_at < horloge() - :annoncesJours * interval '1 day' LIMIT ${BATCH})`,
  passages: `
    DELETE FROM cron_run WHERE (job, slot) IN (
      SELECT r.job, r.slot FROM cron_job j
        CROSS JOIN LATERAL (SELECT slot FROM cron_run WHERE job = j.id ORDER BY slot DESC
          OFFSET :passagesGardes LIMIT 1) limite
        JOIN cron_run r ON r.job = j.id AND r.slot <= limite.slot
      WHERE r.slot < horloge() - :passagesJours * interval '1 day'
        AND r.etat NOT IN ('en_cours', 'a_reprendre') LIMIT ${BATCH})`,
  notices: `
    DELETE FROM edition_notice WHERE (edition_id, rang) IN (
      SELECT n.edition_id, n.rang FROM edition e JOIN edition_notice n ON n.edition_id = e.id
      WHERE e.finished_at < horloge() - :noticesJours * interval '1 day' AND NOT EXISTS (
        SELECT 1 FROM unnest(e.profils) AS p(id) WHERE NOT EXISTS (
          SELECT 1 FROM edition o WHERE o.id > e.id AND o.etat = 'faite' AND p.id = ANY (o.profils)))
      LIMIT ${BATCH})`,
  accuses: `
    DELETE FROM receipt_fichier WHERE receipt_id IN (
      SELECT f.receipt_id FROM receipt_fichier f JOIN receipt r ON r.id = f.receipt_id
      WHERE r.received_at < horloge() - :accusesJours * interval '1 day' LIMIT ${BATCH})`,
  prises: `
    DELETE FROM pull WHERE id IN (
      SELECT id FROM pull WHERE at < horloge() - :prisesJours * interval '1 day' ORDER BY id LIMIT ${BATCH})`,
  // What was held and decided stays; the list of sessions has served.
  retenues: `
    DELETE FROM feed_retenue_session WHERE ctid IN (
      SELECT s.ctid FROM feed_retenue r JOIN feed_retenue_session s ON s.retenue_id = r.id
      WHERE (r.etat <> 'liberee' OR r.appliquee_edition_id IS NOT NULL) AND r.ended_at < horloge() - :retenuesJours * interval '1 day' LIMIT ${BATCH})`,
  alertes: `
    DELETE FROM alert WHERE id IN (
      SELECT id FROM alert WHERE closed_at < horloge() - :alertesJours * interval '1 day' LIMIT ${BATCH})`,
};

/**
 * Removes rows past their time, a thousand at once. It may stop anywhere and goes on where it was.
 * @returns how many of each kind
 */
export async function removeRows(db: Knex, signal: AbortSignal): Promise<Record<string, number>> {
  const values = Object.fromEntries(Object.entries(SEUILS).map(([name, { valeur }]) => [name, valeur]));
  const done: Record<string, number> = {};
  for (const [kind, sql] of Object.entries(MENAGE)) {
    let total = 0;
    for (let batch = 0; batch < MOST_BATCHES; batch += 1) {
      signal.throwIfAborted();
      const { rowCount } = await db.raw<{ rowCount: number }>(sql, values);
      total += rowCount;
      if (rowCount < BATCH) break;
    }
    done[kind] = total;
  }
  return done;
}
