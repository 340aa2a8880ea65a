import type { Knex } from "knex";
import { z } from "zod";
import { EDITION_DEMANDEE } from "../published/index.ts";

/**
 * Reasons that cannot wait for the next turn: the mention is due at that minute (S75), and an operator who decided on what
 * the guard holds waits to see it.
 */
const A_LA_MINUTE = ["mention-cpf", "garde.liberee", "garde.refusee"];

const zCharge = z.object({ raison: z.string() }).catch({ raison: "illisible" });

/** How many éditions are asked for. */
export async function pendingDemandes(db: Knex): Promise<{ nombre: number; aLaMinute: boolean }> {
  const rows: { charge: unknown }[] = await db("outbox")
    .where({ sujet: EDITION_DEMANDEE })
    .whereNull("done_at")
    .select("charge");
  return {
    nombre: rows.length,
    aLaMinute: rows.some(({ charge }) => A_LA_MINUTE.includes(zCharge.parse(charge).raison)),
  };
}

/** Those that an édition beginning now answers: what they announce is committed, so it will be read. */
export async function takenDemandes(db: Knex): Promise<number[]> {
  return db("outbox").where({ sujet: EDITION_DEMANDEE }).whereNull("done_at").pluck("id");
}

/** The édition is done: they are answered. */
export async function closeDemandes(trx: Knex.Transaction, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  await trx.raw("UPDATE outbox SET done_at = horloge() WHERE id = ANY(?)", [[...ids]]);
}
