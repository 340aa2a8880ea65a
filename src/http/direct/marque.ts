import type { Knex } from "knex";

/** What pages show that changes by itself. */
export const SUJETS = ["diffusions", "editions", "alertes", "rejeux", "essais"] as const;
export type Sujet = (typeof SUJETS)[number];

/** By subject, a text that is another one when what pages show of it has changed. */
export type Marques = Readonly<Record<Sujet, string>>;

/** What the database says of everything at one instant. */
export interface Etat {
  readonly marques: Omit<Marques, "essais">;
  /** Alerts that are open. */
  readonly ouvertes: number;
}

/** As many as lists show: what changed in one of them moved into these, or out. */
const SHOWN = 50;

/**
 * Looks at what changes: what waits and what is on its way (one of each per partner), and the latest of what accumulates.
 * Every change of a delivery passes through these; the state itself is compared, so nothing depends on the order in which
 * transactions end, and no write costs anything.
 */
export async function readEtat(db: Knex): Promise<Etat> {
  const { rows } = await db.raw<{ rows: (Etat["marques"] & { ouvertes: number })[] }>(
    `SELECT
       (SELECT md5(string_agg(t, '/' ORDER BY t)) FROM (
         SELECT concat_ws(' ', id, etat, epoch, due_at, snapshot_id) AS t FROM delivery
           WHERE etat IN ('scheduled', 'retry', 'held')
         UNION ALL SELECT concat_ws(' ', id, epoch) FROM delivery WHERE etat = 'in_flight'
         UNION ALL (SELECT concat_ws(' ', id, etat, epoch) FROM delivery ORDER BY created_at DESC, id DESC LIMIT ${SHOWN})
         UNION ALL (SELECT concat_ws(' ', 'accuse', id) FROM receipt ORDER BY id DESC LIMIT ${SHOWN})
         UNION ALL SELECT concat_ws(' ', id, etat, ouvert_jusqua) FROM partner) d) AS diffusions,
       (SELECT md5(string_agg(t, '/' ORDER BY t)) FROM (
         SELECT concat_ws(' ', id, etat) AS t FROM edition ORDER BY id DESC LIMIT ${SHOWN}) e) AS editions,
       (SELECT md5(string_agg(t, '/' ORDER BY t)) FROM (
         SELECT concat_ws(' ', cle, id, md5(message)) AS t FROM alert WHERE closed_at IS NULL
         UNION ALL SELECT concat_ws(' ', 'garde', id, jugee_edition_id) FROM feed_retenue WHERE etat = 'retenue') a) AS alertes,
       (SELECT md5(string_agg(t, '/' ORDER BY t)) FROM (
         SELECT concat_ws(' ', id, etat) AS t FROM replay_batch ORDER BY id DESC LIMIT ${SHOWN}) r) AS rejeux,
       (SELECT count(*) FROM alert WHERE closed_at IS NULL) AS ouvertes`,
  );
  const [{ ouvertes, ...marques } = NOTHING] = rows;
  return { marques, ouvertes };
}

const NOTHING = { diffusions: "", editions: "", alertes: "", rejeux: "", ouvertes: 0 };
