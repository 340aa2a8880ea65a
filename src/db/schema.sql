-- What the migrations make. Written by `npm run db:dump`: change src/db/migrations, not this file.

CREATE OR REPLACE FUNCTION public.audit_immutable()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    BEGIN
      RAISE EXCEPTION 'the audit is only ever appended to (% refused)', TG_OP USING ERRCODE = 'OI002';
    END $function$;

CREATE OR REPLACE FUNCTION public.cle_de_titre(texte text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
      SELECT translate(lower(left(coalesce(texte, ''), 100)), 'àâäáãçéèêëíìîïñóòôöõúùûüýÿÀÂÄÁÃÇÉÈÊËÍÌÎÏÑÓÒÔÖÕÚÙÛÜÝ', 'aaaaaceeeeiiiinooooouuuuyyaaaaaceeeeiiiinooooouuuuy')
    $function$;

CREATE OR REPLACE FUNCTION public.cles_certifications(contenu jsonb)
 RETURNS text[]
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE COST 2000
AS $function$
      SELECT coalesce(array_agg(DISTINCT c.cle), '{}')
        FROM jsonb_array_elements(contenu->'certifications') AS codes
       CROSS JOIN LATERAL (
         SELECT r.repertoire || ltrim(m[2], '0') AS cle
           FROM (VALUES (1, 'RNCP', codes->>'code_rncp'), (2, 'RS', codes->>'code_rs'),
                        (3, 'CERTIFINFO', codes->>'code_certifinfo')) AS r(rang, repertoire, code)
          CROSS JOIN LATERAL regexp_match(upper(r.code COLLATE "C"), '^[\s\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]*([A-Z]*)[\s\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]*([0-9]+)[\s\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]*$') AS m
          WHERE m[1] IN ('', r.repertoire) AND ltrim(m[2], '0') <> ''
          ORDER BY r.rang LIMIT 1) AS c
    $function$;

CREATE OR REPLACE FUNCTION public.horloge()
 RETURNS timestamp with time zone
 LANGUAGE sql
AS $function$
      SELECT date_trunc('milliseconds', clock_timestamp()) + CASE WHEN current_database() LIKE 'test\_%'
        THEN coalesce(nullif(current_setting('offre_info.decalage', true), '')::interval, interval '0')
        ELSE interval '0' END
    $function$;

CREATE OR REPLACE FUNCTION public.mots_cherches(texte text)
 RETURNS tsvector
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE COST 500
AS $function$
      SELECT to_tsvector('pg_catalog.french'::regconfig, translate(
        replace(replace(lower(texte), 'œ', 'oe'), 'æ', 'ae'), 'àâäáãçéèêëíìîïñóòôöõúùûüýÿ', 'aaaaaceeeeiiiinooooouuuuyy'))
    $function$;

CREATE OR REPLACE FUNCTION public.nouvelle_reference(genre text)
 RETURNS text
 LANGUAGE plpgsql
AS $function$
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
    END $function$;

CREATE OR REPLACE FUNCTION public.published_immutable()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
    END $function$;

CREATE OR REPLACE FUNCTION public.published_tombe(kind text, contenu jsonb)
 RETURNS jsonb
 LANGUAGE sql
 IMMUTABLE
AS $function$
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
    $function$;

CREATE OR REPLACE FUNCTION public.retenir_formateurs()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    BEGIN
      INSERT INTO formateur_connu (structure, siret, raison_sociale, uai)
      SELECT DISTINCT ON (f->>'siret') a.structure, f->>'siret', f->>'raison_sociale', f->>'uai'
        FROM catalogue_action a CROSS JOIN jsonb_array_elements(NEW.contenu->'formateurs') f
       WHERE a.id = NEW.action_id AND f->>'siret' ~ '^[0-9A-Z]{14}$' AND trim(f->>'raison_sociale') <> ''
      ON CONFLICT (structure, siret) DO UPDATE SET raison_sociale = excluded.raison_sociale, uai = excluded.uai
        WHERE (formateur_connu.raison_sociale, formateur_connu.uai)
          IS DISTINCT FROM (excluded.raison_sociale, excluded.uai);
      RETURN NULL;
    END $function$;

CREATE TABLE alert (
  id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  cle text NOT NULL,
  code text NOT NULL,
  message text NOT NULL,
  detail jsonb NOT NULL DEFAULT '{}'::jsonb,
  opened_at timestamp with time zone NOT NULL DEFAULT horloge(),
  closed_at timestamp with time zone,
  CONSTRAINT alert_pkey PRIMARY KEY (id)
);
CREATE INDEX alert_cle ON alert USING btree (cle, id DESC);
CREATE UNIQUE INDEX alert_open ON alert USING btree (cle) WHERE (closed_at IS NULL);

CREATE TABLE alert_canal (
  id text NOT NULL,
  attente interval NOT NULL,
  intervalle interval NOT NULL,
  CONSTRAINT alert_canal_pkey PRIMARY KEY (id)
);

CREATE TABLE alert_envoi (
  alert_id bigint NOT NULL,
  transition text NOT NULL,
  canal text NOT NULL,
  etat text NOT NULL DEFAULT 'a_envoyer'::text,
  prochain_at timestamp with time zone NOT NULL,
  essais integer NOT NULL DEFAULT 0,
  lease_until timestamp with time zone,
  sent_at timestamp with time zone,
  erreur text,
  CONSTRAINT alert_envoi_pkey PRIMARY KEY (alert_id, transition, canal),
  CONSTRAINT alert_envoi_alert_id_fkey FOREIGN KEY (alert_id) REFERENCES alert(id) ON DELETE CASCADE,
  CONSTRAINT alert_envoi_etat_check CHECK ((etat = ANY (ARRAY['a_envoyer'::text, 'envoye'::text, 'abandonne'::text]))),
  CONSTRAINT alert_envoi_transition_check CHECK ((transition = ANY (ARRAY['ouverte'::text, 'resolue'::text])))
);
CREATE INDEX alert_envoi_todo ON alert_envoi USING btree (canal, prochain_at) WHERE (etat = 'a_envoyer'::text);

CREATE TABLE attempt (
  delivery_id text NOT NULL,
  epoch integer NOT NULL,
  worker text NOT NULL,
  started_at timestamp with time zone NOT NULL DEFAULT horloge(),
  finished_at timestamp with time zone,
  issue text,
  http_status integer,
  reponse text,
  detail jsonb NOT NULL DEFAULT '{}'::jsonb,
  CONSTRAINT attempt_pkey PRIMARY KEY (delivery_id, epoch),
  CONSTRAINT attempt_check CHECK (((finished_at IS NULL) = (issue IS NULL))),
  CONSTRAINT attempt_delivery_id_fkey FOREIGN KEY (delivery_id) REFERENCES delivery(id)
);
CREATE INDEX attempt_reponse ON attempt USING btree (finished_at) WHERE (reponse IS NOT NULL);
CREATE INDEX attempt_started ON attempt USING btree (started_at);

CREATE TABLE audit (
  id bigint NOT NULL,
  at timestamp(3) with time zone NOT NULL,
  acteur text NOT NULL,
  acte text NOT NULL,
  objet_type text NOT NULL,
  objet_id text NOT NULL,
  motif text,
  detail jsonb NOT NULL,
  precedent text,
  hash text NOT NULL,
  CONSTRAINT audit_pkey PRIMARY KEY (id),
  CONSTRAINT audit_acte_check CHECK ((acte <> ''::text)),
  CONSTRAINT audit_acteur_check CHECK ((acteur <> ''::text)),
  CONSTRAINT audit_check CHECK (((id = 1) = (precedent IS NULL))),
  CONSTRAINT audit_hash_check CHECK ((hash ~ '^[0-9a-f]{64}$'::text)),
  CONSTRAINT audit_hash_key UNIQUE (hash),
  CONSTRAINT audit_id_check CHECK ((id > 0)),
  CONSTRAINT audit_precedent_check CHECK ((precedent ~ '^[0-9a-f]{64}$'::text))
);
CREATE INDEX audit_objet ON audit USING btree (objet_type, objet_id, id);
CREATE TRIGGER audit_rows BEFORE DELETE OR UPDATE ON audit FOR EACH ROW EXECUTE FUNCTION audit_immutable();
CREATE TRIGGER audit_whole BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION audit_immutable();

CREATE TABLE catalogue_action (
  id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  structure text COLLATE "C" NOT NULL,
  reference text COLLATE "C",
  cadre text NOT NULL,
  financeur text COLLATE "C",
  etat text NOT NULL,
  alerte text,
  message text,
  contenu jsonb NOT NULL,
  revision integer NOT NULL DEFAULT 1,
  validee_revision integer,
  publiee_revision integer,
  publiee_at timestamp with time zone,
  soumise_at timestamp with time zone,
  echeance date,
  created_at timestamp with time zone NOT NULL DEFAULT horloge(),
  created_by text NOT NULL,
  updated_at timestamp with time zone NOT NULL DEFAULT horloge(),
  updated_by text NOT NULL,
  mots tsvector GENERATED ALWAYS AS (mots_cherches((((((("left"(COALESCE((contenu ->> 'intitule'::text), ''::text), 1000) || ' '::text) || COALESCE(reference, ''::text)) || ' '::text) || (jsonb_path_query_array(contenu, '$."certifications"[*].*'::jsonpath))::text) || ' '::text) || regexp_replace((jsonb_path_query_array(contenu, '$."certifications"[*].*'::jsonpath))::text, 'RNCP|RS|CERTIFINFO'::text, ''::text, 'gi'::text)))) STORED,
  intitule_tri text COLLATE "C" GENERATED ALWAYS AS (cle_de_titre((contenu ->> 'intitule'::text))) STORED,
  pris_par text,
  pris_at timestamp with time zone,
  CONSTRAINT catalogue_action_pkey PRIMARY KEY (id),
  CONSTRAINT catalogue_action_alerte_check CHECK ((alerte = ANY (ARRAY['controle'::text, 'sans_session'::text]))),
  CONSTRAINT catalogue_action_cadre_check CHECK ((cadre = ANY (ARRAY['non_conventionnee'::text, 'conventionnee'::text, 'initiale'::text]))),
  CONSTRAINT catalogue_action_check CHECK (((etat = 'alerte'::text) = (alerte IS NOT NULL))),
  CONSTRAINT catalogue_action_check1 CHECK (((etat = 'brouillon'::text) OR (reference IS NOT NULL))),
  CONSTRAINT catalogue_action_check2 CHECK (((cadre = 'conventionnee'::text) = (financeur IS NOT NULL))),
  CONSTRAINT catalogue_action_etat_check CHECK ((etat = ANY (ARRAY['brouillon'::text, 'creee'::text, 'publiee'::text, 'alerte'::text, 'modifiee'::text, 'archivee'::text, 'supprimee'::text]))),
  CONSTRAINT catalogue_action_financeur_fkey FOREIGN KEY (financeur) REFERENCES structure(numero),
  CONSTRAINT catalogue_action_reference_key UNIQUE (reference),
  CONSTRAINT catalogue_action_structure_fkey FOREIGN KEY (structure) REFERENCES structure(numero)
);
CREATE INDEX catalogue_action_comptes ON catalogue_action USING btree (structure, cadre, etat);
CREATE INDEX catalogue_action_controle ON catalogue_action USING btree (echeance, id) WHERE (etat = ANY (ARRAY['creee'::text, 'modifiee'::text]));
CREATE INDEX catalogue_action_etat ON catalogue_action USING btree (etat, id DESC);
CREATE INDEX catalogue_action_financeur ON catalogue_action USING btree (financeur) WHERE (financeur IS NOT NULL);
CREATE INDEX catalogue_action_intitule ON catalogue_action USING gin (mots_cherches(COALESCE((contenu ->> 'intitule'::text), ''::text)));
CREATE INDEX catalogue_action_liste ON catalogue_action USING btree (structure, cadre, etat, reference, id);
CREATE INDEX catalogue_action_liste_titre ON catalogue_action USING btree (structure, cadre, etat, intitule_tri, id);
CREATE INDEX catalogue_action_mots ON catalogue_action USING gin (mots);
CREATE INDEX catalogue_action_toutes ON catalogue_action USING btree (cadre, etat, reference, id);
CREATE INDEX catalogue_action_toutes_titre ON catalogue_action USING btree (cadre, etat, intitule_tri, id);

CREATE TABLE catalogue_import (
  id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  structure text COLLATE "C" NOT NULL,
  cadre text NOT NULL,
  fichier text NOT NULL,
  format text NOT NULL,
  octets bigint NOT NULL,
  etat text NOT NULL DEFAULT 'essai'::text,
  created_at timestamp with time zone NOT NULL DEFAULT horloge(),
  created_by text NOT NULL,
  ended_at timestamp with time zone,
  CONSTRAINT catalogue_import_pkey PRIMARY KEY (id),
  CONSTRAINT catalogue_import_cadre_check CHECK ((cadre = ANY (ARRAY['non_conventionnee'::text, 'conventionnee'::text, 'initiale'::text]))),
  CONSTRAINT catalogue_import_etat_check CHECK ((etat = ANY (ARRAY['essai'::text, 'fait'::text, 'abandonne'::text]))),
  CONSTRAINT catalogue_import_format_check CHECK ((format = ANY (ARRAY['lheo'::text, 'csv'::text]))),
  CONSTRAINT catalogue_import_structure_fkey FOREIGN KEY (structure) REFERENCES structure(numero)
);
CREATE INDEX catalogue_import_structure ON catalogue_import USING btree (structure, id DESC);

CREATE TABLE catalogue_import_ligne (
  import_id bigint NOT NULL,
  rang integer NOT NULL,
  ligne integer NOT NULL,
  numero text NOT NULL,
  intitule text NOT NULL,
  verdict text NOT NULL,
  raisons jsonb NOT NULL DEFAULT '[]'::jsonb,
  nombre_sessions integer NOT NULL,
  contenu jsonb,
  sessions jsonb,
  action_id bigint,
  CONSTRAINT catalogue_import_ligne_pkey PRIMARY KEY (import_id, rang),
  CONSTRAINT catalogue_import_ligne_action_id_fkey FOREIGN KEY (action_id) REFERENCES catalogue_action(id) ON DELETE SET NULL,
  CONSTRAINT catalogue_import_ligne_import_id_fkey FOREIGN KEY (import_id) REFERENCES catalogue_import(id) ON DELETE CASCADE,
  CONSTRAINT catalogue_import_ligne_verdict_check CHECK ((verdict = ANY (ARRAY['creee'::text, 'connue'::text, 'refusee'::text])))
);
CREATE INDEX catalogue_import_ligne_action ON catalogue_import_ligne USING btree (action_id) WHERE (action_id IS NOT NULL);

CREATE TABLE catalogue_passage (
  id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  action_id bigint NOT NULL,
  session_id bigint,
  at timestamp with time zone NOT NULL DEFAULT horloge(),
  acteur text NOT NULL,
  evenement text NOT NULL,
  de text,
  vers text NOT NULL,
  message text,
  detail jsonb NOT NULL DEFAULT '{}'::jsonb,
  CONSTRAINT catalogue_passage_pkey PRIMARY KEY (id),
  CONSTRAINT catalogue_passage_action_id_fkey FOREIGN KEY (action_id) REFERENCES catalogue_action(id) ON DELETE CASCADE,
  CONSTRAINT catalogue_passage_session_id_fkey FOREIGN KEY (session_id) REFERENCES catalogue_session(id) ON DELETE CASCADE
);
CREATE INDEX catalogue_passage_action ON catalogue_passage USING btree (action_id, id DESC);

CREATE TABLE catalogue_presence (
  action_id bigint NOT NULL,
  acteur text NOT NULL,
  nom text NOT NULL,
  seen_at timestamp with time zone NOT NULL DEFAULT horloge(),
  CONSTRAINT catalogue_presence_pkey PRIMARY KEY (action_id, acteur),
  CONSTRAINT catalogue_presence_action_id_fkey FOREIGN KEY (action_id) REFERENCES catalogue_action(id) ON DELETE CASCADE
);

CREATE TABLE catalogue_session (
  id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  action_id bigint NOT NULL,
  reference text COLLATE "C",
  etat text NOT NULL,
  contenu jsonb NOT NULL,
  debut text COLLATE "C" GENERATED ALWAYS AS ((contenu ->> 'debut'::text)) STORED,
  fin text COLLATE "C" GENERATED ALWAYS AS ((contenu ->> 'fin'::text)) STORED,
  revision integer NOT NULL DEFAULT 1,
  validee_revision integer,
  publiee_revision integer,
  created_at timestamp with time zone NOT NULL DEFAULT horloge(),
  created_by text NOT NULL,
  updated_at timestamp with time zone NOT NULL DEFAULT horloge(),
  updated_by text NOT NULL,
  CONSTRAINT catalogue_session_pkey PRIMARY KEY (id),
  CONSTRAINT catalogue_session_action_id_fkey FOREIGN KEY (action_id) REFERENCES catalogue_action(id) ON DELETE CASCADE,
  CONSTRAINT catalogue_session_check CHECK (((etat = 'brouillon'::text) OR (reference IS NOT NULL))),
  CONSTRAINT catalogue_session_etat_check CHECK ((etat = ANY (ARRAY['brouillon'::text, 'soumise'::text, 'publiee'::text, 'modifiee'::text, 'retiree'::text, 'supprimee'::text]))),
  CONSTRAINT catalogue_session_reference_key UNIQUE (reference)
);
CREATE INDEX catalogue_session_action ON catalogue_session USING btree (action_id, etat, id);
CREATE INDEX catalogue_session_attente ON catalogue_session USING btree (action_id, id) WHERE ((etat <> ALL (ARRAY['retiree'::text, 'supprimee'::text])) AND (revision IS DISTINCT FROM publiee_revision));
CREATE INDEX catalogue_session_dates ON catalogue_session USING btree (action_id, fin, debut) WHERE (etat <> ALL (ARRAY['retiree'::text, 'supprimee'::text]));
CREATE INDEX catalogue_session_vivante ON catalogue_session USING btree (action_id, id) WHERE (etat <> ALL (ARRAY['retiree'::text, 'supprimee'::text]));
CREATE TRIGGER catalogue_session_formateurs_ajoutes AFTER INSERT ON catalogue_session FOR EACH ROW WHEN (((jsonb_typeof((new.contenu -> 'formateurs'::text)) = 'array'::text) AND ((new.contenu -> 'formateurs'::text) <> '[]'::jsonb))) EXECUTE FUNCTION retenir_formateurs();
CREATE TRIGGER catalogue_session_formateurs_changes AFTER UPDATE OF contenu ON catalogue_session FOR EACH ROW WHEN (((jsonb_typeof((new.contenu -> 'formateurs'::text)) = 'array'::text) AND ((new.contenu -> 'formateurs'::text) IS DISTINCT FROM (old.contenu -> 'formateurs'::text)))) EXECUTE FUNCTION retenir_formateurs();

CREATE TABLE certification_declaree (
  numero text COLLATE "C" NOT NULL,
  CONSTRAINT certification_declaree_pkey PRIMARY KEY (numero)
);

CREATE TABLE compte (
  id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  identifiant text NOT NULL,
  nom text NOT NULL,
  role text NOT NULL,
  mot_de_passe text NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT horloge(),
  disabled_at timestamp with time zone,
  last_sign_in_at timestamp with time zone,
  CONSTRAINT compte_pkey PRIMARY KEY (id),
  CONSTRAINT compte_identifiant_check CHECK (((identifiant = lower(identifiant)) AND (identifiant <> ''::text))),
  CONSTRAINT compte_role_check CHECK ((role = ANY (ARRAY['membre'::text, 'lecteur'::text, 'operateur'::text, 'administrateur'::text])))
);
CREATE UNIQUE INDEX compte_identifiant ON compte USING btree (identifiant);

CREATE TABLE connexion (
  jeton_sha256 text NOT NULL,
  compte_id bigint NOT NULL,
  opened_at timestamp with time zone NOT NULL DEFAULT horloge(),
  seen_at timestamp with time zone NOT NULL DEFAULT horloge(),
  structure text COLLATE "C",
  id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  navigateur text,
  adresse text,
  CONSTRAINT connexion_pkey PRIMARY KEY (jeton_sha256),
  CONSTRAINT connexion_compte_id_fkey FOREIGN KEY (compte_id) REFERENCES compte(id) ON DELETE CASCADE,
  CONSTRAINT connexion_id_key UNIQUE (id),
  CONSTRAINT connexion_jeton_sha256_check CHECK ((jeton_sha256 ~ '^[0-9a-f]{64}$'::text)),
  CONSTRAINT connexion_structure_fkey FOREIGN KEY (structure) REFERENCES structure(numero)
);
CREATE INDEX connexion_compte ON connexion USING btree (compte_id);

CREATE TABLE connexion_echec (
  cle text NOT NULL,
  echecs integer NOT NULL,
  dernier_at timestamp with time zone NOT NULL,
  CONSTRAINT connexion_echec_pkey PRIMARY KEY (cle)
);

CREATE TABLE cron_job (
  id text NOT NULL,
  creneau timestamp with time zone NOT NULL DEFAULT horloge(),
  echecs integer NOT NULL DEFAULT 0,
  CONSTRAINT cron_job_pkey PRIMARY KEY (id)
);

CREATE TABLE cron_run (
  job text NOT NULL,
  slot timestamp with time zone NOT NULL,
  manuel boolean NOT NULL DEFAULT false,
  etat text NOT NULL,
  worker text,
  essais integer NOT NULL DEFAULT 0,
  started_at timestamp with time zone,
  finished_at timestamp with time zone,
  lease_until timestamp with time zone,
  reprise_at timestamp with time zone,
  bilan jsonb,
  erreur text,
  CONSTRAINT cron_run_pkey PRIMARY KEY (job, slot),
  CONSTRAINT cron_run_check CHECK (((etat = 'en_cours'::text) = (lease_until IS NOT NULL))),
  CONSTRAINT cron_run_check1 CHECK (((etat = 'a_reprendre'::text) = (reprise_at IS NOT NULL))),
  CONSTRAINT cron_run_etat_check CHECK ((etat = ANY (ARRAY['en_cours'::text, 'a_reprendre'::text, 'faite'::text, 'echouee'::text, 'sautee'::text]))),
  CONSTRAINT cron_run_job_fkey FOREIGN KEY (job) REFERENCES cron_job(id)
);
CREATE UNIQUE INDEX cron_run_en_cours ON cron_run USING btree (job) WHERE (etat = 'en_cours'::text);
CREATE INDEX cron_run_reprise ON cron_run USING btree (job, reprise_at) WHERE (etat = 'a_reprendre'::text);
CREATE INDEX cron_run_started ON cron_run USING btree (job, started_at DESC) WHERE (started_at IS NOT NULL);

CREATE TABLE delivery (
  id text NOT NULL,
  partner text NOT NULL,
  snapshot_id bigint,
  sha256 text,
  etat text NOT NULL DEFAULT 'scheduled'::text,
  motif text,
  due_at timestamp with time zone NOT NULL,
  due_explain jsonb NOT NULL DEFAULT '[]'::jsonb,
  epoch integer NOT NULL DEFAULT 0,
  echecs integer NOT NULL DEFAULT 0,
  lease_until timestamp with time zone,
  replay_of text,
  superseded_by text,
  created_at timestamp with time zone NOT NULL DEFAULT horloge(),
  updated_at timestamp with time zone NOT NULL DEFAULT horloge(),
  eligible_at timestamp with time zone,
  retenue text,
  annulee_par text,
  replay_batch_id bigint,
  CONSTRAINT delivery_pkey PRIMARY KEY (id),
  CONSTRAINT delivery_announced CHECK (((snapshot_id IS NOT NULL) OR ((epoch = 0) AND (eligible_at IS NOT NULL) AND (etat = ANY (ARRAY['scheduled'::text, 'superseded'::text, 'canceled'::text]))))),
  CONSTRAINT delivery_check CHECK (((etat = 'in_flight'::text) = (lease_until IS NOT NULL))),
  CONSTRAINT delivery_check1 CHECK (((epoch = 0) = (sha256 IS NULL))),
  CONSTRAINT delivery_check2 CHECK (((annulee_par IS NULL) OR (etat = 'canceled'::text))),
  CONSTRAINT delivery_etat_check CHECK ((etat = ANY (ARRAY['scheduled'::text, 'in_flight'::text, 'accepted'::text, 'retry'::text, 'dead'::text, 'held'::text, 'superseded'::text, 'canceled'::text, 'rejected'::text]))),
  CONSTRAINT delivery_id_check CHECK (((id !~ ':'::text) AND (id !~ '^[0-9]+$'::text))),
  CONSTRAINT delivery_partner_fkey FOREIGN KEY (partner) REFERENCES partner(id),
  CONSTRAINT delivery_replay_batch_id_fkey FOREIGN KEY (replay_batch_id) REFERENCES replay_batch(id),
  CONSTRAINT delivery_replay_of_fkey FOREIGN KEY (replay_of) REFERENCES delivery(id),
  CONSTRAINT delivery_retenue_check CHECK ((retenue = ANY (ARRAY['vide'::text, 'operateur'::text, 'garde'::text, 'inconnue'::text]))),
  CONSTRAINT delivery_sha256_check CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text)),
  CONSTRAINT delivery_snapshot_id_fkey FOREIGN KEY (snapshot_id) REFERENCES feed_snapshot(id),
  CONSTRAINT delivery_superseded_by_fkey FOREIGN KEY (superseded_by) REFERENCES delivery(id)
);
CREATE INDEX delivery_created ON delivery USING btree (created_at DESC, id DESC);
CREATE INDEX delivery_due ON delivery USING btree (due_at) WHERE ((etat = ANY (ARRAY['scheduled'::text, 'retry'::text])) AND (snapshot_id IS NOT NULL));
CREATE INDEX delivery_fin ON delivery USING btree (updated_at) INCLUDE (partner, etat, due_at) WHERE (etat = ANY (ARRAY['accepted'::text, 'rejected'::text, 'dead'::text, 'superseded'::text, 'canceled'::text]));
CREATE UNIQUE INDEX delivery_in_flight ON delivery USING btree (partner) WHERE (etat = 'in_flight'::text);
CREATE INDEX delivery_lease ON delivery USING btree (lease_until) WHERE (etat = 'in_flight'::text);
CREATE INDEX delivery_partner ON delivery USING btree (partner, created_at DESC);
CREATE INDEX delivery_partner_snapshot ON delivery USING btree (partner, snapshot_id DESC);
CREATE INDEX delivery_replay_of ON delivery USING btree (replay_of) WHERE (replay_of IS NOT NULL);
CREATE INDEX delivery_snapshot ON delivery USING btree (snapshot_id);
CREATE INDEX delivery_superseded_by ON delivery USING btree (superseded_by) WHERE (superseded_by IS NOT NULL);
CREATE UNIQUE INDEX delivery_waiting ON delivery USING btree (partner) WHERE (etat = ANY (ARRAY['scheduled'::text, 'retry'::text, 'held'::text]));

