import type { Knex } from "knex";
import { withClient } from "../../db/index.ts";
import type { MotifDeRetrait, RecordKind, Version } from "../contract/index.ts";
import type { Contents } from "./contents.ts";

/** One version with what became of it. */
export interface Trace<T> extends Version<T> {
  readonly origine: string;
  readonly sha256: string;
  /** When its content gave way to a tombstone: what is left has its parents, its dates and blanks. */
  readonly purge: Date | undefined;
  readonly retrait:
    | { readonly at: Date; readonly motif: MotifDeRetrait; readonly note: string | undefined }
    | undefined;
}

interface Row {
  readonly numero: string;
  readonly version: number;
  readonly contenu: unknown;
  readonly contenu_sha256: string;
  readonly origine: string;
  readonly mis_en_ligne_at: Date;
  readonly premiere_mise_en_ligne_at: Date;
  readonly retired_at: Date | null;
  readonly retired_reason: MotifDeRetrait | null;
  readonly retired_note: string | null;
  readonly purged_at: Date | null;
}

const COLUMNS = `numero, version, contenu, contenu_sha256, origine, mis_en_ligne_at, premiere_mise_en_ligne_at,
  retired_at, retired_reason, retired_note, purged_at`;

/** Every version of a record, newest first, withdrawn ones included; empty when the number was never published. */
export async function readHistory<K extends RecordKind>(
  db: Knex,
  kind: K,
  numero: string,
): Promise<readonly Trace<Contents[K]>[]> {
  return withClient(db, async (client) => {
    const { rows } = await client.query<Row>(
      `SELECT ${COLUMNS} FROM published_${kind} WHERE numero = $1 ORDER BY version DESC`,
      [numero],
    );
    return rows.map(toTrace<Contents[K]>);
  });
}

/**
 * Versions still published that come before one that did not pass, newest first: the last that passed is among
 * them, or the record never passed.
 * @param limit the most versions given; ask again from the last one
 */
export async function olderVersions<K extends RecordKind>(
  db: Knex,
  kind: K,
  numero: string,
  beforeVersion: number,
  limit = 10,
): Promise<readonly Version<Contents[K]>[]> {
  return withClient(db, async (client) => {
    const { rows } = await client.query<Row>(
      `SELECT ${COLUMNS} FROM published_${kind}
        WHERE numero = $1 AND version < $2 AND retired_at IS NULL ORDER BY version DESC LIMIT $3`,
      [numero, beforeVersion, limit],
    );
    return rows.map(toTrace<Contents[K]>);
  });
}

function toTrace<T>(row: Row): Trace<T> {
  return {
    numero: row.numero,
    version: row.version,
    contenu: row.contenu as T,
    misEnLigneAt: row.mis_en_ligne_at,
    premiereMiseEnLigneAt: row.premiere_mise_en_ligne_at,
    origine: row.origine,
    sha256: row.contenu_sha256,
    purge: row.purged_at ?? undefined,
    retrait:
      row.retired_at === null || row.retired_reason === null
        ? undefined
        : { at: row.retired_at, motif: row.retired_reason, note: row.retired_note ?? undefined },
  };
}
