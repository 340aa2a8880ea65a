import type { Knex } from "knex";

/**
 * What forms look up while one types: certifications of the national register by word or by code, subjects of the Formacode, and
 * who teaches (S79, S97, S141).
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE INDEX published_certification_mots ON published_certification
      USING gin (mots_cherches(contenu->>'intitule')) WHERE retired_at IS NULL;
    CREATE INDEX published_certification_certifinfo ON published_certification
      ((contenu->>'code_certifinfo') COLLATE "C") WHERE retired_at IS NULL AND contenu->>'code_certifinfo' IS NOT NULL;
    -- Who of ours may prepare for a certification.
    CREATE INDEX published_habilitation_certification ON published_habilitation (certification) WHERE retired_at IS NULL;

    -- Certifications for which the national register names who may train, ours or not: silence about a body then means no.
    CREATE TABLE certification_declaree (numero text COLLATE "C" PRIMARY KEY);

    CREATE INDEX structure_siret_octets ON structure (siret COLLATE "C");

    -- Subjects, as their thesaurus names them.
    CREATE TABLE formacode (
      code text COLLATE "C" PRIMARY KEY CHECK (code ~ '^[1-9][0-9]{4}$'),
      libelle text NOT NULL CHECK (libelle <> ''),
      mots tsvector NOT NULL GENERATED ALWAYS AS (mots_cherches(libelle)) STORED
    );
    CREATE INDEX formacode_mots ON formacode USING gin (mots);

    -- Bodies that a structure already named as who teaches: what it types once, it finds again.
    CREATE TABLE formateur_connu (
      structure text COLLATE "C" NOT NULL REFERENCES structure ON DELETE CASCADE,
      siret text COLLATE "C" NOT NULL,
      raison_sociale text NOT NULL,
      uai text,
      PRIMARY KEY (structure, siret)
    );
    CREATE INDEX formateur_connu_nom ON formateur_connu USING gin (mots_cherches(raison_sociale));

    CREATE FUNCTION retenir_formateurs() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      INSERT INTO formateur_connu (structure, siret, raison_sociale, uai)
      SELECT DISTINCT ON (f->>'siret') a.structure, f->>'siret', f->>'raison_sociale', f->>'uai'
        FROM catalogue_action a CROSS JOIN jsonb_array_elements(NEW.contenu->'formateurs') f
       WHERE a.id = NEW.action_id AND f->>'siret' ~ '^[0-9A-Z]{14}$' AND trim(f->>'raison_sociale') <> ''
      ON CONFLICT (structure, siret) DO UPDATE SET raison_sociale = excluded.raison_sociale, uai = excluded.uai
        WHERE (formateur_connu.raison_sociale, formateur_connu.uai)
          IS DISTINCT FROM (excluded.raison_sociale, excluded.uai);
      RETURN NULL;
    END $$;
    CREATE TRIGGER catalogue_session_formateurs_ajoutes AFTER INSERT ON catalogue_session FOR EACH ROW
      WHEN (jsonb_typeof(NEW.contenu->'formateurs') = 'array' AND NEW.contenu->'formateurs' <> '[]')
      EXECUTE FUNCTION retenir_formateurs();
    CREATE TRIGGER catalogue_session_formateurs_changes AFTER UPDATE OF contenu ON catalogue_session FOR EACH ROW
      WHEN (jsonb_typeof(NEW.contenu->'formateurs') = 'array'
        AND NEW.contenu->'formateurs' IS DISTINCT FROM OLD.contenu->'formateurs')
      EXECUTE FUNCTION retenir_formateurs();
  `);
}

export async function down(): Promise<void> {
  throw new Error("migrations only go forward: restore a backup instead");
}
