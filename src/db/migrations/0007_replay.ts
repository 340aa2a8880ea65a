import type { Knex } from "knex";

/** Who did what and why, chained so that a rewriting shows; deliveries that an operator holds, cancels or replays. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE TABLE audit (
      -- Without a hole: given under a lock, one after the other.
      id bigint PRIMARY KEY CHECK (id > 0),
      at timestamptz(3) NOT NULL,
      acteur text NOT NULL CHECK (acteur <> ''),
      acte text NOT NULL CHECK (acte <> ''),
      objet_type text NOT NULL,
      objet_id text NOT NULL,
      motif text,
      detail jsonb NOT NULL,
      -- Hash of the row before.
      precedent text CHECK (precedent ~ '^[0-9a-f]{64}$'),
      -- Of all the rest of the row.
      hash text NOT NULL UNIQUE CHECK (hash ~ '^[0-9a-f]{64}$'),
      CHECK ((id = 1) = (precedent IS NULL))
    );
    CREATE INDEX audit_objet ON audit (objet_type, objet_id, id);

    CREATE FUNCTION audit_immutable() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION 'the audit is only ever appended to (% refused)', TG_OP USING ERRCODE = 'OI002';
    END $$;
    CREATE TRIGGER audit_rows BEFORE UPDATE OR DELETE ON audit
      FOR EACH ROW EXECUTE FUNCTION audit_immutable();
    CREATE TRIGGER audit_whole BEFORE TRUNCATE ON audit
      FOR EACH STATEMENT EXECUTE FUNCTION audit_immutable();

    -- A file asked for again, by one or two persons: seen, confirmed, then made in pieces that can be taken up again.
    CREATE TABLE replay_batch (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      etat text NOT NULL DEFAULT 'apercu'
        CHECK (etat IN ('apercu', 'a_valider', 'en_cours', 'fini', 'abandonne')),
      -- What confirms what was seen; good once.
      jeton text NOT NULL UNIQUE,
      expire_at timestamptz NOT NULL,
      filtre jsonb NOT NULL,
      -- Of all that was shown: confirming something else is refused.
      empreinte text NOT NULL,
      -- Deliveries asked for again, and files that are to leave for them.
      diffusions integer NOT NULL,
      envois integer NOT NULL,
      acteur text NOT NULL,
      motif text,
      valideur text CHECK (valideur <> acteur),
      created_at timestamptz NOT NULL DEFAULT horloge(),
      confirmed_at timestamptz,
      finished_at timestamptz
    );
    CREATE INDEX replay_batch_open ON replay_batch (id) WHERE etat IN ('a_valider', 'en_cours');
    CREATE INDEX replay_batch_apercu ON replay_batch (expire_at) WHERE etat = 'apercu';

    CREATE TABLE replay_item (
      batch_id bigint NOT NULL REFERENCES replay_batch,
      -- The delivery asked for again.
      delivery_id text NOT NULL REFERENCES delivery,
      partner text NOT NULL REFERENCES partner,
      -- NULL: still to be done.
      resultat text CHECK (resultat IN ('cree', 'rejoint', 'refuse')),
      -- What leaves for it: a new delivery, or one that was leaving already.
      rejeu text REFERENCES delivery,
      motif text,
      done_at timestamptz,
      PRIMARY KEY (batch_id, delivery_id),
      CHECK ((resultat IS NULL) = (done_at IS NULL)),
      CHECK ((rejeu IS NOT NULL) = (resultat IS NOT NULL AND resultat <> 'refuse'))
    );
    CREATE INDEX replay_item_todo ON replay_item (batch_id, partner) WHERE resultat IS NULL;
    CREATE INDEX replay_item_delivery ON replay_item (delivery_id);
    CREATE INDEX replay_item_rejeu ON replay_item (rejeu) WHERE rejeu IS NOT NULL;

    ALTER TABLE delivery
      -- Why it is held: nothing in scope, an operator, the guard, or an attempt of which nobody knows the outcome.
      ADD COLUMN retenue text CHECK (retenue IN ('vide', 'operateur', 'garde', 'inconnue')),
      -- Who canceled it: the same content is not planned again by itself.
      ADD COLUMN annulee_par text CHECK (annulee_par IS NULL OR etat = 'canceled'),
      ADD COLUMN replay_batch_id bigint REFERENCES replay_batch;
    UPDATE delivery SET retenue = 'vide' WHERE etat = 'held';
    CREATE INDEX delivery_replay_of ON delivery (replay_of) WHERE replay_of IS NOT NULL;
    -- Looked for by who was replaced, by date, and by when something was attempted.
    CREATE INDEX delivery_superseded_by ON delivery (superseded_by) WHERE superseded_by IS NOT NULL;
    CREATE INDEX delivery_created ON delivery (created_at DESC, id DESC);
    CREATE INDEX attempt_started ON attempt (started_at);
  `);
}

export async function down(): Promise<void> {
  throw new Error("migrations only go forward: restore a backup instead");
}
