import type { Knex } from "knex";

/** What partners say of what they received: files kept, lines by session, and where each session stands. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- How a partner acknowledges, one row per step: where it says it, and how to read it.
    CREATE TABLE partner_accuse (
      partner text NOT NULL REFERENCES partner ON DELETE CASCADE,
      etape text NOT NULL CHECK (etape IN ('reception', 'traitement')),
      definition jsonb NOT NULL,
      PRIMARY KEY (partner, etape)
    );

    -- Without a delivery: a file that none of ours explains, kept all the same.
    ALTER TABLE receipt ALTER COLUMN delivery_id DROP NOT NULL,
      ADD COLUMN partner text REFERENCES partner,
      ADD COLUMN source text NOT NULL DEFAULT 'reponse'
        CHECK (source IN ('reponse', 'sftp', 'https', 'dossier', 'depose')),
      -- Name, digest and size of the file as it came; an answer has none.
      ADD COLUMN nom text,
      ADD COLUMN sha256 text CHECK (sha256 ~ '^[0-9a-f]{64}$'),
      ADD COLUMN octets bigint,
      ADD COLUMN lignes integer NOT NULL DEFAULT 0,
      ADD COLUMN acquittees integer NOT NULL DEFAULT 0,
      ADD COLUMN visibles integer NOT NULL DEFAULT 0,
      ADD COLUMN refusees integer NOT NULL DEFAULT 0,
      ADD COLUMN illisibles integer NOT NULL DEFAULT 0,
      ADD COLUMN inconnues integer NOT NULL DEFAULT 0,
      -- What the sessions that it does not name are; NULL: it says nothing of them.
      ADD COLUMN reste text CHECK (reste IN ('acquittee', 'visible')),
      ADD CONSTRAINT receipt_comptes CHECK (lignes = acquittees + visibles + refusees + illisibles + inconnues);
    UPDATE receipt r SET partner = d.partner FROM delivery d WHERE d.id = r.delivery_id;
    ALTER TABLE receipt ALTER COLUMN partner SET NOT NULL;
    -- The same file read twice is read once.
    CREATE UNIQUE INDEX receipt_sha256 ON receipt (partner, sha256) WHERE sha256 IS NOT NULL;
    CREATE INDEX receipt_partner ON receipt (partner, id DESC);

    CREATE TABLE receipt_line (
      receipt_id bigint NOT NULL REFERENCES receipt ON DELETE CASCADE,
      -- Line of the file, or rank in its list.
      rang integer NOT NULL,
      -- Number as the partner wrote it, and our session when it is one.
      ecrit text NOT NULL,
      session text COLLATE "C",
      statut text NOT NULL CHECK (statut IN ('acquittee', 'visible', 'refusee', 'illisible', 'inconnue_de_nous')),
      -- The partner's own word for it.
      mot text NOT NULL,
      code text NOT NULL,
      message text NOT NULL,
      PRIMARY KEY (receipt_id, rang)
    );
    CREATE INDEX receipt_line_session ON receipt_line (session, receipt_id) WHERE session IS NOT NULL;
    CREATE INDEX receipt_line_refusee ON receipt_line (receipt_id) WHERE statut = 'refusee';

    -- The file itself, compressed; the beginning of it when it is too large.
    CREATE TABLE receipt_fichier (
      receipt_id bigint PRIMARY KEY REFERENCES receipt ON DELETE CASCADE,
      contenu bytea NOT NULL,
      coupe boolean NOT NULL
    );

    -- Files of a partner's folder that were already read: they are not fetched again.
    CREATE TABLE receipt_vu (
      partner text NOT NULL REFERENCES partner ON DELETE CASCADE,
      nom text NOT NULL,
      octets bigint NOT NULL,
      modifie_le timestamptz NOT NULL,
      PRIMARY KEY (partner, nom, octets, modifie_le)
    );

    -- Where a session stands at a partner's, by the newest that it said. Outlives the receipts, hence no reference.
    CREATE TABLE session_accuse (
      partner text NOT NULL REFERENCES partner ON DELETE CASCADE,
      session text COLLATE "C" NOT NULL,
      etat text NOT NULL CHECK (etat IN ('acquittee', 'visible', 'refusee')),
      code text,
      message text,
      delivery_id text NOT NULL,
      receipt_id bigint NOT NULL,
      at timestamptz NOT NULL,
      -- Snapshot that first showed the session as it was then: tells which content this is about.
      depuis bigint NOT NULL,
      -- Rank of the newest that was said, which may only have confirmed the state.
      ordre_at timestamptz NOT NULL,
      ordre_receipt bigint NOT NULL,
      PRIMARY KEY (partner, session)
    ) WITH (fillfactor = 80);
    CREATE INDEX session_accuse_session ON session_accuse (session);
    CREATE INDEX session_accuse_refusee ON session_accuse (partner) WHERE etat = 'refusee';
  `);
}

export async function down(): Promise<void> {
  throw new Error("migrations only go forward: restore a backup instead");
}
