import type { Knex } from "knex";

/** Who may come in: people by a password, partners by a key. Nothing here can be used by who reads it. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE TABLE compte (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      identifiant text NOT NULL CHECK (identifiant = lower(identifiant) AND identifiant <> ''),
      nom text NOT NULL,
      role text NOT NULL CHECK (role IN ('lecteur', 'operateur', 'administrateur')),
      mot_de_passe text NOT NULL,
      created_at timestamptz NOT NULL DEFAULT horloge(),
      disabled_at timestamptz
    );
    CREATE UNIQUE INDEX compte_identifiant ON compte (identifiant);

    -- Open browsers: the hash of what the cookie holds.
    CREATE TABLE connexion (
      jeton_sha256 text PRIMARY KEY CHECK (jeton_sha256 ~ '^[0-9a-f]{64}$'),
      compte_id bigint NOT NULL REFERENCES compte ON DELETE CASCADE,
      opened_at timestamptz NOT NULL DEFAULT horloge(),
      seen_at timestamptz NOT NULL DEFAULT horloge()
    );
    CREATE INDEX connexion_compte ON connexion (compte_id);

    -- Failures to sign in, by account and by address.
    CREATE TABLE connexion_echec (
      cle text PRIMARY KEY,
      echecs integer NOT NULL,
      dernier_at timestamptz NOT NULL
    );

    -- A link that makes the first administrator, once.
    CREATE TABLE invitation (
      jeton_sha256 text PRIMARY KEY CHECK (jeton_sha256 ~ '^[0-9a-f]{64}$'),
      role text NOT NULL,
      expire_at timestamptz NOT NULL,
      used_at timestamptz
    );

    -- What a partner pulls a restricted feed with.
    CREATE TABLE partner_key (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      partner text NOT NULL REFERENCES partner,
      nom text NOT NULL,
      cle_sha256 text NOT NULL UNIQUE CHECK (cle_sha256 ~ '^[0-9a-f]{64}$'),
      created_at timestamptz NOT NULL DEFAULT horloge(),
      last_used_at timestamptz,
      revoked_at timestamptz
    );
    CREATE INDEX partner_key_partner ON partner_key (partner);

    -- Who took what, when: a pull is traced like a delivery.
    CREATE TABLE pull (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      at timestamptz NOT NULL DEFAULT horloge(),
      profil text NOT NULL REFERENCES profil,
      -- NULL: a public feed taken by nobody in particular.
      partner text REFERENCES partner,
      snapshot_id bigint REFERENCES feed_snapshot,
      statut integer NOT NULL,
      octets bigint NOT NULL,
      entier boolean NOT NULL
    );
    CREATE INDEX pull_partner ON pull (partner, at DESC) WHERE partner IS NOT NULL;
    CREATE INDEX pull_profil ON pull (profil, at DESC);
  `);
}

export async function down(): Promise<void> {
  throw new Error("migrations only go forward: restore a backup instead");
}
