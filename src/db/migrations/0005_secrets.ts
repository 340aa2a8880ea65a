import type { Knex } from "knex";

/** Credentials of partners, encrypted: without the key of the settings these rows say nothing. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE TABLE partner_secret (
      partner text NOT NULL REFERENCES partner,
      nom text NOT NULL CHECK (nom ~ '^[a-z][a-z0-9_.-]*$'),
      -- Which key encrypted it; says nothing of the key.
      cle_id text NOT NULL,
      -- AES-256-GCM: iv (12 bytes), tag (16 bytes), text; bound to partner and nom.
      chiffre bytea NOT NULL CHECK (octet_length(chiffre) >= 28),
      updated_at timestamptz NOT NULL DEFAULT horloge(),
      PRIMARY KEY (partner, nom)
    );
  `);
}

export async function down(): Promise<void> {
  throw new Error("migrations only go forward: restore a backup instead");
}
