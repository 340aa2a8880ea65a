import type { Knex } from "knex";

/**
 * The catalogue of the guide: who may write what (structures, attachments), the working copies of actions and sessions,
 * and each passage from one state to the next. What is published is not here but in the contract.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- A member has what its attachments give and nothing else.
    ALTER TABLE compte DROP CONSTRAINT compte_role_check;
    ALTER TABLE compte ADD CONSTRAINT compte_role_check
      CHECK (role IN ('membre', 'lecteur', 'operateur', 'administrateur'));

    -- A training body, a funder of the offer conventionnée, or the agency itself. The contenu of a training body is its
    -- record of the contract, which is published under the same number.
    CREATE TABLE structure (
      numero text COLLATE "C" PRIMARY KEY CHECK (numero <> '' AND numero !~ '[|[:cntrl:]]' AND numero NOT LIKE '%##%'),
      type text NOT NULL CHECK (type IN ('organisme', 'financeur', 'agence')),
      nom text NOT NULL CHECK (nom <> ''),
      siret text,
      ville text,
      departement text,
      contenu jsonb,
      revision integer NOT NULL DEFAULT 1,
      created_at timestamptz NOT NULL DEFAULT horloge(),
      disabled_at timestamptz,
      CHECK ((type = 'organisme') = (contenu IS NOT NULL))
    );
    CREATE INDEX structure_nom ON structure USING gin (mots_cherches(nom));
    CREATE INDEX structure_siret ON structure (siret);

    -- What an account may do for a structure; first asked for, then agreed to by the referent of the structure.
    CREATE TABLE rattachement (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      compte_id bigint NOT NULL REFERENCES compte ON DELETE CASCADE,
      structure text COLLATE "C" NOT NULL REFERENCES structure,
      profil text NOT NULL CHECK (profil IN ('catalogue', 'preinscription', 'general', 'financeur', 'controleur')),
      referent boolean NOT NULL DEFAULT false,
      etat text NOT NULL CHECK (etat IN ('demande', 'actif', 'refuse', 'retire')),
      demande_at timestamptz NOT NULL DEFAULT horloge(),
      decide_at timestamptz,
      decide_par text
    );
    CREATE UNIQUE INDEX rattachement_ouvert ON rattachement (compte_id, structure, profil)
      WHERE etat IN ('demande', 'actif');
    CREATE INDEX rattachement_structure ON rattachement (structure, etat);

    -- The structure that the person acts for in this browser.
    ALTER TABLE connexion ADD structure text COLLATE "C" REFERENCES structure;

    -- What a structure's own software comes in with.
    CREATE TABLE structure_key (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      structure text COLLATE "C" NOT NULL REFERENCES structure,
      nom text NOT NULL,
      cle_sha256 text NOT NULL UNIQUE CHECK (cle_sha256 ~ '^[0-9a-f]{64}$'),
      created_at timestamptz NOT NULL DEFAULT horloge(),
      last_used_at timestamptz,
      revoked_at timestamptz
    );
    CREATE INDEX structure_key_structure ON structure_key (structure);

    CREATE TABLE catalogue_action (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      -- The organisme responsable, which alone may change it.
      structure text COLLATE "C" NOT NULL REFERENCES structure,
      -- Given when the OF confirms; the number under which it is published.
      reference text COLLATE "C" UNIQUE,
      cadre text NOT NULL CHECK (cadre IN ('non_conventionnee', 'conventionnee', 'initiale')),
      financeur text COLLATE "C" REFERENCES structure,
      etat text NOT NULL CHECK (etat IN
        ('brouillon', 'creee', 'publiee', 'alerte', 'modifiee', 'archivee', 'supprimee')),
      -- Why it is under Alerte, and what is asked.
      alerte text CHECK (alerte IN ('controle', 'sans_session')),
      message text,
      -- The working copy: a record of the contract that may lack fields.
      contenu jsonb NOT NULL,
      revision integer NOT NULL DEFAULT 1,
      -- The revision that passed the first validation and waits for its confirmation.
      validee_revision integer,
      -- The revision that is published.
      publiee_revision integer,
      publiee_at timestamptz,
      -- Since when, and until which last working day, the control has it.
      soumise_at timestamptz,
      echeance date,
      created_at timestamptz NOT NULL DEFAULT horloge(),
      created_by text NOT NULL,
      updated_at timestamptz NOT NULL DEFAULT horloge(),
      updated_by text NOT NULL,
      CHECK ((etat = 'alerte') = (alerte IS NOT NULL)),
      CHECK (etat = 'brouillon' OR reference IS NOT NULL),
      CHECK ((cadre = 'conventionnee') = (financeur IS NOT NULL))
    );
    CREATE INDEX catalogue_action_onglet ON catalogue_action (structure, cadre, etat, id DESC);
    CREATE INDEX catalogue_action_etat ON catalogue_action (etat, id DESC);
    CREATE INDEX catalogue_action_controle ON catalogue_action (echeance, id) WHERE etat IN ('creee', 'modifiee');
    CREATE INDEX catalogue_action_financeur ON catalogue_action (financeur) WHERE financeur IS NOT NULL;
    CREATE INDEX catalogue_action_intitule ON catalogue_action
      USING gin (mots_cherches(coalesce(contenu->>'intitule', '')));

    CREATE TABLE catalogue_session (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      action_id bigint NOT NULL REFERENCES catalogue_action ON DELETE CASCADE,
      reference text COLLATE "C" UNIQUE,
      etat text NOT NULL CHECK (etat IN
        ('brouillon', 'soumise', 'publiee', 'modifiee', 'retiree', 'supprimee')),
      contenu jsonb NOT NULL,
      debut text COLLATE "C" GENERATED ALWAYS AS (contenu->>'debut') STORED,
      fin text COLLATE "C" GENERATED ALWAYS AS (contenu->>'fin') STORED,
      revision integer NOT NULL DEFAULT 1,
      validee_revision integer,
      publiee_revision integer,
      created_at timestamptz NOT NULL DEFAULT horloge(),
      created_by text NOT NULL,
      updated_at timestamptz NOT NULL DEFAULT horloge(),
      updated_by text NOT NULL,
      CHECK (etat = 'brouillon' OR reference IS NOT NULL)
    );
    CREATE INDEX catalogue_session_action ON catalogue_session (action_id, etat, id);
    -- Those still to be confirmed or published: few, however many sessions the action has.
    CREATE INDEX catalogue_session_attente ON catalogue_session (action_id, id)
      WHERE etat NOT IN ('retiree', 'supprimee') AND revision IS DISTINCT FROM publiee_revision;
    -- Those that show: the first of them is quickly found.
    CREATE INDEX catalogue_session_vivante ON catalogue_session (action_id, id)
      WHERE etat NOT IN ('retiree', 'supprimee');

    -- Each passage, dated and signed; never changed.
    CREATE TABLE catalogue_passage (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      action_id bigint NOT NULL REFERENCES catalogue_action ON DELETE CASCADE,
      session_id bigint REFERENCES catalogue_session ON DELETE CASCADE,
      at timestamptz NOT NULL DEFAULT horloge(),
      acteur text NOT NULL,
      evenement text NOT NULL,
      de text,
      vers text NOT NULL,
      message text,
      detail jsonb NOT NULL DEFAULT '{}'
    );
    CREATE INDEX catalogue_passage_action ON catalogue_passage (action_id, id DESC);

    -- Who has which form open, so that the second one is told.
    CREATE TABLE catalogue_presence (
      action_id bigint NOT NULL REFERENCES catalogue_action ON DELETE CASCADE,
      acteur text NOT NULL,
      nom text NOT NULL,
      seen_at timestamptz NOT NULL DEFAULT horloge(),
      PRIMARY KEY (action_id, acteur)
    );

    -- References of the guide (S50, S51): never used twice, and never those of records that came from elsewhere.
    CREATE SEQUENCE catalogue_reference_action;
    CREATE SEQUENCE catalogue_reference_session;
    CREATE FUNCTION nouvelle_reference(genre text) RETURNS text LANGUAGE plpgsql AS $$
    DECLARE rang bigint; numero_ text;
    BEGIN
      LOOP
        IF genre = 'action' THEN
          rang := nextval('catalogue_reference_action');
          numero_ := '20' || CASE WHEN rang < 10000000000 THEN lpad(rang::text, 10, '0') ELSE rang::text END;
          EXIT WHEN NOT EXISTS (SELECT FROM published_action WHERE numero = numero_)
                AND NOT EXISTS (SELECT FROM catalogue_action WHERE reference = numero_);
        ELSE
          rang := nextval('catalogue_reference_session');
          numero_ := '00' || CASE WHEN rang < 1000000 THEN lpad(rang::text, 6, '0') ELSE rang::text END;
          EXIT WHEN NOT EXISTS (SELECT FROM published_session WHERE numero = numero_)
                AND NOT EXISTS (SELECT FROM catalogue_session WHERE reference = numero_);
        END IF;
      END LOOP;
      RETURN numero_;
    END $$;
  `);
}

export async function down(): Promise<void> {
  throw new Error("migrations only go forward: restore a backup instead");
}
