import type { Knex } from "knex";

/** What the lists of the catalogue are read by, who of the control has an action in hand, and what an OF brings in a file. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- As titles are put in order and compared: without case nor accents, and short enough for an index.
    CREATE FUNCTION cle_de_titre(texte text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
      SELECT translate(lower(left(coalesce(texte, ''), 100)), '${ACCENTS}', '${LETTRES}')
    $$;
    ALTER TABLE catalogue_action
      -- Words of the title, the reference and the codes of certifications, these with and without their prefix.
      ADD mots tsvector GENERATED ALWAYS AS (mots_cherches(
        left(coalesce(contenu->>'intitule', ''), 1000) || ' ' || coalesce(reference, '') || ' ' || ${CODES} || ' '
        || regexp_replace(${CODES}, 'RNCP|RS|CERTIFINFO', '', 'gi'))) STORED,
      ADD intitule_tri text COLLATE "C" GENERATED ALWAYS AS (cle_de_titre(contenu->>'intitule')) STORED,
      -- Who of the control looks at it, so that two do not.
      ADD pris_par text,
      ADD pris_at timestamptz;
    -- Equal keys are kept once: the tabs are counted from a few dozen pages.
    CREATE INDEX catalogue_action_comptes ON catalogue_action (structure, cadre, etat);
    DROP INDEX catalogue_action_onglet;
    CREATE INDEX catalogue_action_mots ON catalogue_action USING gin (mots);
    CREATE INDEX catalogue_action_liste ON catalogue_action (structure, cadre, etat, reference, id);
    CREATE INDEX catalogue_action_liste_titre ON catalogue_action (structure, cadre, etat, intitule_tri, id);
    CREATE INDEX catalogue_action_toutes ON catalogue_action (cadre, etat, reference, id);
    CREATE INDEX catalogue_action_toutes_titre ON catalogue_action (cadre, etat, intitule_tri, id);
    -- How many sessions show, from when to when, without reading them.
    CREATE INDEX catalogue_session_dates ON catalogue_session (action_id, fin, debut)
      WHERE etat NOT IN ('retiree', 'supprimee');

    -- A file that an OF brings: read and explained, then made into drafts when it agrees.
    CREATE TABLE catalogue_import (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      structure text COLLATE "C" NOT NULL REFERENCES structure,
      cadre text NOT NULL CHECK (cadre IN ('non_conventionnee', 'conventionnee', 'initiale')),
      fichier text NOT NULL,
      format text NOT NULL CHECK (format IN ('lheo', 'csv')),
      octets bigint NOT NULL,
      etat text NOT NULL DEFAULT 'essai' CHECK (etat IN ('essai', 'fait', 'abandonne')),
      created_at timestamptz NOT NULL DEFAULT horloge(),
      created_by text NOT NULL,
      ended_at timestamptz
    );
    CREATE INDEX catalogue_import_structure ON catalogue_import (structure, id DESC);

    -- One formation of the file. Its contents are kept until they are drafts.
    CREATE TABLE catalogue_import_ligne (
      import_id bigint NOT NULL REFERENCES catalogue_import ON DELETE CASCADE,
      rang integer NOT NULL,
      -- Where it begins in the file, from 1.
      ligne integer NOT NULL,
      numero text NOT NULL,
      intitule text NOT NULL,
      verdict text NOT NULL CHECK (verdict IN ('creee', 'connue', 'refusee')),
      -- French sentences.
      raisons jsonb NOT NULL DEFAULT '[]',
      nombre_sessions integer NOT NULL,
      contenu jsonb,
      sessions jsonb,
      action_id bigint REFERENCES catalogue_action ON DELETE SET NULL,
      PRIMARY KEY (import_id, rang)
    );
    CREATE INDEX catalogue_import_ligne_action ON catalogue_import_ligne (action_id) WHERE action_id IS NOT NULL;
  `);
}

const CODES = "jsonb_path_query_array(contenu, '$.certifications[*].*')::text";
const ACCENTS = "àâäáãçéèêëíìîïñóòôöõúùûüýÿÀÂÄÁÃÇÉÈÊËÍÌÎÏÑÓÒÔÖÕÚÙÛÜÝ";
const LETTRES = "aaaaaceeeeiiiinooooouuuuyyaaaaaceeeeiiiinooooouuuuy";

export async function down(): Promise<void> {
  throw new Error("migrations only go forward: restore a backup instead");
}
