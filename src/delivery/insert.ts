import { randomBytes } from "node:crypto";
import type { Knex } from "knex";
import { deliveryId } from "./id.ts";

/**
 * Adds a delivery of a partner, whose row is locked. Its date comes after those of all before it, though the clock of the
 * database was set back meanwhile: what the partner holds, and what it refused, are read in that order.
 * @param fields the other columns
 * @returns its id
 */
export async function insertDelivery(
  trx: Knex.Transaction,
  partner: string,
  maintenant: Date,
  fields: Readonly<Record<string, unknown>>,
): Promise<string> {
  const id = deliveryId(maintenant, partner, randomBytes(3).toString("hex"));
  await trx("delivery").insert({ id, partner, ...fields, created_at: trx.raw(AFTER, [partner]) });
  return id;
}

const AFTER =
  "greatest(horloge(), (SELECT max(created_at) + interval '1 millisecond' FROM delivery WHERE partner = ?))";
