import type { Knex } from "knex";

/** One session as an édition read it, for one output. */
export interface PresenceRow {
  /** Rank of the output in the run; several profiles may share it. */
  readonly sortie: number;
  readonly session: string;
  readonly action: string;
  readonly sessionVersion: number;
  readonly actionVersion: number;
  readonly organismeVersion: number;
  /** Of what the consumer reads for it; empty when it is not in the feed. */
  readonly fragmentSha256: string;
  readonly retenue: boolean;
  /** Why it is not in the feed, coded; null when it is. */
  readonly motif: string | null;
}

/** Where the rows of a run wait for the end: a temporary table, gone with its connection. */
export const LECTURE = {
  table: "edition_lecture",
  columns: [
    "sortie",
    "session",
    "action",
    "session_version",
    "action_version",
    "organisme_version",
    "fragment_sha256",
    "retenue",
    "motif",
  ],
  create: `CREATE TEMP TABLE edition_lecture (
    sortie smallint NOT NULL,
    session text NOT NULL,
    action text NOT NULL,
    session_version integer NOT NULL,
    action_version integer NOT NULL,
    organisme_version integer NOT NULL,
    fragment_sha256 text NOT NULL,
    retenue boolean NOT NULL,
    motif text
  )`,
  row: (row: PresenceRow) => [
    row.sortie,
    row.session,
    row.action,
    row.sessionVersion,
    row.actionVersion,
    row.organismeVersion,
    row.fragmentSha256,
    row.retenue,
    row.motif,
  ],
} as const;

/** What changed in the feed of a profile. */
export interface PresenceChange {
  /** Sessions that the previous snapshot did not hold. */
  readonly entrees: number;
  /** Sessions that read otherwise. */
  readonly modifiees: number;
  /** Sessions that left, by coded cause. */
  readonly sorties: Readonly<Record<string, number>>;
}

/**
 * Why the presence `o` ends, as the run read its session (`l`). One that was not even read has been withdrawn, or its
 * action has.
 */
export const MOTIF_DE_SORTIE = `CASE
          WHEN l.session IS NOT NULL THEN coalesce(l.motif, 'remplacee')
          ELSE coalesce(
            (SELECT s.retired_reason FROM published_session s WHERE s.numero = o.session ORDER BY version DESC LIMIT 1),
            (SELECT a.retired_reason FROM published_action a WHERE a.numero = o.action ORDER BY version DESC LIMIT 1),
            'absente')
        END`;

/** Closes what is gone or reads otherwise. */
const CLOSE = `
  WITH sortie AS (
    UPDATE feed_presence p
    SET to_snapshot = :snapshot,
        motif_sortie = ${MOTIF_DE_SORTIE}
    FROM feed_presence o
    LEFT JOIN edition_lecture l ON l.sortie = :sortie AND l.session = o.session
    WHERE o.profil = :profil AND o.to_snapshot IS NULL
      AND p.profil = o.profil AND p.session = o.session AND p.from_snapshot = o.from_snapshot
      AND (l.session IS NULL OR l.motif IS NOT NULL OR
        (l.action, l.session_version, l.action_version, l.organisme_version, l.fragment_sha256) IS DISTINCT FROM
        (o.action, o.session_version, o.action_version, o.organisme_version, o.fragment_sha256))
    RETURNING p.motif_sortie
  )
  SELECT motif_sortie AS motif, count(*)::int AS nombre FROM sortie GROUP BY 1`;

/** That a newer version does not pass is not in the feed: it opens nothing, it marks. */
const MARK = `
  UPDATE feed_presence o SET retenue = l.retenue
  FROM edition_lecture l
  WHERE o.profil = :profil AND o.to_snapshot IS NULL AND l.sortie = :sortie AND l.session = o.session
    AND l.motif IS NULL AND l.retenue <> o.retenue`;

const OPEN = `
  INSERT INTO feed_presence (profil, session, action, session_version, action_version, organisme_version,
    fragment_sha256, retenue, from_snapshot)
  SELECT :profil, l.session, l.action, l.session_version, l.action_version, l.organisme_version,
    l.fragment_sha256, l.retenue, :snapshot
  FROM edition_lecture l
  LEFT JOIN feed_presence o ON o.profil = :profil AND o.session = l.session AND o.to_snapshot IS NULL
  WHERE l.sortie = :sortie AND l.motif IS NULL AND o.session IS NULL`;

/**
 * Records what entered, changed and left between the previous snapshot of a profile and this one.
 * @param trx on the connection that holds the temporary table
 */
export async function recordPresence(
  trx: Knex.Transaction,
  where: { readonly sortie: number; readonly profil: string; readonly snapshot: number },
): Promise<PresenceChange> {
  await withoutNestedLoops(trx);
  const closed = await trx.raw<{ rows: { motif: string; nombre: number }[] }>(CLOSE, where);
  await trx.raw(MARK, where);
  const opened = await trx.raw<{ rowCount: number }>(OPEN, where);
  const byMotif = Object.fromEntries(closed.rows.map(({ motif, nombre }) => [motif, nombre]));
  const { remplacee = 0, ...sorties } = byMotif;
  return { entrees: opened.rowCount - remplacee, modifiees: remplacee, sorties };
}

/**
 * Marks the sessions of a feed that did not change: some may show, from now on, an older version than the newest.
 * @param trx as for {@link recordPresence}
 */
export async function markRetenues(
  trx: Knex.Transaction,
  where: { readonly sortie: number; readonly profil: string },
): Promise<void> {
  await withoutNestedLoops(trx);
  await trx.raw(MARK, where);
}

/** The statistics of both tables are a run late: a nested loop over them takes minutes. */
export async function withoutNestedLoops(trx: Knex.Transaction): Promise<void> {
  await trx.raw("SET LOCAL enable_nestloop = off");
}