CREATE TABLE edition (
  id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  etat text NOT NULL,
  horloge timestamp with time zone NOT NULL,
  profils text[] NOT NULL,
  started_at timestamp with time zone NOT NULL DEFAULT horloge(),
  finished_at timestamp with time zone,
  bilan jsonb NOT NULL DEFAULT '{}'::jsonb,
  erreur text,
  CONSTRAINT edition_pkey PRIMARY KEY (id),
  CONSTRAINT edition_etat_check CHECK ((etat = ANY (ARRAY['en_cours'::text, 'faite'::text, 'echouee'::text])))
);

CREATE TABLE edition_notice (
  edition_id bigint NOT NULL,
  rang integer NOT NULL,
  code text NOT NULL,
  severity text NOT NULL,
  path text NOT NULL,
  value text NOT NULL,
  message text NOT NULL,
  action text COLLATE "C",
  session text COLLATE "C",
  organisme text COLLATE "C",
  partners text[] NOT NULL DEFAULT '{}'::text[],
  CONSTRAINT edition_notice_pkey PRIMARY KEY (edition_id, rang),
  CONSTRAINT edition_notice_edition_id_fkey FOREIGN KEY (edition_id) REFERENCES edition(id),
  CONSTRAINT edition_notice_severity_check CHECK ((severity = ANY (ARRAY['bloquant'::text, 'avertissement'::text, 'information'::text])))
);
CREATE INDEX edition_notice_action ON edition_notice USING btree (action, edition_id) WHERE (action IS NOT NULL);
CREATE INDEX edition_notice_session ON edition_notice USING btree (session, edition_id) WHERE (session IS NOT NULL);

