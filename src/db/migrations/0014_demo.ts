import type { Knex } from "knex";

/** Is the offer the demonstration? Asked at each sweep of the deliveries: it must not read the whole offer to say no. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE INDEX published_action_demo ON published_action (numero)
      WHERE origine = 'demo' AND retired_at IS NULL;
  `);
}

export async function down(): Promise<void> {
  throw new Error("migrations only go forward: restore a backup instead");
}
