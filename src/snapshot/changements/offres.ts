import type { Knex } from "knex";
import { numeroAction, numeroFormation } from "../../feed/index.ts";

/** A session that a feed shows now. */
export interface OffreVisible {
  readonly profil: string;
  /** In the catalogue. */
  readonly session: string;
  /** In the feed. */
  readonly formation: string;
  readonly action: string;
  /** Of the feed in which it began to read so. */
  readonly at: Date;
}

interface Row {
  readonly profil: string;
  readonly session: string;
  readonly numero: string;
  readonly formationLheo: string | null;
  readonly actionLheo: string | null;
  readonly at: Date;
}

/**
 * Where a session is shown now.
 * @param profils looked at in this order
 * @param session its number, in the catalogue or in a feed
 */
export async function offreVisible(
  db: Knex,
  profils: readonly string[],
  session: string,
  base: string,
): Promise<OffreVisible | undefined> {
  const { rows } = await db.raw<{ rows: Row[] }>(
    `SELECT p.profil, p.session, p.action AS numero, a.contenu->>'numero_lheo' AS "formationLheo",
       s.contenu->>'numero_action_lheo' AS "actionLheo", f.created_at AS at
     FROM feed_presence p JOIN feed_snapshot f ON f.id = p.from_snapshot
       LEFT JOIN published_action a ON a.numero = p.action AND a.version = p.action_version
       LEFT JOIN published_session s ON s.numero = p.session AND s.version = p.session_version
     WHERE p.profil = ANY (:profils) AND p.to_snapshot IS NULL AND p.session IN (
       SELECT CAST(:session AS text) COLLATE "C" UNION SELECT numero COLLATE "C" FROM published_session
         WHERE (contenu->>'numero_lheo') COLLATE "C" = :session AND contenu->>'numero_lheo' IS NOT NULL)
     ORDER BY p.session <> :session, array_position(CAST(:profils AS text[]), p.profil) LIMIT 1`,
    { profils, session },
  );
  const [row] = rows;
  if (row === undefined) return undefined;
  return {
    profil: row.profil,
    session: row.session,
    formation: numeroFormation(base, { numero: row.numero, contenu: { numero_lheo: row.formationLheo } }),
    action: numeroAction(base, { numero: row.session, contenu: { numero_action_lheo: row.actionLheo } }),
    at: row.at,
  };
}

/** How many sessions the feeds of some profiles show now, each once. */
export async function countOffres(db: Knex, profils: readonly string[]): Promise<number> {
  const { rows } = await db.raw<{ rows: { nombre: number }[] }>(
    `SELECT count(DISTINCT session)::int AS nombre FROM feed_presence
     WHERE profil = ANY (?) AND to_snapshot IS NULL`,
    [[...profils]],
  );
  return rows[0]?.nombre ?? 0;
}

/** Rows read at once: others are served in between. */
const BATCH = 2_000;

/**
 * Some of them, in the order of their numbers, with the instant since which each reads so where it is shown first: a
 * batch at a time.
 */
export async function* listOffres(
  db: Knex,
  profils: readonly string[],
  { sauter, taille }: { readonly sauter: number; readonly taille: number },
): AsyncGenerator<readonly { readonly session: string; readonly at: Date }[]> {
  let apres = "";
  for (let left = taille; left > 0; ) {
    const { rows } = await db.raw<{ rows: { session: string; at: Date }[] }>(
      `SELECT DISTINCT ON (p.session) p.session, f.created_at AS at
       FROM unnest(CAST(:profils AS text[])) WITH ORDINALITY AS u (profil, rang)
         CROSS JOIN LATERAL (
           SELECT session, from_snapshot FROM feed_presence
           WHERE profil = u.profil AND to_snapshot IS NULL AND session > :apres
           ORDER BY session LIMIT CAST(:taille AS int) + CAST(:sauter AS int)
         ) p JOIN feed_snapshot f ON f.id = p.from_snapshot
       ORDER BY p.session, u.rang LIMIT :taille OFFSET :sauter`,
      { profils, apres, taille: Math.min(BATCH, left), sauter: left === taille ? sauter : 0 },
    );
    yield rows;
    if (rows.length < BATCH) return;
    left -= rows.length;
    apres = rows.at(-1)?.session ?? "";
  }
}
