import type { Knex } from "knex";
import type { z } from "zod";
import type { Remede } from "./codes.ts";
import { type Accuse, zAccuse } from "./mapping.ts";

/**
 * Sets how a partner acknowledges: one mapping for each step, instead of those it had.
 * @throws z.ZodError when one is wrong; TypeError when two are for the same step
 */
export async function setAccuses(
  db: Knex,
  partner: string,
  accuses: readonly z.input<typeof zAccuse>[],
): Promise<void> {
  const read = accuses.map((one) => zAccuse.parse(one));
  if (new Set(read.map(({ etape }) => etape)).size < read.length)
    throw new TypeError("Deux accusés pour la même étape : il en faut un au plus pour chacune.");
  await db.transaction(async (trx) => {
    await trx("partner_accuse").where({ partner }).delete();
    if (read.length === 0) return;
    await trx("partner_accuse").insert(
      read.map((one) => ({ partner, etape: one.etape, definition: JSON.stringify(one) })),
    );
  });
}

/**
 * How a partner acknowledges, first step first.
 * @throws z.ZodError when a row holds what this version does not know
 */
export async function readAccuses(db: Knex, partner: string): Promise<Accuse[]> {
  const rows = await db<{ partner: string; etape: string; definition: unknown }>("partner_accuse")
    .where({ partner })
    .orderBy("etape")
    .select("definition");
  return rows.map(({ definition }) => zAccuse.parse(definition));
}

/** Sentences for the codes of a partner, those of both its steps. */
export async function codesOf(db: Knex, partner: string): Promise<Readonly<Record<string, Remede>>> {
  return Object.assign({}, ...(await readAccuses(db, partner)).map(({ codes }) => codes));
}
