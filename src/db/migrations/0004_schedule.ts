import type { Knex } from "knex";

/** What is announced before its content exists, and what protects a partner: breaker, pace, doubt. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- Without a snapshot: announced. Versions wait for their date, the édition of that day gives the content.
    ALTER TABLE delivery ALTER COLUMN snapshot_id DROP NOT NULL,
      -- Earliest instant at which what it announces may leave, before windows.
      ADD COLUMN eligible_at timestamptz,
      ADD CONSTRAINT delivery_announced CHECK (snapshot_id IS NOT NULL
        OR (epoch = 0 AND eligible_at IS NOT NULL AND etat IN ('scheduled', 'superseded', 'canceled')));
    DROP INDEX delivery_due;
    CREATE INDEX delivery_due ON delivery (due_at)
      WHERE etat IN ('scheduled', 'retry') AND snapshot_id IS NOT NULL;

    ALTER TABLE partner
      -- {espacement_minutes?, par_jour?}: the pace that the partner bears.
      ADD COLUMN limites jsonb NOT NULL DEFAULT '{}',
      -- After an attempt whose outcome is unknown: send again under the same key, or wait for an operator.
      ADD COLUMN sur_inconnue text NOT NULL DEFAULT 'renvoyer' CHECK (sur_inconnue IN ('renvoyer', 'retenir')),
      -- Failures in a row, whatever the delivery; the breaker is open until the instant beside.
      ADD COLUMN echecs_suite integer NOT NULL DEFAULT 0,
      ADD COLUMN ouvert_jusqua timestamptz;
  `);
  for (const kind of ["organisme", "action", "session", "certification", "habilitation"]) {
    await knex.raw(`
      -- What is to come is asked again and again: it must cost what it returns.
      CREATE INDEX published_${kind}_mise_en_ligne ON published_${kind} (mis_en_ligne_at) WHERE retired_at IS NULL;
      CREATE INDEX published_${kind}_retrait ON published_${kind} (retired_at) WHERE retired_at IS NOT NULL;
    `);
  }
}

export async function down(): Promise<void> {
  throw new Error("migrations only go forward: restore a backup instead");
}
