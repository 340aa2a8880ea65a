import type { Knex } from "knex";

/**
 * The contract: immutable versions of what is published. One table per kind, the same shape for all, so one
 * writer, one reader and one trigger serve them. The content is checked against its schema when it is written;
 * the columns beside it are only what SQL has to find or order by. Numbers are compared byte by byte (`COLLATE "C"`),
 * so that pages and feeds have the same order on every server.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- The only clock of the product, to the millisecond as everyone outside SQL reads it. The offset exists in
    -- test databases alone.
    CREATE FUNCTION horloge() RETURNS timestamptz LANGUAGE sql VOLATILE AS $$
      SELECT date_trunc('milliseconds', clock_timestamp()) + CASE WHEN current_database() LIKE 'test\\_%'
        THEN coalesce(nullif(current_setting('offre_info.decalage', true), '')::interval, interval '0')
        ELSE interval '0' END
    $$;

    CREATE FUNCTION published_immutable() RETURNS trigger LANGUAGE plpgsql AS $$
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
    END $$;
  `);
  const parents: Record<string, string> = {
    organisme: "",
    action: `organisme text COLLATE "C" GENERATED ALWAYS AS (contenu->>'organisme') STORED NOT NULL,`,
    session: `action text COLLATE "C" GENERATED ALWAYS AS (contenu->>'action') STORED NOT NULL,
              fin text COLLATE "C" GENERATED ALWAYS AS (contenu->>'fin') STORED,`,
    certification: "",
    habilitation: `organisme text COLLATE "C" GENERATED ALWAYS AS (contenu->>'organisme') STORED NOT NULL,
                   certification text COLLATE "C" GENERATED ALWAYS AS (contenu->>'certification') STORED NOT NULL,`,
  };
  for (const [kind, columns] of Object.entries(parents)) {
    await knex.raw(`
      CREATE TABLE published_${kind} (
        numero text COLLATE "C" NOT NULL CHECK (numero <> '' AND numero !~ '[|[:cntrl:]]' AND numero NOT LIKE '%##%'),
        version integer NOT NULL CHECK (version > 0),
        ${columns}
        contenu jsonb NOT NULL,
        contenu_sha256 text NOT NULL,
        origine text NOT NULL,
        premiere_mise_en_ligne_at timestamptz NOT NULL,
        mis_en_ligne_at timestamptz NOT NULL,
        retired_at timestamptz,
        retired_reason text,
        retired_note text,
        PRIMARY KEY (numero, version),
        CHECK ((retired_at IS NULL) = (retired_reason IS NULL))
      );
      -- What a feed run reads: the versions still published, and what is newer than each.
      CREATE INDEX published_${kind}_live ON published_${kind} (numero, version) INCLUDE (mis_en_ligne_at)
        WHERE retired_at IS NULL;
      CREATE TRIGGER published_${kind}_immutable BEFORE UPDATE OR DELETE ON published_${kind}
        FOR EACH ROW EXECUTE FUNCTION published_immutable();
    `);
  }
  await knex.raw(`
    ALTER TABLE published_habilitation DROP CONSTRAINT published_habilitation_numero_check;
    CREATE INDEX published_session_action ON published_session (action, numero, version)
      WHERE retired_at IS NULL;
    CREATE INDEX published_action_organisme ON published_action (organisme);
    CREATE INDEX published_habilitation_couple ON published_habilitation (organisme, certification);
    CREATE INDEX published_session_fin ON published_session (fin) WHERE retired_at IS NULL;
  `);
}

export async function down(): Promise<void> {
  throw new Error("migrations only go forward: restore a backup instead");
}
