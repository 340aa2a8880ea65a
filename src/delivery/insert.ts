import { randomBytes } from "node:crypto";
import type { Knex } from "knex";
import type { Echeance } from "../calendar/index.ts";
import { prepared } from "../db/index.ts";
import { deliveryId } from "./id.ts";
import { supersede } from "./supersede.ts";

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
  /** The waiting delivery that it takes the place of, and why that one ends, in French. */
  readonly place?: { readonly de: string; readonly motif: string } | undefined;
}

/**
 * Adds deliveries, at most one to a partner, in few statements whatever their number. The date of each comes after those of all before it,
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
  const places = rows.flatMap(({ id: par, place }) => (place === undefined ? [] : [{ ...place, par }]));
  // The place must be free before it is taken again, and the link can only be made afterwards.
  for (const motif of new Set(places.map((one) => one.motif)))
    await supersede(
      trx,
      places.filter((one) => one.motif === motif).map(({ de: id }) => ({ id })),
      motif,
    );
  await INSERT(trx, [JSON.stringify(rows)]);
  if (places.length > 0)
    await trx.raw(
      "UPDATE delivery d SET superseded_by = n.par FROM unnest(?::text[], ?::text[]) AS n(id, par) WHERE d.id = n.id",
      [places.map(({ de }) => de), places.map(({ par }) => par)],
    );
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
