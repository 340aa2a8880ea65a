import type { Knex } from "knex";

/** What partners come and take: counted by the minute where it is by nobody or by the thousand, and found by formation. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    ALTER TABLE pull
      ADD COLUMN quoi text NOT NULL DEFAULT 'fichier'
        CHECK (quoi IN ('fichier', 'index', 'changements', 'formation')),
      -- Answers that this row counts, all alike.
      ADD COLUMN nombre integer NOT NULL DEFAULT 1 CHECK (nombre > 0);
    CREATE INDEX pull_at ON pull (at);
    -- A formation that left the feed, by its number.
    CREATE INDEX feed_presence_action ON feed_presence (profil, action);
  `);
}

export async function down(): Promise<void> {
  throw new Error("migrations only go forward: restore a backup instead");
}