CREATE TABLE feed_presence (
  profil text NOT NULL,
  session text COLLATE "C" NOT NULL,
  action text COLLATE "C" NOT NULL,
  session_version integer NOT NULL,
  action_version integer NOT NULL,
  organisme_version integer NOT NULL,
  fragment_sha256 text NOT NULL,
  retenue boolean NOT NULL DEFAULT false,
  from_snapshot bigint NOT NULL,
  to_snapshot bigint,
  motif_sortie text,
  CONSTRAINT feed_presence_pkey PRIMARY KEY (profil, session, from_snapshot),
  CONSTRAINT feed_presence_check CHECK (((to_snapshot IS NULL) = (motif_sortie IS NULL))),
  CONSTRAINT feed_presence_from_snapshot_fkey FOREIGN KEY (from_snapshot) REFERENCES feed_snapshot(id),
  CONSTRAINT feed_presence_to_snapshot_fkey FOREIGN KEY (to_snapshot) REFERENCES feed_snapshot(id)
);
CREATE INDEX feed_presence_action ON feed_presence USING btree (profil, action);
CREATE INDEX feed_presence_from ON feed_presence USING btree (from_snapshot);
CREATE UNIQUE INDEX feed_presence_open ON feed_presence USING btree (profil, session) WHERE (to_snapshot IS NULL);
CREATE INDEX feed_presence_to ON feed_presence USING btree (to_snapshot) WHERE (to_snapshot IS NOT NULL);

