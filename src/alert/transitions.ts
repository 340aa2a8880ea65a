import type { Knex } from "knex";
import type { CodeAlerte } from "./codes.ts";

/** Something an operator is to know, until it is over. */
export interface Alerte {
  /** What it is about (`partenaire:kairos`): at most one alert is open for each. */
  readonly cle: string;
  readonly code: CodeAlerte;
  /** What was seen, in French: one or two sentences, no secret. */
  readonly message: string;
  /** For whoever looks closer: plain JSON, no secret. */
  readonly detail?: Readonly<Record<string, unknown>>;
}

/**
 * Opens an alert, inside the transaction of what it tells of; it leaves later, from the rows written here. One that is
 * already open says what is newest and tells nobody again.
 * @returns true when it was not open
 */
export async function openAlert(
  trx: Knex.Transaction,
  { cle, code, message, detail = {} }: Alerte,
): Promise<boolean> {
  const fields = { code, message, detail: JSON.stringify(detail) };
  const { rows } = await trx.raw<{ rows: { id: number; nouvelle: boolean }[] }>(
    `INSERT INTO alert (cle, code, message, detail) VALUES (:cle, :code, :message, :detail)
     ON CONFLICT (cle) WHERE closed_at IS NULL DO UPDATE SET message = excluded.message, detail = excluded.detail
     RETURNING id, xmax = 0 AS nouvelle`,
    { cle, ...fields },
  );
  const [row] = rows;
  if (row === undefined || !row.nouvelle) return false;
  await announce(trx, row.id, "ouverte");
  return true;
}

/**
 * Ends the alert open under a key, if there is one: the recovery is told like the alert was.
 * @returns true when it was open
 */
export async function closeAlert(trx: Knex.Transaction, cle: string): Promise<boolean> {
  const [row] = await trx("alert")
    .where({ cle })
    .whereNull("closed_at")
    .update({ closed_at: trx.raw("horloge()") }, ["id"]);
  if (row === undefined) return false;
  await announce(trx, row.id, "resolue");
  return true;
}

/** One row per channel; the wait of a channel groups what is undone at once, its interval what comes and goes. */
async function announce(
  trx: Knex.Transaction,
  alert: number,
  transition: "ouverte" | "resolue",
): Promise<void> {
  await trx.raw(
    `INSERT INTO alert_envoi (alert_id, transition, canal, prochain_at)
     SELECT :alert, :transition, c.id, greatest(horloge() + c.attente,
       (SELECT max(e.sent_at) + c.intervalle FROM alert a JOIN alert_envoi e ON e.alert_id = a.id
         WHERE a.cle = (SELECT cle FROM alert WHERE id = :alert) AND e.canal = c.id))
     FROM alert_canal c`,
    { alert, transition },
  );
}
