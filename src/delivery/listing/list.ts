import type { Knex } from "knex";
import { conditionOf, type Filtre } from "./filtre.ts";
import type { Etat, Retenue } from "./mots.ts";

/** A delivery in a list. */
export interface Resume {
  readonly id: string;
  readonly partner: string;
  readonly profil: string;
  readonly etat: Etat;
  readonly retenue: Retenue | null;
  readonly motif: string | null;
  readonly due_at: Date;
  readonly created_at: Date;
  /** Attempts begun. */
  readonly epoch: number;
  /** How the last attempt ended. */
  readonly issue: string | null;
  readonly http_status: number | null;
  /** null while the content is to come. */
  readonly snapshot_id: number | null;
  readonly sessions: number | null;
  readonly replay_of: string | null;
}

/** Deliveries that pass a filter, the latest made first. @param apres the last one of the page before */
export async function listDeliveries(
  db: Knex,
  filtre: Filtre,
  { limit, apres }: { readonly limit: number; readonly apres?: string | undefined },
): Promise<Resume[]> {
  const { sql, values } = conditionOf(filtre);
  const { rows } = await db.raw<{ rows: Resume[] }>(
    `SELECT d.id, d.partner, p.profil, d.etat, d.retenue, d.motif, d.due_at, d.created_at, d.epoch, d.snapshot_id,
       d.replay_of, s.sessions, a.issue, a.http_status
     FROM delivery d JOIN partner p ON p.id = d.partner LEFT JOIN feed_snapshot s ON s.id = d.snapshot_id
       LEFT JOIN LATERAL (SELECT issue, http_status FROM attempt WHERE delivery_id = d.id
                          ORDER BY epoch DESC LIMIT 1) a ON true
     WHERE ${sql}
       ${apres === undefined ? "" : "AND (d.created_at, d.id) < (SELECT created_at, id FROM delivery WHERE id = :apres)"}
     ORDER BY d.created_at DESC, d.id DESC LIMIT :limit`,
    { ...values, limit, ...(apres === undefined ? {} : { apres }) },
  );
  return rows;
}