CREATE TABLE feed_retenue (
  id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  profil text NOT NULL,
  etat text NOT NULL DEFAULT 'retenue'::text,
  edition_id bigint NOT NULL,
  jugee_edition_id bigint NOT NULL,
  raisons jsonb NOT NULL,
  avant integer NOT NULL,
  sans_cause integer NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT horloge(),
  ended_at timestamp with time zone,
  acteur text,
  motif text,
  appliquee_edition_id bigint,
  CONSTRAINT feed_retenue_pkey PRIMARY KEY (id),
  CONSTRAINT feed_retenue_appliquee_edition_id_fkey FOREIGN KEY (appliquee_edition_id) REFERENCES edition(id),
  CONSTRAINT feed_retenue_check CHECK (((etat = 'retenue'::text) = (ended_at IS NULL))),
  CONSTRAINT feed_retenue_check1 CHECK (((etat = ANY (ARRAY['liberee'::text, 'refusee'::text])) = ((acteur IS NOT NULL) AND (motif IS NOT NULL)))),
  CONSTRAINT feed_retenue_check2 CHECK (((appliquee_edition_id IS NULL) OR (etat = 'liberee'::text))),
  CONSTRAINT feed_retenue_edition_id_fkey FOREIGN KEY (edition_id) REFERENCES edition(id),
  CONSTRAINT feed_retenue_etat_check CHECK ((etat = ANY (ARRAY['retenue'::text, 'liberee'::text, 'refusee'::text, 'levee'::text]))),
  CONSTRAINT feed_retenue_jugee_edition_id_fkey FOREIGN KEY (jugee_edition_id) REFERENCES edition(id),
  CONSTRAINT feed_retenue_profil_fkey FOREIGN KEY (profil) REFERENCES profil(id)
);
CREATE INDEX feed_retenue_acceptee ON feed_retenue USING btree (profil) WHERE ((etat = 'liberee'::text) AND (appliquee_edition_id IS NULL));
CREATE UNIQUE INDEX feed_retenue_ouverte ON feed_retenue USING btree (profil) WHERE (etat = 'retenue'::text);
CREATE INDEX feed_retenue_profil ON feed_retenue USING btree (profil, id DESC);

CREATE TABLE feed_retenue_session (
  retenue_id bigint NOT NULL,
  session text COLLATE "C" NOT NULL,
  action text COLLATE "C" NOT NULL,
  organisme text COLLATE "C" NOT NULL,
  cause text NOT NULL,
  CONSTRAINT feed_retenue_session_pkey PRIMARY KEY (retenue_id, session),
  CONSTRAINT feed_retenue_session_retenue_id_fkey FOREIGN KEY (retenue_id) REFERENCES feed_retenue(id) ON DELETE CASCADE
);

