import type { Knex } from "knex";

/** Feeds held because too much would vanish from them without a recorded cause, and what an operator decided. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE TABLE feed_retenue (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      profil text NOT NULL REFERENCES profil,
      -- 'levee': what had vanished came back, or left with a cause.
      etat text NOT NULL DEFAULT 'retenue' CHECK (etat IN ('retenue', 'liberee', 'refusee', 'levee')),
      -- The édition that was held first, and the last one that judged it.
      edition_id bigint NOT NULL REFERENCES edition,
      jugee_edition_id bigint NOT NULL REFERENCES edition,
      -- Thresholds that were exceeded, with the counts.
      raisons jsonb NOT NULL,
      -- Sessions in the feed, and those of them that would vanish without a recorded cause.
      avant integer NOT NULL,
      sans_cause integer NOT NULL,
      created_at timestamptz NOT NULL DEFAULT horloge(),
      ended_at timestamptz,
      -- Who decided, and why.
      acteur text,
      motif text,
      -- The édition in which the departures accepted here took place: an acceptance is good once.
      appliquee_edition_id bigint REFERENCES edition,
      CHECK ((etat = 'retenue') = (ended_at IS NULL)),
      CHECK ((etat IN ('liberee', 'refusee')) = (acteur IS NOT NULL AND motif IS NOT NULL)),
      CHECK (appliquee_edition_id IS NULL OR etat = 'liberee')
    );
    CREATE UNIQUE INDEX feed_retenue_ouverte ON feed_retenue (profil) WHERE etat = 'retenue';
    CREATE INDEX feed_retenue_acceptee ON feed_retenue (profil)
      WHERE etat = 'liberee' AND appliquee_edition_id IS NULL;
    CREATE INDEX feed_retenue_profil ON feed_retenue (profil, id DESC);

    -- What would vanish.
    CREATE TABLE feed_retenue_session (
      retenue_id bigint NOT NULL REFERENCES feed_retenue ON DELETE CASCADE,
      session text COLLATE "C" NOT NULL,
      action text COLLATE "C" NOT NULL,
      organisme text COLLATE "C" NOT NULL,
      cause text NOT NULL,
      PRIMARY KEY (retenue_id, session)
    );
  `);
}

export async function down(): Promise<void> {
  throw new Error("migrations only go forward: restore a backup instead");
}
