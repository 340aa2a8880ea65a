import type { Knex } from "knex";
import type { JourSaute } from "../../calendar/index.ts";
import type { Etat, Retenue } from "./mots.ts";

/** A delivery whose file holds a session, or that waits to leave to a partner. */
export interface DiffusionDeSession {
  readonly id: string;
  readonly partner: string;
  readonly etat: Etat;
  readonly retenue: Retenue | null;
  readonly motif: string | null;
  readonly due_at: Date;
  readonly due_explain: readonly JourSaute[];
  /** null: announced, its content is to come. */
  readonly snapshot_id: number | null;
  readonly updated_at: Date;
}

const COLUMNS =
  "d.id, d.partner, d.etat, d.retenue, d.motif, d.due_at, d.due_explain, d.snapshot_id, d.updated_at";

/** Deliveries that held a session, of each partner the latest few, the latest first. */
export async function deliveriesOfSession(
  db: Knex,
  session: string,
  most = 3,
): Promise<DiffusionDeSession[]> {
  const { rows } = await db.raw<{ rows: DiffusionDeSession[] }>(
    `SELECT x.* FROM partner p CROSS JOIN LATERAL (
       SELECT y.* FROM feed_presence f CROSS JOIN LATERAL (
         SELECT ${COLUMNS}, d.created_at FROM delivery d
         WHERE d.partner = p.id AND d.snapshot_id >= f.from_snapshot
           AND (f.to_snapshot IS NULL OR d.snapshot_id < f.to_snapshot)
         ORDER BY d.snapshot_id DESC, d.created_at DESC LIMIT :most) y
       WHERE f.profil = p.profil AND f.session = :session
       ORDER BY y.snapshot_id DESC, y.created_at DESC LIMIT :most) x
     ORDER BY x.partner, x.snapshot_id DESC, x.created_at DESC`,
    { session, most },
  );
  return rows;
}

/** What waits or is on its way to each partner. */
export async function pendingDeliveries(db: Knex): Promise<DiffusionDeSession[]> {
  const { rows } = await db.raw<{ rows: DiffusionDeSession[] }>(
    `SELECT ${COLUMNS} FROM delivery d WHERE d.etat IN ('scheduled', 'retry', 'held')
     UNION ALL SELECT ${COLUMNS} FROM delivery d WHERE d.etat = 'in_flight'`,
  );
  return rows;
}