CREATE TABLE feed_snapshot (
  id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  profil text NOT NULL,
  edition_id bigint NOT NULL,
  previous_id bigint,
  sha256 text,
  sha256_gz text,
  octets bigint NOT NULL,
  octets_gz bigint NOT NULL,
  contenu_sha256 text NOT NULL,
  formations integer NOT NULL,
  actions integer NOT NULL,
  sessions integer NOT NULL,
  formations_ecartees integer NOT NULL,
  sessions_ecartees integer NOT NULL,
  completees_par_defaut jsonb NOT NULL,
  watermark timestamp with time zone NOT NULL,
  xsd_version text NOT NULL,
  regles_version text NOT NULL,
  created_at timestamp with time zone NOT NULL,
  purged_at timestamp with time zone,
  CONSTRAINT feed_snapshot_pkey PRIMARY KEY (id),
  CONSTRAINT feed_snapshot_check CHECK (((sha256 IS NULL) = (formations = 0))),
  CONSTRAINT feed_snapshot_edition_id_fkey FOREIGN KEY (edition_id) REFERENCES edition(id),
  CONSTRAINT feed_snapshot_previous_id_fkey FOREIGN KEY (previous_id) REFERENCES feed_snapshot(id),
  CONSTRAINT feed_snapshot_profil_fkey FOREIGN KEY (profil) REFERENCES profil(id),
  CONSTRAINT feed_snapshot_sha256_check CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text)),
  CONSTRAINT feed_snapshot_sha256_gz_check CHECK ((sha256_gz ~ '^[0-9a-f]{64}$'::text))
);
CREATE INDEX feed_snapshot_current ON feed_snapshot USING btree (profil, id DESC);
CREATE INDEX feed_snapshot_fichier ON feed_snapshot USING btree (profil, id) WHERE ((sha256 IS NOT NULL) AND (purged_at IS NULL));
CREATE INDEX feed_snapshot_sha256 ON feed_snapshot USING btree (sha256);

CREATE TABLE formacode (
  code text COLLATE "C" NOT NULL,
  libelle text NOT NULL,
  mots tsvector NOT NULL GENERATED ALWAYS AS (mots_cherches(libelle)) STORED,
  CONSTRAINT formacode_pkey PRIMARY KEY (code),
  CONSTRAINT formacode_code_check CHECK ((code ~ '^[1-9][0-9]{4}$'::text)),
  CONSTRAINT formacode_libelle_check CHECK ((libelle <> ''::text))
);
CREATE INDEX formacode_mots ON formacode USING gin (mots);

CREATE TABLE formateur_connu (
  structure text COLLATE "C" NOT NULL,
  siret text COLLATE "C" NOT NULL,
  raison_sociale text NOT NULL,
  uai text,
  CONSTRAINT formateur_connu_pkey PRIMARY KEY (structure, siret),
  CONSTRAINT formateur_connu_structure_fkey FOREIGN KEY (structure) REFERENCES structure(numero) ON DELETE CASCADE
);
CREATE INDEX formateur_connu_nom ON formateur_connu USING gin (mots_cherches(raison_sociale));

CREATE TABLE invitation (
  jeton_sha256 text NOT NULL,
  role text NOT NULL,
  expire_at timestamp with time zone NOT NULL,
  used_at timestamp with time zone,
  compte_id bigint,
  CONSTRAINT invitation_pkey PRIMARY KEY (jeton_sha256),
  CONSTRAINT invitation_compte_id_fkey FOREIGN KEY (compte_id) REFERENCES compte(id) ON DELETE CASCADE,
  CONSTRAINT invitation_jeton_sha256_check CHECK ((jeton_sha256 ~ '^[0-9a-f]{64}$'::text))
);
CREATE INDEX invitation_compte ON invitation USING btree (compte_id);

CREATE TABLE outbox (
  id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  sujet text NOT NULL,
  charge jsonb NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT horloge(),
  done_at timestamp with time zone,
  CONSTRAINT outbox_pkey PRIMARY KEY (id)
);
CREATE INDEX outbox_done ON outbox USING btree (done_at) WHERE (done_at IS NOT NULL);
CREATE INDEX outbox_todo ON outbox USING btree (id) WHERE (done_at IS NULL);

CREATE TABLE partner (
  id text NOT NULL,
  nom text NOT NULL,
  profil text NOT NULL,
  transport jsonb NOT NULL,
  etat text NOT NULL DEFAULT 'actif'::text,
  etat_motif text,
  interne boolean NOT NULL DEFAULT false,
  demo boolean NOT NULL DEFAULT false,
  created_at timestamp with time zone NOT NULL DEFAULT horloge(),
  limites jsonb NOT NULL DEFAULT '{}'::jsonb,
  sur_inconnue text NOT NULL DEFAULT 'renvoyer'::text,
  echecs_suite integer NOT NULL DEFAULT 0,
  ouvert_jusqua timestamp with time zone,
  CONSTRAINT partner_pkey PRIMARY KEY (id),
  CONSTRAINT partner_etat_check CHECK ((etat = ANY (ARRAY['actif'::text, 'en_pause'::text, 'desactive'::text]))),
  CONSTRAINT partner_id_check CHECK ((id ~ '^[a-z][a-z0-9-]*$'::text)),
  CONSTRAINT partner_profil_fkey FOREIGN KEY (profil) REFERENCES profil(id),
  CONSTRAINT partner_sur_inconnue_check CHECK ((sur_inconnue = ANY (ARRAY['renvoyer'::text, 'retenir'::text])))
);
CREATE INDEX partner_profil ON partner USING btree (profil);

CREATE TABLE partner_accuse (
  partner text NOT NULL,
  etape text NOT NULL,
  definition jsonb NOT NULL,
  CONSTRAINT partner_accuse_pkey PRIMARY KEY (partner, etape),
  CONSTRAINT partner_accuse_etape_check CHECK ((etape = ANY (ARRAY['reception'::text, 'traitement'::text]))),
  CONSTRAINT partner_accuse_partner_fkey FOREIGN KEY (partner) REFERENCES partner(id) ON DELETE CASCADE
);

CREATE TABLE partner_key (
  id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  partner text NOT NULL,
  nom text NOT NULL,
  cle_sha256 text NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT horloge(),
  last_used_at timestamp with time zone,
  revoked_at timestamp with time zone,
  debut text,
  expire_at timestamp with time zone,
  CONSTRAINT partner_key_pkey PRIMARY KEY (id),
  CONSTRAINT partner_key_cle_sha256_check CHECK ((cle_sha256 ~ '^[0-9a-f]{64}$'::text)),
  CONSTRAINT partner_key_cle_sha256_key UNIQUE (cle_sha256),
  CONSTRAINT partner_key_partner_fkey FOREIGN KEY (partner) REFERENCES partner(id)
);
CREATE INDEX partner_key_partner ON partner_key USING btree (partner);

CREATE TABLE partner_secret (
  partner text NOT NULL,
  nom text NOT NULL,
  cle_id text NOT NULL,
  chiffre bytea NOT NULL,
  updated_at timestamp with time zone NOT NULL DEFAULT horloge(),
  CONSTRAINT partner_secret_pkey PRIMARY KEY (partner, nom),
  CONSTRAINT partner_secret_chiffre_check CHECK ((octet_length(chiffre) >= 28)),
  CONSTRAINT partner_secret_nom_check CHECK ((nom ~ '^[a-z][a-z0-9_.-]*$'::text)),
  CONSTRAINT partner_secret_partner_fkey FOREIGN KEY (partner) REFERENCES partner(id)
);

CREATE TABLE profil (
  id text NOT NULL,
  nom text NOT NULL,
  definition jsonb NOT NULL,
  CONSTRAINT profil_pkey PRIMARY KEY (id),
  CONSTRAINT profil_id_check CHECK ((id ~ '^[a-z][a-z0-9-]*$'::text))
);

