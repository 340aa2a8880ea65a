import type { Knex } from "knex";

/**
 * What an operator types to find a session: words of a title or of a name, a SIRET, a number as a feed shows it. Numbers
 * of the records themselves are found by their keys.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- Words without accents nor case, cut to their stem: « élévateurs » is found by « elevateur ». It calls nothing of
    -- ours, so that a restored dump can build its indexes.
    CREATE FUNCTION mots_cherches(texte text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 500 AS $$
      SELECT to_tsvector('pg_catalog.french'::regconfig, translate(
        replace(replace(lower(texte), 'œ', 'oe'), 'æ', 'ae'), '${ACCENTS}', '${LETTRES}'))
    $$;
    CREATE INDEX published_action_intitule ON published_action USING gin (mots_cherches(contenu->>'intitule'))
      WHERE retired_at IS NULL;
    CREATE INDEX published_organisme_nom ON published_organisme
      USING gin (mots_cherches((contenu->>'nom') || ' ' || (contenu->>'raison_sociale'))) WHERE retired_at IS NULL;
    CREATE INDEX published_organisme_siret ON published_organisme ((contenu->>'siret') COLLATE "C");
    CREATE INDEX published_organisme_activite ON published_organisme ((contenu->>'numero_activite') COLLATE "C");
    -- Numbers of others, kept as received: few offers have any.
    CREATE INDEX published_session_lheo ON published_session ((contenu->>'numero_lheo') COLLATE "C")
      WHERE contenu->>'numero_lheo' IS NOT NULL;
    CREATE INDEX published_session_action_lheo ON published_session ((contenu->>'numero_action_lheo') COLLATE "C")
      WHERE contenu->>'numero_action_lheo' IS NOT NULL;
    CREATE INDEX published_action_lheo ON published_action ((contenu->>'numero_lheo') COLLATE "C")
      WHERE contenu->>'numero_lheo' IS NOT NULL;
    -- What a partner was sent that holds a given content.
    CREATE INDEX delivery_partner_snapshot ON delivery (partner, snapshot_id DESC);
  `);
}

const ACCENTS = "àâäáãçéèêëíìîïñóòôöõúùûüýÿ";
const LETTRES = "aaaaaceeeeiiiinooooouuuuyy";

export async function down(): Promise<void> {
  throw new Error("migrations only go forward: restore a backup instead");
}
