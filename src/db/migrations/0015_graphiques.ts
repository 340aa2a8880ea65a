import type { Knex } from "knex";

/**
 * What the charts of the overview count: how deliveries ended, by day. One entry per delivery, written when it ends, that
 * holds all they need.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE INDEX delivery_fin ON delivery (updated_at) INCLUDE (partner, etat, due_at)
      WHERE etat IN ('accepted', 'rejected', 'dead', 'superseded', 'canceled');
  `);
}

export async function down(): Promise<void> {
  throw new Error("migrations only go forward: restore a backup instead");
}