CREATE TABLE published_action (
  numero text COLLATE "C" NOT NULL,
  version integer NOT NULL,
  organisme text COLLATE "C" NOT NULL GENERATED ALWAYS AS ((contenu ->> 'organisme'::text)) STORED,
  contenu jsonb NOT NULL,
  contenu_sha256 text NOT NULL,
  origine text NOT NULL,
  premiere_mise_en_ligne_at timestamp with time zone NOT NULL,
  mis_en_ligne_at timestamp with time zone NOT NULL,
  retired_at timestamp with time zone,
  retired_reason text,
  retired_note text,
  purged_at timestamp with time zone,
  CONSTRAINT published_action_pkey PRIMARY KEY (numero, version),
  CONSTRAINT published_action_check CHECK (((retired_at IS NULL) = (retired_reason IS NULL))),
  CONSTRAINT published_action_check1 CHECK (((purged_at IS NULL) OR (retired_at IS NOT NULL))),
  CONSTRAINT published_action_numero_check CHECK (((numero <> ''::text) AND (numero !~ '[|[:cntrl:]]'::text) AND (numero !~~ '%##%'::text))),
  CONSTRAINT published_action_version_check CHECK ((version > 0))
);
CREATE INDEX published_action_certifications ON published_action USING gin (cles_certifications(contenu) COLLATE "C") WHERE ((retired_at IS NULL) AND ((contenu -> 'certifications'::text) <> '[]'::jsonb));
CREATE INDEX published_action_certifiee ON published_action USING btree (mis_en_ligne_at) WHERE ((contenu -> 'certifications'::text) <> '[]'::jsonb);
CREATE INDEX published_action_demo ON published_action USING btree (numero) WHERE ((origine = 'demo'::text) AND (retired_at IS NULL));
CREATE INDEX published_action_intitule ON published_action USING gin (mots_cherches((contenu ->> 'intitule'::text))) WHERE (retired_at IS NULL);
CREATE INDEX published_action_lheo ON published_action USING btree (((contenu ->> 'numero_lheo'::text)) COLLATE "C") WHERE ((contenu ->> 'numero_lheo'::text) IS NOT NULL);
CREATE INDEX published_action_live ON published_action USING btree (numero, version) INCLUDE (mis_en_ligne_at) WHERE (retired_at IS NULL);
CREATE INDEX published_action_mise_en_ligne ON published_action USING btree (mis_en_ligne_at) WHERE (retired_at IS NULL);
CREATE INDEX published_action_organisme ON published_action USING btree (organisme);
CREATE INDEX published_action_purge ON published_action USING btree (retired_at) WHERE ((retired_at IS NOT NULL) AND (purged_at IS NULL));
CREATE INDEX published_action_retrait ON published_action USING btree (retired_at) WHERE (retired_at IS NOT NULL);
CREATE TRIGGER published_action_immutable BEFORE DELETE OR UPDATE ON published_action FOR EACH ROW EXECUTE FUNCTION published_immutable();

CREATE TABLE published_certification (
  numero text COLLATE "C" NOT NULL,
  version integer NOT NULL,
  contenu jsonb NOT NULL,
  contenu_sha256 text NOT NULL,
  origine text NOT NULL,
  premiere_mise_en_ligne_at timestamp with time zone NOT NULL,
  mis_en_ligne_at timestamp with time zone NOT NULL,
  retired_at timestamp with time zone,
  retired_reason text,
  retired_note text,
  purged_at timestamp with time zone,
  CONSTRAINT published_certification_pkey PRIMARY KEY (numero, version),
  CONSTRAINT published_certification_check CHECK (((retired_at IS NULL) = (retired_reason IS NULL))),
  CONSTRAINT published_certification_check1 CHECK (((purged_at IS NULL) OR (retired_at IS NOT NULL))),
  CONSTRAINT published_certification_numero_check CHECK (((numero <> ''::text) AND (numero !~ '[|[:cntrl:]]'::text) AND (numero !~~ '%##%'::text))),
  CONSTRAINT published_certification_version_check CHECK ((version > 0))
);
CREATE INDEX published_certification_certifinfo ON published_certification USING btree (((contenu ->> 'code_certifinfo'::text)) COLLATE "C") WHERE ((retired_at IS NULL) AND ((contenu ->> 'code_certifinfo'::text) IS NOT NULL));
CREATE INDEX published_certification_debut ON published_certification USING btree (((contenu ->> 'debut_validite'::text))) WHERE (retired_at IS NULL);
CREATE INDEX published_certification_fin ON published_certification USING btree (((contenu ->> 'fin_validite'::text))) WHERE (retired_at IS NULL);
CREATE INDEX published_certification_live ON published_certification USING btree (numero, version) INCLUDE (mis_en_ligne_at) WHERE (retired_at IS NULL);
CREATE INDEX published_certification_mise_en_ligne ON published_certification USING btree (mis_en_ligne_at) WHERE (retired_at IS NULL);
CREATE INDEX published_certification_mots ON published_certification USING gin (mots_cherches((contenu ->> 'intitule'::text))) WHERE (retired_at IS NULL);
CREATE INDEX published_certification_retrait ON published_certification USING btree (retired_at) WHERE (retired_at IS NOT NULL);
CREATE TRIGGER published_certification_immutable BEFORE DELETE OR UPDATE ON published_certification FOR EACH ROW EXECUTE FUNCTION published_immutable();

CREATE TABLE published_habilitation (
  numero text COLLATE "C" NOT NULL,
  version integer NOT NULL,
  organisme text COLLATE "C" NOT NULL GENERATED ALWAYS AS ((contenu ->> 'organisme'::text)) STORED,
  certification text COLLATE "C" NOT NULL GENERATED ALWAYS AS ((contenu ->> 'certification'::text)) STORED,
  contenu jsonb NOT NULL,
  contenu_sha256 text NOT NULL,
  origine text NOT NULL,
  premiere_mise_en_ligne_at timestamp with time zone NOT NULL,
  mis_en_ligne_at timestamp with time zone NOT NULL,
  retired_at timestamp with time zone,
  retired_reason text,
  retired_note text,
  purged_at timestamp with time zone,
  CONSTRAINT published_habilitation_pkey PRIMARY KEY (numero, version),
  CONSTRAINT published_habilitation_check CHECK (((retired_at IS NULL) = (retired_reason IS NULL))),
  CONSTRAINT published_habilitation_check1 CHECK (((purged_at IS NULL) OR (retired_at IS NOT NULL))),
  CONSTRAINT published_habilitation_version_check CHECK ((version > 0))
);
CREATE INDEX published_habilitation_certification ON published_habilitation USING btree (certification) WHERE (retired_at IS NULL);
CREATE INDEX published_habilitation_couple ON published_habilitation USING btree (organisme, certification);
CREATE INDEX published_habilitation_debut ON published_habilitation USING btree (((contenu ->> 'debut'::text))) WHERE (retired_at IS NULL);
CREATE INDEX published_habilitation_fin ON published_habilitation USING btree (((contenu ->> 'fin'::text))) WHERE (retired_at IS NULL);
CREATE INDEX published_habilitation_live ON published_habilitation USING btree (numero, version) INCLUDE (mis_en_ligne_at) WHERE (retired_at IS NULL);
CREATE INDEX published_habilitation_mise_en_ligne ON published_habilitation USING btree (mis_en_ligne_at) WHERE (retired_at IS NULL);
CREATE INDEX published_habilitation_retrait ON published_habilitation USING btree (retired_at) WHERE (retired_at IS NOT NULL);
CREATE TRIGGER published_habilitation_immutable BEFORE DELETE OR UPDATE ON published_habilitation FOR EACH ROW EXECUTE FUNCTION published_immutable();

CREATE TABLE published_organisme (
  numero text COLLATE "C" NOT NULL,
  version integer NOT NULL,
  contenu jsonb NOT NULL,
  contenu_sha256 text NOT NULL,
  origine text NOT NULL,
  premiere_mise_en_ligne_at timestamp with time zone NOT NULL,
  mis_en_ligne_at timestamp with time zone NOT NULL,
  retired_at timestamp with time zone,
  retired_reason text,
  retired_note text,
  purged_at timestamp with time zone,
  CONSTRAINT published_organisme_pkey PRIMARY KEY (numero, version),
  CONSTRAINT published_organisme_check CHECK (((retired_at IS NULL) = (retired_reason IS NULL))),
  CONSTRAINT published_organisme_check1 CHECK (((purged_at IS NULL) OR (retired_at IS NOT NULL))),
  CONSTRAINT published_organisme_numero_check CHECK (((numero <> ''::text) AND (numero !~ '[|[:cntrl:]]'::text) AND (numero !~~ '%##%'::text))),
  CONSTRAINT published_organisme_version_check CHECK ((version > 0))
);
CREATE INDEX published_organisme_activite ON published_organisme USING btree (((contenu ->> 'numero_activite'::text)) COLLATE "C");
CREATE INDEX published_organisme_live ON published_organisme USING btree (numero, version) INCLUDE (mis_en_ligne_at) WHERE (retired_at IS NULL);
CREATE INDEX published_organisme_mise_en_ligne ON published_organisme USING btree (mis_en_ligne_at) WHERE (retired_at IS NULL);
CREATE INDEX published_organisme_nom ON published_organisme USING gin (mots_cherches((((contenu ->> 'nom'::text) || ' '::text) || (contenu ->> 'raison_sociale'::text)))) WHERE (retired_at IS NULL);
CREATE INDEX published_organisme_purge ON published_organisme USING btree (retired_at) WHERE ((retired_at IS NOT NULL) AND (purged_at IS NULL));
CREATE INDEX published_organisme_retrait ON published_organisme USING btree (retired_at) WHERE (retired_at IS NOT NULL);
CREATE INDEX published_organisme_siret ON published_organisme USING btree (((contenu ->> 'siret'::text)) COLLATE "C");
CREATE TRIGGER published_organisme_immutable BEFORE DELETE OR UPDATE ON published_organisme FOR EACH ROW EXECUTE FUNCTION published_immutable();

