import type { Knex } from "knex";

/**
 * What time does to the published offer: the purge of what was withdrawn long ago, and the indexes by which the
 * jobs find in a moment whose CPF mention changes.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- What is left of a purged version: the smallest record that the contract accepts, so that every reader copes,
    -- with its parents, its dates and the certifications from which the wait of the CPF mention is counted.
    -- NULL for the registers, which hold nothing personal.
    CREATE FUNCTION published_tombe(kind text, contenu jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
      SELECT CASE kind
        WHEN 'organisme' THEN '{"numero_activite": "", "siret": "", "nom": "", "raison_sociale": "",
          "coordonnees": {"fax": [], "web": [], "lignes": [], "portable": [], "telfixe": []},
          "contacts": [], "potentiel": [], "qualiopi": [], "compte_kairos": false, "tel_quel": []}'::jsonb
        WHEN 'action' THEN '{"intitule": "", "objectif": "", "contenu": "", "conventionnee": false,
          "certifications": [], "codes_type_formation": [], "formacodes": [], "nsf": [], "rome": [], "contacts": [],
          "urls": [], "modalites": {}, "tel_quel": []}'::jsonb
          || jsonb_build_object('organisme', contenu->'organisme', 'certifications', contenu->'certifications')
        WHEN 'session' THEN '{"lieux": [], "formateurs": [], "contacts": [], "recrutements": [], "urls": [],
          "certifications": [], "modalites": {}, "tel_quel": []}'::jsonb
          || jsonb_build_object('action', contenu->'action', 'voie', contenu->'voie', 'debut', contenu->'debut',
            'fin', contenu->'fin', 'type_entree', contenu->'type_entree')
      END
    $$;

    -- A withdrawal is recorded once; then, once, the content gives way to its tombstone and the operator's own words
    -- go. Nothing else of a version ever changes.
    CREATE OR REPLACE FUNCTION published_immutable() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP = 'UPDATE'
         AND (NEW.numero, NEW.version, NEW.contenu_sha256, NEW.origine,
              NEW.premiere_mise_en_ligne_at, NEW.mis_en_ligne_at)
           = (OLD.numero, OLD.version, OLD.contenu_sha256, OLD.origine,
              OLD.premiere_mise_en_ligne_at, OLD.mis_en_ligne_at) THEN
        IF OLD.retired_at IS NULL AND NEW.retired_at IS NOT NULL
           AND NEW.contenu = OLD.contenu AND NEW.purged_at IS NULL THEN
          RETURN NEW;
        END IF;
        IF OLD.purged_at IS NULL AND NEW.purged_at IS NOT NULL
           AND (NEW.retired_at, NEW.retired_reason) = (OLD.retired_at, OLD.retired_reason)
           AND NEW.retired_note IS NULL
           AND NEW.contenu = published_tombe(substr(TG_TABLE_NAME, 11), OLD.contenu) THEN
          RETURN NEW;
        END IF;
      END IF;
      RAISE EXCEPTION 'a published version is immutable, only its withdrawal, then its purge, can be recorded (%.% %)',
        TG_TABLE_NAME, OLD.numero, OLD.version USING ERRCODE = 'OI001';
    END $$;

    -- How the certifications of an action are known in the registers, as keyOfCertification writes them. It calls
    -- nothing of ours: a restored dump builds the index before it knows where our functions are.
    CREATE FUNCTION cles_certifications(contenu jsonb) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 2000 AS $$
      SELECT coalesce(array_agg(DISTINCT c.cle), '{}')
        FROM jsonb_array_elements(contenu->'certifications') AS codes
       CROSS JOIN LATERAL (
         SELECT r.repertoire || ltrim(m[2], '0') AS cle
           FROM (VALUES (1, 'RNCP', codes->>'code_rncp'), (2, 'RS', codes->>'code_rs'),
                        (3, 'CERTIFINFO', codes->>'code_certifinfo')) AS r(rang, repertoire, code)
          CROSS JOIN LATERAL regexp_match(upper(r.code COLLATE "C"), '^${BLANC}*([A-Z]*)${BLANC}*([0-9]+)${BLANC}*$') AS m
          WHERE m[1] IN ('', r.repertoire) AND ltrim(m[2], '0') <> ''
          ORDER BY r.rang LIMIT 1) AS c
    $$;
  `);
  for (const kind of ["organisme", "action", "session", "certification", "habilitation"]) {
    await knex.raw(`
      ALTER TABLE published_${kind} ADD COLUMN purged_at timestamptz,
        ADD CHECK (purged_at IS NULL OR retired_at IS NOT NULL);
    `);
  }
  for (const kind of ["organisme", "action", "session"]) {
    await knex.raw(`
      CREATE INDEX published_${kind}_purge ON published_${kind} (retired_at)
        WHERE retired_at IS NOT NULL AND purged_at IS NULL;
    `);
  }
  await knex.raw(`
    CREATE INDEX published_action_certifiee ON published_action (mis_en_ligne_at)
      WHERE contenu->'certifications' <> '[]';
    CREATE INDEX published_action_certifications ON published_action USING gin (cles_certifications(contenu) COLLATE "C")
      WHERE retired_at IS NULL AND contenu->'certifications' <> '[]';
    CREATE INDEX published_certification_debut ON published_certification ((contenu->>'debut_validite'))
      WHERE retired_at IS NULL;
    CREATE INDEX published_certification_fin ON published_certification ((contenu->>'fin_validite'))
      WHERE retired_at IS NULL;
    CREATE INDEX published_habilitation_debut ON published_habilitation ((contenu->>'debut')) WHERE retired_at IS NULL;
    CREATE INDEX published_habilitation_fin ON published_habilitation ((contenu->>'fin')) WHERE retired_at IS NULL;
  `);
}

/** White space as JavaScript trims it: the C collation alone would know that of ASCII only. */
const BLANC = String.raw`[\s\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]`;

export async function down(): Promise<void> {
  throw new Error("migrations only go forward: restore a backup instead");
}
