import type { Knex } from "knex";

/** Partners and the durable record of what leaves: the queue only ever carries wake-ups for these rows. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE TABLE partner (
      id text PRIMARY KEY CHECK (id ~ '^[a-z][a-z0-9-]*$'),
      nom text NOT NULL,
      profil text NOT NULL REFERENCES profil,
      -- {type: 'https' | 'sftp' | 'dossier', ...}; secrets are never here.
      transport jsonb NOT NULL,
      etat text NOT NULL DEFAULT 'actif' CHECK (etat IN ('actif', 'en_pause', 'desactive')),
      -- Why it is not 'actif', in French.
      etat_motif text,
      -- May live on an inside address: the demo partner and an agency's own relays.
      interne boolean NOT NULL DEFAULT false,
      -- A demonstration offer reaches these partners and no other.
      demo boolean NOT NULL DEFAULT false,
      created_at timestamptz NOT NULL DEFAULT horloge()
    );
    CREATE INDEX partner_profil ON partner (profil);

    CREATE TABLE delivery (
      id text PRIMARY KEY CHECK (id !~ ':' AND id !~ '^[0-9]+$'),
      partner text NOT NULL REFERENCES partner,
      -- What is to leave; moves on to a newer snapshot until the first attempt binds the bytes.
      snapshot_id bigint NOT NULL REFERENCES feed_snapshot,
      -- Of the bytes sent (XML or gzip), once bound; the same over retries.
      sha256 text CHECK (sha256 ~ '^[0-9a-f]{64}$'),
      etat text NOT NULL DEFAULT 'scheduled' CHECK (etat IN
        ('scheduled', 'in_flight', 'accepted', 'retry', 'dead', 'held', 'superseded', 'canceled', 'rejected')),
      -- Why it is held, dead, superseded or canceled, in French.
      motif text,
      due_at timestamptz NOT NULL,
      due_explain jsonb NOT NULL DEFAULT '[]',
      -- Number of attempts begun: what an old worker brings back after a newer one began is not taken.
      epoch integer NOT NULL DEFAULT 0,
      -- Attempts that failed; those whose outcome is unknown do not count.
      echecs integer NOT NULL DEFAULT 0,
      lease_until timestamptz,
      replay_of text REFERENCES delivery,
      superseded_by text REFERENCES delivery,
      created_at timestamptz NOT NULL DEFAULT horloge(),
      updated_at timestamptz NOT NULL DEFAULT horloge(),
      CHECK ((etat = 'in_flight') = (lease_until IS NOT NULL)),
      CHECK ((epoch = 0) = (sha256 IS NULL))
    );
    -- At most one waiting and one in flight per partner.
    CREATE UNIQUE INDEX delivery_waiting ON delivery (partner) WHERE etat IN ('scheduled', 'retry', 'held');
    CREATE UNIQUE INDEX delivery_in_flight ON delivery (partner) WHERE etat = 'in_flight';
    CREATE INDEX delivery_due ON delivery (due_at) WHERE etat IN ('scheduled', 'retry');
    CREATE INDEX delivery_lease ON delivery (lease_until) WHERE etat = 'in_flight';
    CREATE INDEX delivery_partner ON delivery (partner, created_at DESC);
    CREATE INDEX delivery_snapshot ON delivery (snapshot_id);

    CREATE TABLE attempt (
      delivery_id text NOT NULL REFERENCES delivery,
      epoch integer NOT NULL,
      worker text NOT NULL,
      started_at timestamptz NOT NULL DEFAULT horloge(),
      finished_at timestamptz,
      -- NULL while it runs, then the outcome class; a lapsed lease leaves 'inconnue'.
      issue text,
      http_status integer,
      -- At most 64 KB of it.
      reponse text,
      detail jsonb NOT NULL DEFAULT '{}',
      PRIMARY KEY (delivery_id, epoch),
      CHECK ((finished_at IS NULL) = (issue IS NULL))
    );

    CREATE TABLE receipt (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      delivery_id text NOT NULL REFERENCES delivery,
      etape text NOT NULL CHECK (etape IN ('reception', 'traitement')),
      issue text NOT NULL,
      received_at timestamptz NOT NULL DEFAULT horloge(),
      detail jsonb NOT NULL DEFAULT '{}'
    );
    CREATE INDEX receipt_delivery ON receipt (delivery_id);

    -- Announcements written in the transaction of what they announce, and drained by the dispatcher.
    CREATE TABLE outbox (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      sujet text NOT NULL,
      charge jsonb NOT NULL,
      created_at timestamptz NOT NULL DEFAULT horloge(),
      done_at timestamptz
    );
    CREATE INDEX outbox_todo ON outbox (id) WHERE done_at IS NULL;
  `);
}

export async function down(): Promise<void> {
  throw new Error("migrations only go forward: restore a backup instead");
}
