import type { Knex } from "knex";
import type { Wake } from "../queue/index.ts";

/** A delivery that has to move, now or soon. */
export interface Due extends Required<Wake> {
  /** Milliseconds since it had to. */
  readonly overdueMs: number;
}

/**
 * What is due within a horizon, or whose worker gave no more sign of life: the earliest first. Costs what it returns,
 * whatever the number of deliveries already made.
 */
export async function dueDeliveries(
  db: Knex,
  { horizonMs, limit }: { readonly horizonMs: number; readonly limit: number },
): Promise<Due[]> {
  const { rows } = await db.raw<{ rows: { id: string; epoch: number; in_ms: number }[] }>(DUE, {
    horizon: horizonMs,
    limit,
  });
  return rows.map(({ id, epoch, in_ms }) => ({
    deliveryId: id,
    epoch,
    delayMs: Math.max(0, in_ms),
    overdueMs: Math.max(0, -in_ms),
  }));
}

const DUE = `
  SELECT id, epoch, ceil(extract(epoch FROM at - horloge()) * 1000)::float8 AS in_ms FROM (
    (SELECT d.id, d.epoch, d.due_at AS at FROM delivery d JOIN partner p ON p.id = d.partner
      WHERE d.etat IN ('scheduled', 'retry') AND d.snapshot_id IS NOT NULL
        AND d.due_at <= horloge() + :horizon * interval '1 millisecond'
        AND p.etat = 'actif' AND (p.ouvert_jusqua IS NULL OR p.ouvert_jusqua <= horloge())
        AND NOT EXISTS (SELECT 1 FROM delivery o WHERE o.partner = d.partner AND o.etat = 'in_flight')
      ORDER BY d.due_at LIMIT :limit)
    UNION ALL
    (SELECT id, epoch, lease_until FROM delivery
      WHERE etat = 'in_flight' AND lease_until < horloge() ORDER BY lease_until LIMIT :limit)
  ) found ORDER BY at LIMIT :limit`;
