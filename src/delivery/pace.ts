import type { Knex } from "knex";
import { addDays, type Echeance, parisInstant, parisTime } from "../calendar/index.ts";
import type { Limites } from "../partner/index.ts";

interface Recent {
  readonly dernier: Date | null;
  readonly du_jour: number;
}

/**
 * When a partner bears its next attempt, if not now: by the minutes between two of them and by how many it takes in a
 * day (Paris).
 */
export async function paceOf(
  db: Knex,
  partner: string,
  { espacement_minutes, par_jour }: Limites,
  maintenant: Date,
): Promise<Echeance | undefined> {
  if (espacement_minutes === undefined && par_jour === undefined) return undefined;
  const { jour } = parisTime(maintenant);
  const { dernier, du_jour } = await recent(db, partner, parisInstant(jour));
  const tomorrow = parisInstant(addDays(jour, 1));
  if (par_jour !== undefined && du_jour >= par_jour)
    return {
      at: tomorrow,
      explain: [{ jour, raison: `déjà ${du_jour} envois ce jour, le plus qu'il prend` }],
    };
  if (espacement_minutes === undefined || dernier === null) return undefined;
  const at = new Date(dernier.getTime() + espacement_minutes * 60_000);
  if (at <= maintenant) return undefined;
  return { at, explain: [{ jour, raison: `${espacement_minutes} minutes entre deux envois` }] };
}

async function recent(db: Knex, partner: string, depuis: Date): Promise<Recent> {
  const { rows } = await db.raw<{ rows: Recent[] }>(
    `SELECT max(a.started_at) AS dernier, count(*) FILTER (WHERE a.started_at >= :depuis)::int AS du_jour
     FROM delivery d JOIN attempt a ON a.delivery_id = d.id
     WHERE d.partner = :partner AND d.updated_at >= :depuis::timestamptz - interval '1 day'`,
    { partner, depuis },
  );
  return rows[0] ?? { dernier: null, du_jour: 0 };
}