CREATE TABLE published_session (
  numero text COLLATE "C" NOT NULL,
  version integer NOT NULL,
  action text COLLATE "C" NOT NULL GENERATED ALWAYS AS ((contenu ->> 'action'::text)) STORED,
  fin text COLLATE "C" GENERATED ALWAYS AS ((contenu ->> 'fin'::text)) STORED,
  contenu jsonb NOT NULL,
  contenu_sha256 text NOT NULL,
  origine text NOT NULL,
  premiere_mise_en_ligne_at timestamp with time zone NOT NULL,
  mis_en_ligne_at timestamp with time zone NOT NULL,
  retired_at timestamp with time zone,
  retired_reason text,
  retired_note text,
  purged_at timestamp with time zone,
  CONSTRAINT published_session_pkey PRIMARY KEY (numero, version),
  CONSTRAINT published_session_check CHECK (((retired_at IS NULL) = (retired_reason IS NULL))),
  CONSTRAINT published_session_check1 CHECK (((purged_at IS NULL) OR (retired_at IS NOT NULL))),
  CONSTRAINT published_session_numero_check CHECK (((numero <> ''::text) AND (numero !~ '[|[:cntrl:]]'::text) AND (numero !~~ '%##%'::text))),
  CONSTRAINT published_session_version_check CHECK ((version > 0))
);
CREATE INDEX published_session_action ON published_session USING btree (action, numero, version) WHERE (retired_at IS NULL);
CREATE INDEX published_session_action_lheo ON published_session USING btree (((contenu ->> 'numero_action_lheo'::text)) COLLATE "C") WHERE ((contenu ->> 'numero_action_lheo'::text) IS NOT NULL);
CREATE INDEX published_session_fin ON published_session USING btree (fin) WHERE (retired_at IS NULL);
CREATE INDEX published_session_lheo ON published_session USING btree (((contenu ->> 'numero_lheo'::text)) COLLATE "C") WHERE ((contenu ->> 'numero_lheo'::text) IS NOT NULL);
CREATE INDEX published_session_live ON published_session USING btree (numero, version) INCLUDE (mis_en_ligne_at) WHERE (retired_at IS NULL);
CREATE INDEX published_session_mise_en_ligne ON published_session USING btree (mis_en_ligne_at) WHERE (retired_at IS NULL);
CREATE INDEX published_session_purge ON published_session USING btree (retired_at) WHERE ((retired_at IS NOT NULL) AND (purged_at IS NULL));
CREATE INDEX published_session_retrait ON published_session USING btree (retired_at) WHERE (retired_at IS NOT NULL);
CREATE TRIGGER published_session_immutable BEFORE DELETE OR UPDATE ON published_session FOR EACH ROW EXECUTE FUNCTION published_immutable();

CREATE TABLE pull (
  id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  at timestamp with time zone NOT NULL DEFAULT horloge(),
  profil text NOT NULL,
  partner text,
  snapshot_id bigint,
  statut integer NOT NULL,
  octets bigint NOT NULL,
  entier boolean NOT NULL,
  quoi text NOT NULL DEFAULT 'fichier'::text,
  nombre integer NOT NULL DEFAULT 1,
  CONSTRAINT pull_pkey PRIMARY KEY (id),
  CONSTRAINT pull_nombre_check CHECK ((nombre > 0)),
  CONSTRAINT pull_partner_fkey FOREIGN KEY (partner) REFERENCES partner(id),
  CONSTRAINT pull_profil_fkey FOREIGN KEY (profil) REFERENCES profil(id),
  CONSTRAINT pull_quoi_check CHECK ((quoi = ANY (ARRAY['fichier'::text, 'index'::text, 'changements'::text, 'formation'::text]))),
  CONSTRAINT pull_snapshot_id_fkey FOREIGN KEY (snapshot_id) REFERENCES feed_snapshot(id)
);
CREATE INDEX pull_at ON pull USING btree (at);
CREATE INDEX pull_partner ON pull USING btree (partner, at DESC) WHERE (partner IS NOT NULL);
CREATE INDEX pull_profil ON pull USING btree (profil, at DESC);

CREATE TABLE rattachement (
  id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  compte_id bigint NOT NULL,
  structure text COLLATE "C" NOT NULL,
  profil text NOT NULL,
  referent boolean NOT NULL DEFAULT false,
  etat text NOT NULL,
  demande_at timestamp with time zone NOT NULL DEFAULT horloge(),
  decide_at timestamp with time zone,
  decide_par text,
  motif text,
  CONSTRAINT rattachement_pkey PRIMARY KEY (id),
  CONSTRAINT rattachement_compte_id_fkey FOREIGN KEY (compte_id) REFERENCES compte(id) ON DELETE CASCADE,
  CONSTRAINT rattachement_etat_check CHECK ((etat = ANY (ARRAY['demande'::text, 'actif'::text, 'refuse'::text, 'retire'::text]))),
  CONSTRAINT rattachement_profil_check CHECK ((profil = ANY (ARRAY['catalogue'::text, 'preinscription'::text, 'general'::text, 'financeur'::text, 'controleur'::text]))),
  CONSTRAINT rattachement_structure_fkey FOREIGN KEY (structure) REFERENCES structure(numero)
);
CREATE UNIQUE INDEX rattachement_ouvert ON rattachement USING btree (compte_id, structure, profil) WHERE (etat = ANY (ARRAY['demande'::text, 'actif'::text]));
CREATE INDEX rattachement_structure ON rattachement USING btree (structure, etat);

CREATE TABLE receipt (
  id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  delivery_id text,
  etape text NOT NULL,
  issue text NOT NULL,
  received_at timestamp with time zone NOT NULL DEFAULT horloge(),
  detail jsonb NOT NULL DEFAULT '{}'::jsonb,
  partner text NOT NULL,
  source text NOT NULL DEFAULT 'reponse'::text,
  nom text,
  sha256 text,
  octets bigint,
  lignes integer NOT NULL DEFAULT 0,
  acquittees integer NOT NULL DEFAULT 0,
  visibles integer NOT NULL DEFAULT 0,
  refusees integer NOT NULL DEFAULT 0,
  illisibles integer NOT NULL DEFAULT 0,
  inconnues integer NOT NULL DEFAULT 0,
  reste text,
  CONSTRAINT receipt_pkey PRIMARY KEY (id),
  CONSTRAINT receipt_comptes CHECK ((lignes = ((((acquittees + visibles) + refusees) + illisibles) + inconnues))),
  CONSTRAINT receipt_delivery_id_fkey FOREIGN KEY (delivery_id) REFERENCES delivery(id),
  CONSTRAINT receipt_etape_check CHECK ((etape = ANY (ARRAY['reception'::text, 'traitement'::text]))),
  CONSTRAINT receipt_partner_fkey FOREIGN KEY (partner) REFERENCES partner(id),
  CONSTRAINT receipt_reste_check CHECK ((reste = ANY (ARRAY['acquittee'::text, 'visible'::text]))),
  CONSTRAINT receipt_sha256_check CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text)),
  CONSTRAINT receipt_source_check CHECK ((source = ANY (ARRAY['reponse'::text, 'sftp'::text, 'https'::text, 'dossier'::text, 'depose'::text])))
);
CREATE INDEX receipt_delivery ON receipt USING btree (delivery_id);
CREATE INDEX receipt_partner ON receipt USING btree (partner, id DESC);
CREATE UNIQUE INDEX receipt_sha256 ON receipt USING btree (partner, sha256) WHERE (sha256 IS NOT NULL);

CREATE TABLE receipt_fichier (
  receipt_id bigint NOT NULL,
  contenu bytea NOT NULL,
  coupe boolean NOT NULL,
  CONSTRAINT receipt_fichier_pkey PRIMARY KEY (receipt_id),
  CONSTRAINT receipt_fichier_receipt_id_fkey FOREIGN KEY (receipt_id) REFERENCES receipt(id) ON DELETE CASCADE
);

