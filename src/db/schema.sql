-- What the migrations make. Written by `npm run db:dump`: change src/db/migrations, not this file.

CREATE OR REPLACE FUNCTION public.horloge()
 RETURNS timestamp with time zone
 LANGUAGE sql
AS $function$
      SELECT date_trunc('milliseconds', clock_timestamp()) + CASE WHEN current_database() LIKE 'test\_%'
        THEN coalesce(nullif(current_setting('offre_info.decalage', true), '')::interval, interval '0')
        ELSE interval '0' END
    $function$;

CREATE OR REPLACE FUNCTION public.published_immutable()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    BEGIN
      IF TG_OP = 'UPDATE'
         AND OLD.retired_at IS NULL AND NEW.retired_at IS NOT NULL
         AND (NEW.numero, NEW.version, NEW.contenu, NEW.contenu_sha256, NEW.origine,
              NEW.premiere_mise_en_ligne_at, NEW.mis_en_ligne_at)
           = (OLD.numero, OLD.version, OLD.contenu, OLD.contenu_sha256, OLD.origine,
              OLD.premiere_mise_en_ligne_at, OLD.mis_en_ligne_at) THEN
        RETURN NEW;
      END IF;
      RAISE EXCEPTION 'a published version is immutable, only its withdrawal can be recorded (%.% %)',
        TG_TABLE_NAME, OLD.numero, OLD.version USING ERRCODE = 'OI001';
    END $function$;

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

CREATE TABLE delivery (
  id text NOT NULL,
  partner text NOT NULL,
  snapshot_id bigint NOT NULL,
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
  CONSTRAINT delivery_pkey PRIMARY KEY (id),
  CONSTRAINT delivery_check CHECK (((etat = 'in_flight'::text) = (lease_until IS NOT NULL))),
  CONSTRAINT delivery_check1 CHECK (((epoch = 0) = (sha256 IS NULL))),
  CONSTRAINT delivery_etat_check CHECK ((etat = ANY (ARRAY['scheduled'::text, 'in_flight'::text, 'accepted'::text, 'retry'::text, 'dead'::text, 'held'::text, 'superseded'::text, 'canceled'::text, 'rejected'::text]))),
  CONSTRAINT delivery_id_check CHECK (((id !~ ':'::text) AND (id !~ '^[0-9]+$'::text))),
  CONSTRAINT delivery_partner_fkey FOREIGN KEY (partner) REFERENCES partner(id),
  CONSTRAINT delivery_replay_of_fkey FOREIGN KEY (replay_of) REFERENCES delivery(id),
  CONSTRAINT delivery_sha256_check CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text)),
  CONSTRAINT delivery_snapshot_id_fkey FOREIGN KEY (snapshot_id) REFERENCES feed_snapshot(id),
  CONSTRAINT delivery_superseded_by_fkey FOREIGN KEY (superseded_by) REFERENCES delivery(id)
);
CREATE INDEX delivery_due ON delivery USING btree (due_at) WHERE (etat = ANY (ARRAY['scheduled'::text, 'retry'::text]));
CREATE UNIQUE INDEX delivery_in_flight ON delivery USING btree (partner) WHERE (etat = 'in_flight'::text);
CREATE INDEX delivery_lease ON delivery USING btree (lease_until) WHERE (etat = 'in_flight'::text);
CREATE INDEX delivery_partner ON delivery USING btree (partner, created_at DESC);
CREATE INDEX delivery_snapshot ON delivery USING btree (snapshot_id);
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
CREATE INDEX feed_presence_from ON feed_presence USING btree (from_snapshot);
CREATE UNIQUE INDEX feed_presence_open ON feed_presence USING btree (profil, session) WHERE (to_snapshot IS NULL);
CREATE INDEX feed_presence_to ON feed_presence USING btree (to_snapshot) WHERE (to_snapshot IS NOT NULL);

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
  CONSTRAINT feed_snapshot_pkey PRIMARY KEY (id),
  CONSTRAINT feed_snapshot_check CHECK (((sha256 IS NULL) = (formations = 0))),
  CONSTRAINT feed_snapshot_edition_id_fkey FOREIGN KEY (edition_id) REFERENCES edition(id),
  CONSTRAINT feed_snapshot_previous_id_fkey FOREIGN KEY (previous_id) REFERENCES feed_snapshot(id),
  CONSTRAINT feed_snapshot_profil_fkey FOREIGN KEY (profil) REFERENCES profil(id),
  CONSTRAINT feed_snapshot_sha256_check CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text)),
  CONSTRAINT feed_snapshot_sha256_gz_check CHECK ((sha256_gz ~ '^[0-9a-f]{64}$'::text))
);
CREATE INDEX feed_snapshot_current ON feed_snapshot USING btree (profil, id DESC);
CREATE INDEX feed_snapshot_sha256 ON feed_snapshot USING btree (sha256);

