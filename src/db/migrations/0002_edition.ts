import type { Knex } from "knex";

/** Feed runs, the immutable snapshots they make, what was in which feed, and what was said about the offer. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- Profiles are data: scope, mode and delays of each destination.
    CREATE TABLE profil (
      id text PRIMARY KEY CHECK (id ~ '^[a-z][a-z0-9-]*$'),
      nom text NOT NULL,
      definition jsonb NOT NULL
    );

    CREATE TABLE edition (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      etat text NOT NULL CHECK (etat IN ('en_cours', 'faite', 'echouee')),
      -- The clock of the run: every rule and every wait is read at this instant.
      horloge timestamptz NOT NULL,
      profils text[] NOT NULL,
      started_at timestamptz NOT NULL DEFAULT horloge(),
      finished_at timestamptz,
      bilan jsonb NOT NULL DEFAULT '{}',
      erreur text
    );

    CREATE TABLE feed_snapshot (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      profil text NOT NULL REFERENCES profil,
      edition_id bigint NOT NULL REFERENCES edition,
      previous_id bigint REFERENCES feed_snapshot,
      -- NULL when nothing was in scope: there is no such file.
      sha256 text CHECK (sha256 ~ '^[0-9a-f]{64}$'),
      sha256_gz text CHECK (sha256_gz ~ '^[0-9a-f]{64}$'),
      octets bigint NOT NULL,
      octets_gz bigint NOT NULL,
      -- Of the offer alone, without the date of export.
      contenu_sha256 text NOT NULL,
      formations integer NOT NULL,
      actions integer NOT NULL,
      sessions integer NOT NULL,
      formations_ecartees integer NOT NULL,
      sessions_ecartees integer NOT NULL,
      completees_par_defaut jsonb NOT NULL,
      -- Versions published after this instant had to wait for this profile.
      watermark timestamptz NOT NULL,
      xsd_version text NOT NULL,
      regles_version text NOT NULL,
      created_at timestamptz NOT NULL,
      CHECK ((sha256 IS NULL) = (formations = 0))
    );
    CREATE INDEX feed_snapshot_current ON feed_snapshot (profil, id DESC);
    CREATE INDEX feed_snapshot_sha256 ON feed_snapshot (sha256);

    -- Written on change only: a row is open while the session reads so in the feed of the profile.
    CREATE TABLE feed_presence (
      profil text NOT NULL,
      session text COLLATE "C" NOT NULL,
      action text COLLATE "C" NOT NULL,
      session_version integer NOT NULL,
      action_version integer NOT NULL,
      organisme_version integer NOT NULL,
      -- Of what the consumer reads for this session: its action and the head of its formation.
      fragment_sha256 text NOT NULL,
      -- An older version stays in the feed because the newest did not pass.
      retenue boolean NOT NULL DEFAULT false,
      from_snapshot bigint NOT NULL REFERENCES feed_snapshot,
      to_snapshot bigint REFERENCES feed_snapshot,
      motif_sortie text,
      PRIMARY KEY (profil, session, from_snapshot),
      CHECK ((to_snapshot IS NULL) = (motif_sortie IS NULL))
    );
    CREATE UNIQUE INDEX feed_presence_open ON feed_presence (profil, session) WHERE to_snapshot IS NULL;
    CREATE INDEX feed_presence_from ON feed_presence (from_snapshot);
    CREATE INDEX feed_presence_to ON feed_presence (to_snapshot) WHERE to_snapshot IS NOT NULL;

    CREATE TABLE edition_notice (
      edition_id bigint NOT NULL REFERENCES edition,
      rang integer NOT NULL,
      code text NOT NULL,
      severity text NOT NULL CHECK (severity IN ('bloquant', 'avertissement', 'information')),
      path text NOT NULL,
      value text NOT NULL,
      message text NOT NULL,
      action text COLLATE "C",
      session text COLLATE "C",
      organisme text COLLATE "C",
      partners text[] NOT NULL DEFAULT '{}',
      PRIMARY KEY (edition_id, rang)
    );
    CREATE INDEX edition_notice_session ON edition_notice (session, edition_id) WHERE session IS NOT NULL;
    CREATE INDEX edition_notice_action ON edition_notice (action, edition_id) WHERE action IS NOT NULL;
  `);
}

export async function down(): Promise<void> {
  throw new Error("migrations only go forward: restore a backup instead");
}