CREATE TABLE receipt_line (
  receipt_id bigint NOT NULL,
  rang integer NOT NULL,
  ecrit text NOT NULL,
  session text COLLATE "C",
  statut text NOT NULL,
  mot text NOT NULL,
  code text NOT NULL,
  message text NOT NULL,
  CONSTRAINT receipt_line_pkey PRIMARY KEY (receipt_id, rang),
  CONSTRAINT receipt_line_receipt_id_fkey FOREIGN KEY (receipt_id) REFERENCES receipt(id) ON DELETE CASCADE,
  CONSTRAINT receipt_line_statut_check CHECK ((statut = ANY (ARRAY['acquittee'::text, 'visible'::text, 'refusee'::text, 'illisible'::text, 'inconnue_de_nous'::text])))
);
CREATE INDEX receipt_line_refusee ON receipt_line USING btree (receipt_id) WHERE (statut = 'refusee'::text);
CREATE INDEX receipt_line_session ON receipt_line USING btree (session, receipt_id) WHERE (session IS NOT NULL);

CREATE TABLE receipt_vu (
  partner text NOT NULL,
  nom text NOT NULL,
  octets bigint NOT NULL,
  modifie_le timestamp with time zone NOT NULL,
  CONSTRAINT receipt_vu_pkey PRIMARY KEY (partner, nom, octets, modifie_le),
  CONSTRAINT receipt_vu_partner_fkey FOREIGN KEY (partner) REFERENCES partner(id) ON DELETE CASCADE
);

CREATE TABLE replay_batch (
  id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  etat text NOT NULL DEFAULT 'apercu'::text,
  jeton text NOT NULL,
  expire_at timestamp with time zone NOT NULL,
  filtre jsonb NOT NULL,
  empreinte text NOT NULL,
  diffusions integer NOT NULL,
  envois integer NOT NULL,
  acteur text NOT NULL,
  motif text,
  valideur text,
  created_at timestamp with time zone NOT NULL DEFAULT horloge(),
  confirmed_at timestamp with time zone,
  finished_at timestamp with time zone,
  CONSTRAINT replay_batch_pkey PRIMARY KEY (id),
  CONSTRAINT replay_batch_check CHECK ((valideur <> acteur)),
  CONSTRAINT replay_batch_etat_check CHECK ((etat = ANY (ARRAY['apercu'::text, 'a_valider'::text, 'en_cours'::text, 'fini'::text, 'abandonne'::text]))),
  CONSTRAINT replay_batch_jeton_key UNIQUE (jeton)
);
CREATE INDEX replay_batch_apercu ON replay_batch USING btree (expire_at) WHERE (etat = 'apercu'::text);
CREATE INDEX replay_batch_open ON replay_batch USING btree (id) WHERE (etat = ANY (ARRAY['a_valider'::text, 'en_cours'::text]));

CREATE TABLE replay_item (
  batch_id bigint NOT NULL,
  delivery_id text NOT NULL,
  partner text NOT NULL,
  resultat text,
  rejeu text,
  motif text,
  done_at timestamp with time zone,
  CONSTRAINT replay_item_pkey PRIMARY KEY (batch_id, delivery_id),
  CONSTRAINT replay_item_batch_id_fkey FOREIGN KEY (batch_id) REFERENCES replay_batch(id),
  CONSTRAINT replay_item_check CHECK (((resultat IS NULL) = (done_at IS NULL))),
  CONSTRAINT replay_item_check1 CHECK (((rejeu IS NOT NULL) = ((resultat IS NOT NULL) AND (resultat <> 'refuse'::text)))),
  CONSTRAINT replay_item_delivery_id_fkey FOREIGN KEY (delivery_id) REFERENCES delivery(id),
  CONSTRAINT replay_item_partner_fkey FOREIGN KEY (partner) REFERENCES partner(id),
  CONSTRAINT replay_item_rejeu_fkey FOREIGN KEY (rejeu) REFERENCES delivery(id),
  CONSTRAINT replay_item_resultat_check CHECK ((resultat = ANY (ARRAY['cree'::text, 'rejoint'::text, 'refuse'::text])))
);
CREATE INDEX replay_item_delivery ON replay_item USING btree (delivery_id);
CREATE INDEX replay_item_rejeu ON replay_item USING btree (rejeu) WHERE (rejeu IS NOT NULL);
CREATE INDEX replay_item_todo ON replay_item USING btree (batch_id, partner) WHERE (resultat IS NULL);

CREATE TABLE session_accuse (
  partner text NOT NULL,
  session text COLLATE "C" NOT NULL,
  etat text NOT NULL,
  code text,
  message text,
  delivery_id text NOT NULL,
  receipt_id bigint NOT NULL,
  at timestamp with time zone NOT NULL,
  depuis bigint NOT NULL,
  ordre_at timestamp with time zone NOT NULL,
  ordre_receipt bigint NOT NULL,
  CONSTRAINT session_accuse_pkey PRIMARY KEY (partner, session),
  CONSTRAINT session_accuse_etat_check CHECK ((etat = ANY (ARRAY['acquittee'::text, 'visible'::text, 'refusee'::text]))),
  CONSTRAINT session_accuse_partner_fkey FOREIGN KEY (partner) REFERENCES partner(id) ON DELETE CASCADE
);
CREATE INDEX session_accuse_refusee ON session_accuse USING btree (partner) WHERE (etat = 'refusee'::text);
CREATE INDEX session_accuse_session ON session_accuse USING btree (session);

CREATE TABLE structure (
  numero text COLLATE "C" NOT NULL,
  type text NOT NULL,
  nom text NOT NULL,
  siret text,
  ville text,
  departement text,
  contenu jsonb,
  revision integer NOT NULL DEFAULT 1,
  created_at timestamp with time zone NOT NULL DEFAULT horloge(),
  disabled_at timestamp with time zone,
  CONSTRAINT structure_pkey PRIMARY KEY (numero),
  CONSTRAINT structure_check CHECK (((type = 'organisme'::text) = (contenu IS NOT NULL))),
  CONSTRAINT structure_nom_check CHECK ((nom <> ''::text)),
  CONSTRAINT structure_numero_check CHECK (((numero <> ''::text) AND (numero !~ '[|[:cntrl:]]'::text) AND (numero !~~ '%##%'::text))),
  CONSTRAINT structure_type_check CHECK ((type = ANY (ARRAY['organisme'::text, 'financeur'::text, 'agence'::text])))
);
CREATE INDEX structure_nom ON structure USING gin (mots_cherches(nom));
CREATE INDEX structure_siret ON structure USING btree (siret);
CREATE INDEX structure_siret_octets ON structure USING btree (siret COLLATE "C");

CREATE TABLE structure_demande (
  id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  compte_id bigint NOT NULL,
  nom text NOT NULL,
  siret text NOT NULL,
  ville text NOT NULL,
  message text NOT NULL DEFAULT ''::text,
  etat text NOT NULL DEFAULT 'demande'::text,
  structure text COLLATE "C",
  motif text,
  demande_at timestamp with time zone NOT NULL DEFAULT horloge(),
  decide_at timestamp with time zone,
  decide_par text,
  CONSTRAINT structure_demande_pkey PRIMARY KEY (id),
  CONSTRAINT structure_demande_compte_id_fkey FOREIGN KEY (compte_id) REFERENCES compte(id) ON DELETE CASCADE,
  CONSTRAINT structure_demande_etat_check CHECK ((etat = ANY (ARRAY['demande'::text, 'creee'::text, 'ecartee'::text]))),
  CONSTRAINT structure_demande_nom_check CHECK ((nom <> ''::text)),
  CONSTRAINT structure_demande_structure_fkey FOREIGN KEY (structure) REFERENCES structure(numero)
);
CREATE INDEX structure_demande_attente ON structure_demande USING btree (id) WHERE (etat = 'demande'::text);
CREATE INDEX structure_demande_compte ON structure_demande USING btree (compte_id);

CREATE TABLE structure_key (
  id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  structure text COLLATE "C" NOT NULL,
  nom text NOT NULL,
  cle_sha256 text NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT horloge(),
  last_used_at timestamp with time zone,
  revoked_at timestamp with time zone,
  debut text,
  CONSTRAINT structure_key_pkey PRIMARY KEY (id),
  CONSTRAINT structure_key_cle_sha256_check CHECK ((cle_sha256 ~ '^[0-9a-f]{64}$'::text)),
  CONSTRAINT structure_key_cle_sha256_key UNIQUE (cle_sha256),
  CONSTRAINT structure_key_structure_fkey FOREIGN KEY (structure) REFERENCES structure(numero)
);
CREATE INDEX structure_key_structure ON structure_key USING btree (structure);
