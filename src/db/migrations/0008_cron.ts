import type { Knex } from "knex";

/** What is done at set times, and what an operator is told of: transitions only, once per channel. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- One row per job, locked while a slot is being chosen.
    CREATE TABLE cron_job (
      id text PRIMARY KEY,
      -- Slots up to this instant are dealt with; at first the registration, so that a new job does not replay the past.
      creneau timestamptz NOT NULL DEFAULT horloge(),
      -- Failures in a row, whatever the slots.
      echecs integer NOT NULL DEFAULT 0
    );

    CREATE TABLE cron_run (
      job text NOT NULL REFERENCES cron_job,
      slot timestamptz NOT NULL,
      -- Asked for by an operator rather than by the timetable.
      manuel boolean NOT NULL DEFAULT false,
      etat text NOT NULL CHECK (etat IN ('en_cours', 'a_reprendre', 'faite', 'echouee', 'sautee')),
      worker text,
      -- Number of times it was begun.
      essais integer NOT NULL DEFAULT 0,
      started_at timestamptz,
      finished_at timestamptz,
      lease_until timestamptz,
      reprise_at timestamptz,
      bilan jsonb,
      -- Last failure, for the operator.
      erreur text,
      PRIMARY KEY (job, slot),
      CHECK ((etat = 'en_cours') = (lease_until IS NOT NULL)),
      CHECK ((etat = 'a_reprendre') = (reprise_at IS NOT NULL))
    );
    -- A job never runs beside itself.
    CREATE UNIQUE INDEX cron_run_en_cours ON cron_run (job) WHERE etat = 'en_cours';
    CREATE INDEX cron_run_reprise ON cron_run (job, reprise_at) WHERE etat = 'a_reprendre';
    CREATE INDEX cron_run_started ON cron_run (job, started_at DESC) WHERE started_at IS NOT NULL;

    -- What the nightly cleaning looks for.
    CREATE INDEX attempt_reponse ON attempt (finished_at) WHERE reponse IS NOT NULL;
    CREATE INDEX outbox_done ON outbox (done_at) WHERE done_at IS NOT NULL;
    -- Its files were removed, its history stays.
    ALTER TABLE feed_snapshot ADD COLUMN purged_at timestamptz;
    CREATE INDEX feed_snapshot_fichier ON feed_snapshot (profil, id) WHERE sha256 IS NOT NULL AND purged_at IS NULL;

    CREATE TABLE alert (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      -- What it is about: one is open at most for each.
      cle text NOT NULL,
      code text NOT NULL,
      -- What was seen, in French.
      message text NOT NULL,
      detail jsonb NOT NULL DEFAULT '{}',
      opened_at timestamptz NOT NULL DEFAULT horloge(),
      closed_at timestamptz
    );
    CREATE UNIQUE INDEX alert_open ON alert (cle) WHERE closed_at IS NULL;
    CREATE INDEX alert_cle ON alert (cle, id DESC);

    -- Who is told: written at start from the settings.
    CREATE TABLE alert_canal (
      id text PRIMARY KEY,
      -- A transition waits that long, so that one that is undone at once makes one message.
      attente interval NOT NULL,
      -- And that long after the last message about the same thing.
      intervalle interval NOT NULL
    );
    INSERT INTO alert_canal VALUES ('journal', '0', '0');

    CREATE TABLE alert_envoi (
      alert_id bigint NOT NULL REFERENCES alert ON DELETE CASCADE,
      transition text NOT NULL CHECK (transition IN ('ouverte', 'resolue')),
      canal text NOT NULL,
      etat text NOT NULL DEFAULT 'a_envoyer' CHECK (etat IN ('a_envoyer', 'envoye', 'abandonne')),
      prochain_at timestamptz NOT NULL,
      essais integer NOT NULL DEFAULT 0,
      lease_until timestamptz,
      sent_at timestamptz,
      erreur text,
      PRIMARY KEY (alert_id, transition, canal)
    );
    CREATE INDEX alert_envoi_todo ON alert_envoi (canal, prochain_at) WHERE etat = 'a_envoyer';
  `);
}

export async function down(): Promise<void> {
  throw new Error("migrations only go forward: restore a backup instead");
}
