import { randomBytes } from "node:crypto";
import type { Knex } from "knex";
import type { Echeance } from "../calendar/index.ts";
import { prepared } from "../db/index.ts";
import { deliveryId } from "./id.ts";

/** A delivery to add, of a partner whose row is locked; what is left out is as the table has it. */
export interface NewDelivery {
  readonly partner: string;
  readonly due: Echeance;
  /** None yet when it is only announced. */
  readonly snapshotId?: number;
  readonly etat?: "scheduled" | "held";
  readonly retenue?: "vide" | "operateur" | undefined;
  /** Why it is held, in French. */
  readonly motif?: string | undefined;
  /** Of one that is announced: when its content may leave. */
  readonly eligibleAt?: Date;
  readonly replayOf?: string | undefined;
  readonly replayBatchId?: number;
}

/**
 * Adds deliveries, at most one to a partner, in one statement. The date of each comes after those of all before it,
 * though the clock of the database was set back meanwhile: what the partner holds, and what it refused, are read in that
 * order.
 * @returns their ids, in the same order
 */
export async function insertDeliveries(
  trx: Knex.Transaction,
  maintenant: Date,
  deliveries: readonly NewDelivery[],
): Promise<string[]> {
  if (deliveries.length === 0) return [];
  const rows = deliveries.map(({ due, ...one }) => ({
    ...one,
    id: deliveryId(maintenant, one.partner, randomBytes(3).toString("hex")),
    dueAt: due.at,
    dueExplain: due.explain,
  }));
  await INSERT(trx, [JSON.stringify(rows)]);
  return rows.map(({ id }) => id);
}

/** Adds one, as {@link insertDeliveries} does. @returns its id */
export async function insertDelivery(
  trx: Knex.Transaction,
  maintenant: Date,
  delivery: NewDelivery,
): Promise<string> {
  const [id] = await insertDeliveries(trx, maintenant, [delivery]);
  if (id === undefined) throw new Error("one delivery was to be added");
  return id;
}

const INSERT = prepared(
  "delivery_insert",
  `INSERT INTO delivery (id, partner, snapshot_id, etat, retenue, motif, eligible_at, due_at, due_explain, replay_of,
     replay_batch_id, created_at)
   SELECT n.id, n.partner, n."snapshotId", coalesce(n.etat, 'scheduled'), n.retenue, n.motif, n."eligibleAt", n."dueAt",
     n."dueExplain", n."replayOf", n."replayBatchId", greatest(horloge(),
       (SELECT max(d.created_at) + interval '1 millisecond' FROM delivery d WHERE d.partner = n.partner))
   FROM jsonb_to_recordset($1::jsonb) AS n(id text, partner text, "snapshotId" bigint, etat text, retenue text,
     motif text, "eligibleAt" timestamptz, "dueAt" timestamptz, "dueExplain" jsonb, "replayOf" text,
     "replayBatchId" bigint)`,
);