CREATE TABLE outbox (
  id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  sujet text NOT NULL,
  charge jsonb NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT horloge(),
  done_at timestamp with time zone,
  CONSTRAINT outbox_pkey PRIMARY KEY (id)
);
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
  CONSTRAINT partner_pkey PRIMARY KEY (id),
  CONSTRAINT partner_etat_check CHECK ((etat = ANY (ARRAY['actif'::text, 'en_pause'::text, 'desactive'::text]))),
  CONSTRAINT partner_id_check CHECK ((id ~ '^[a-z][a-z0-9-]*$'::text)),
  CONSTRAINT partner_profil_fkey FOREIGN KEY (profil) REFERENCES profil(id)
);
CREATE INDEX partner_profil ON partner USING btree (profil);

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
  CONSTRAINT published_action_pkey PRIMARY KEY (numero, version),
  CONSTRAINT published_action_check CHECK (((retired_at IS NULL) = (retired_reason IS NULL))),
  CONSTRAINT published_action_numero_check CHECK (((numero <> ''::text) AND (numero !~ '[|[:cntrl:]]'::text) AND (numero !~~ '%##%'::text))),
  CONSTRAINT published_action_version_check CHECK ((version > 0))
);
CREATE INDEX published_action_live ON published_action USING btree (numero, version) INCLUDE (mis_en_ligne_at) WHERE (retired_at IS NULL);
CREATE INDEX published_action_organisme ON published_action USING btree (organisme);
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
  CONSTRAINT published_certification_pkey PRIMARY KEY (numero, version),
  CONSTRAINT published_certification_check CHECK (((retired_at IS NULL) = (retired_reason IS NULL))),
  CONSTRAINT published_certification_numero_check CHECK (((numero <> ''::text) AND (numero !~ '[|[:cntrl:]]'::text) AND (numero !~~ '%##%'::text))),
  CONSTRAINT published_certification_version_check CHECK ((version > 0))
);
CREATE INDEX published_certification_live ON published_certification USING btree (numero, version) INCLUDE (mis_en_ligne_at) WHERE (retired_at IS NULL);
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
  CONSTRAINT published_habilitation_pkey PRIMARY KEY (numero, version),
  CONSTRAINT published_habilitation_check CHECK (((retired_at IS NULL) = (retired_reason IS NULL))),
  CONSTRAINT published_habilitation_version_check CHECK ((version > 0))
);
CREATE INDEX published_habilitation_couple ON published_habilitation USING btree (organisme, certification);
CREATE INDEX published_habilitation_live ON published_habilitation USING btree (numero, version) INCLUDE (mis_en_ligne_at) WHERE (retired_at IS NULL);
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
  CONSTRAINT published_organisme_pkey PRIMARY KEY (numero, version),
  CONSTRAINT published_organisme_check CHECK (((retired_at IS NULL) = (retired_reason IS NULL))),
  CONSTRAINT published_organisme_numero_check CHECK (((numero <> ''::text) AND (numero !~ '[|[:cntrl:]]'::text) AND (numero !~~ '%##%'::text))),
  CONSTRAINT published_organisme_version_check CHECK ((version > 0))
);
CREATE INDEX published_organisme_live ON published_organisme USING btree (numero, version) INCLUDE (mis_en_ligne_at) WHERE (retired_at IS NULL);
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
  CONSTRAINT published_session_pkey PRIMARY KEY (numero, version),
  CONSTRAINT published_session_check CHECK (((retired_at IS NULL) = (retired_reason IS NULL))),
  CONSTRAINT published_session_numero_check CHECK (((numero <> ''::text) AND (numero !~ '[|[:cntrl:]]'::text) AND (numero !~~ '%##%'::text))),
  CONSTRAINT published_session_version_check CHECK ((version > 0))
);
CREATE INDEX published_session_action ON published_session USING btree (action, numero, version) WHERE (retired_at IS NULL);
CREATE INDEX published_session_fin ON published_session USING btree (fin) WHERE (retired_at IS NULL);
CREATE INDEX published_session_live ON published_session USING btree (numero, version) INCLUDE (mis_en_ligne_at) WHERE (retired_at IS NULL);
CREATE TRIGGER published_session_immutable BEFORE DELETE OR UPDATE ON published_session FOR EACH ROW EXECUTE FUNCTION published_immutable();

CREATE TABLE receipt (
  id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  delivery_id text NOT NULL,
  etape text NOT NULL,
  issue text NOT NULL,
  received_at timestamp with time zone NOT NULL DEFAULT horloge(),
  detail jsonb NOT NULL DEFAULT '{}'::jsonb,
  CONSTRAINT receipt_pkey PRIMARY KEY (id),
  CONSTRAINT receipt_delivery_id_fkey FOREIGN KEY (delivery_id) REFERENCES delivery(id),
  CONSTRAINT receipt_etape_check CHECK ((etape = ANY (ARRAY['reception'::text, 'traitement'::text])))
);
CREATE INDEX receipt_delivery ON receipt USING btree (delivery_id);
