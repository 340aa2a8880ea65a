import type { Knex } from "knex";
import type { Severity } from "../notices/index.ts";

/** What the feed of a profile shows of a session now. */
export interface Presence {
  readonly version: number;
  /** Number and instant of the snapshot that first showed it so. */
  readonly snapshot: number;
  readonly depuis: Date;
  /** An older version, because the newest does not pass. */
  readonly retenue: boolean;
}

/** What set a session, or what is around it, aside in the last édition. */
export interface Blocage {
  readonly code: string;
  readonly severity: Severity;
  readonly path: string;
  readonly value: string;
  readonly message: string;
  readonly profils: readonly string[];
}

/** By profile. */
export async function readPresences(trx: Knex, session: string): Promise<ReadonlyMap<string, Presence>> {
  const { rows } = await trx.raw<{ rows: (Presence & { readonly profil: string })[] }>(
    `SELECT p.profil, p.session_version AS version, p.from_snapshot AS snapshot, s.created_at AS depuis, p.retenue
     FROM feed_presence p JOIN feed_snapshot s ON s.id = p.from_snapshot
     WHERE p.session = ? AND p.to_snapshot IS NULL`,
    [session],
  );
  return new Map(rows.map(({ profil, ...presence }) => [profil, presence]));
}

/**
 * The notices that set the session, or its whole action, aside: those of the last édition done for each profile, since
 * an édition may be of some profiles only.
 */
export async function readBlocages(trx: Knex, session: string, action: string): Promise<readonly Blocage[]> {
  const { rows } = await trx.raw<{ rows: Blocage[] }>(
    `WITH derniere AS (
       SELECT profil, max(e.id) AS id FROM edition e CROSS JOIN LATERAL unnest(e.profils) AS profil
       WHERE e.etat = 'faite' GROUP BY profil)
     SELECT n.code, n.severity, n.path, n.value, n.message, array_agg(d.profil ORDER BY d.profil) AS profils
     FROM edition_notice n JOIN derniere d ON d.id = n.edition_id AND d.profil = ANY (n.partners)
     WHERE n.session = :session OR (n.action = :action AND n.session IS NULL)
     GROUP BY n.edition_id, n.rang, n.code, n.severity, n.path, n.value, n.message
     ORDER BY n.edition_id, n.rang`,
    { session, action },
  );
  return rows;
}
