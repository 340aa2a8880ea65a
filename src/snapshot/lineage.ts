import type { Knex } from "knex";
import type { FileFacts } from "./feedFile.ts";

/** What a snapshot says of one feed, before it has a row. */
export interface SnapshotFacts {
  readonly profil: string;
  /** null when nothing was in scope. */
  readonly file: FileFacts | null;
  readonly contenuSha256: string;
  readonly formations: number;
  readonly actions: number;
  readonly sessions: number;
  readonly formationsEcartees: number;
  readonly sessionsEcartees: number;
  readonly completeesParDefaut: Readonly<Record<string, number>>;
  readonly watermark: Date;
  readonly xsdVersion: string;
  readonly reglesVersion: string;
  /** The clock of the run. */
  readonly createdAt: Date;
}

/** One immutable feed of one profile: a row of `feed_snapshot`. */
export interface Snapshot extends SnapshotFacts {
  /** null for a feed that was built without being recorded. */
  readonly id: number | null;
  readonly edition: number | null;
  readonly previousId: number | null;
  readonly previousSha256: string | null;
}

interface Row {
  id: number;
  profil: string;
  edition_id: number;
  previous_id: number | null;
  previous_sha256: string | null;
  sha256: string | null;
  sha256_gz: string | null;
  octets: number;
  octets_gz: number;
  contenu_sha256: string;
  formations: number;
  actions: number;
  sessions: number;
  formations_ecartees: number;
  sessions_ecartees: number;
  completees_par_defaut: Record<string, number>;
  watermark: Date;
  xsd_version: string;
  regles_version: string;
  created_at: Date;
}

const SELECT = `SELECT s.*, p.sha256 AS previous_sha256
  FROM feed_snapshot s LEFT JOIN feed_snapshot p ON p.id = s.previous_id`;

/** The snapshot that a profile serves now, if it ever had one. */
export async function currentSnapshot(db: Knex, profil: string): Promise<Snapshot | undefined> {
  const { rows } = await db.raw<{ rows: Row[] }>(`${SELECT} WHERE s.profil = ? ORDER BY s.id DESC LIMIT 1`, [
    profil,
  ]);
  return rows[0] === undefined ? undefined : snapshotOf(rows[0]);
}

/** A snapshot by its number. */
export async function snapshotById(db: Knex, id: number): Promise<Snapshot | undefined> {
  const { rows } = await db.raw<{ rows: Row[] }>(`${SELECT} WHERE s.id = ?`, [id]);
  return rows[0] === undefined ? undefined : snapshotOf(rows[0]);
}

/** Snapshots of a profile, the latest first. @param avant only those before this one: the next page */
export async function snapshotsOf(
  db: Knex,
  profil: string,
  { limit, avant }: { readonly limit: number; readonly avant?: number | undefined },
): Promise<Snapshot[]> {
  const { rows } = await db.raw<{ rows: Row[] }>(
    `${SELECT} WHERE s.profil = ? ${avant === undefined ? "" : "AND s.id < ?"} ORDER BY s.id DESC LIMIT ?`,
    avant === undefined ? [profil, limit] : [profil, avant, limit],
  );
  return rows.map(snapshotOf);
}

/** Writes the row of a new current snapshot, whose files are already in place. */
export async function insertSnapshot(
  trx: Knex.Transaction,
  edition: number,
  previous: Snapshot | undefined,
  facts: SnapshotFacts,
): Promise<Snapshot & { readonly id: number }> {
  const [row] = await trx("feed_snapshot").insert(
    {
      profil: facts.profil,
      edition_id: edition,
      previous_id: previous?.id ?? null,
      sha256: facts.file?.sha256 ?? null,
      sha256_gz: facts.file?.sha256Gz ?? null,
      octets: facts.file?.octets ?? 0,
      octets_gz: facts.file?.octetsGz ?? 0,
      contenu_sha256: facts.contenuSha256,
      formations: facts.formations,
      actions: facts.actions,
      sessions: facts.sessions,
      formations_ecartees: facts.formationsEcartees,
      sessions_ecartees: facts.sessionsEcartees,
      completees_par_defaut: JSON.stringify(facts.completeesParDefaut),
      watermark: facts.watermark,
      xsd_version: facts.xsdVersion,
      regles_version: facts.reglesVersion,
      created_at: facts.createdAt,
    },
    ["id"],
  );
  return {
    ...facts,
    id: Number(row?.id),
    edition,
    previousId: previous?.id ?? null,
    previousSha256: previous?.file?.sha256 ?? null,
  };
}

function snapshotOf(row: Row): Snapshot {
  return {
    id: row.id,
    profil: row.profil,
    edition: row.edition_id,
    previousId: row.previous_id,
    previousSha256: row.previous_sha256,
    file:
      row.sha256 === null || row.sha256_gz === null
        ? null
        : {
            sha256: row.sha256,
            sha256Gz: row.sha256_gz,
            octets: row.octets,
            octetsGz: row.octets_gz,
          },
    contenuSha256: row.contenu_sha256,
    formations: row.formations,
    actions: row.actions,
    sessions: row.sessions,
    formationsEcartees: row.formations_ecartees,
    sessionsEcartees: row.sessions_ecartees,
    completeesParDefaut: row.completees_par_defaut,
    watermark: row.watermark,
    xsdVersion: row.xsd_version,
    reglesVersion: row.regles_version,
    createdAt: row.created_at,
  };
}
