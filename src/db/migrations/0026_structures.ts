import type { Knex } from "knex";

/** Why an attachment was refused, structures that are asked for and do not exist yet, and how a key is known by sight. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    ALTER TABLE rattachement ADD motif text;

    -- "Ma structure n'est pas dans la liste": the agency makes it, or says why not.
    CREATE TABLE structure_demande (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      compte_id bigint NOT NULL REFERENCES compte ON DELETE CASCADE,
      nom text NOT NULL CHECK (nom <> ''),
      siret text NOT NULL,
      ville text NOT NULL,
      message text NOT NULL DEFAULT '',
      etat text NOT NULL DEFAULT 'demande' CHECK (etat IN ('demande', 'creee', 'ecartee')),
      -- The structure that was made of it.
      structure text COLLATE "C" REFERENCES structure,
      motif text,
      demande_at timestamptz NOT NULL DEFAULT horloge(),
      decide_at timestamptz,
      decide_par text
    );
    CREATE INDEX structure_demande_compte ON structure_demande (compte_id);
    CREATE INDEX structure_demande_attente ON structure_demande (id) WHERE etat = 'demande';

    -- The first characters, by which its owner says which key it holds.
    ALTER TABLE structure_key ADD debut text;
  `);
}

export async function down(): Promise<void> {
  throw new Error("migrations only go forward: restore a backup instead");
}
