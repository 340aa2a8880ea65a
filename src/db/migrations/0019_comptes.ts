import type { Knex } from "knex";

/** Accounts managed from the pages, browsers that their owner can tell apart, and keys that end by themselves. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    ALTER TABLE compte ADD COLUMN last_sign_in_at timestamptz;

    -- A number to name an open browser by: what its cookie hashes to is nobody's business.
    ALTER TABLE connexion
      ADD COLUMN id bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
      ADD COLUMN navigateur text,
      ADD COLUMN adresse text;

    -- NULL: the link of the first administrator; otherwise of who chooses a password for that account.
    ALTER TABLE invitation ADD COLUMN compte_id bigint REFERENCES compte ON DELETE CASCADE;
    CREATE INDEX invitation_compte ON invitation (compte_id);

    ALTER TABLE partner_key
      -- The first characters, by which a partner says which key it holds.
      ADD COLUMN debut text,
      ADD COLUMN expire_at timestamptz;
  `);
}

export async function down(): Promise<void> {
  throw new Error("migrations only go forward: restore a backup instead");
}
