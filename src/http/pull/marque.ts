import type { Knex } from "knex";
import { monotonic } from "../../calendar/index.ts";
import { type Profil, zProfil } from "../../feed/index.ts";
import { type Snapshot, snapshotById } from "../../snapshot/index.ts";

/** What a profile is and serves at an instant. */
export interface Marque {
  readonly profil: Profil;
  /** undefined: no édition has published it yet. */
  readonly snapshot: Snapshot | undefined;
}

/** Milliseconds that a reading is good for when others came while it was under way: there is a crowd. */
const SHARED_MS = 100;
/** A reading that takes longer is not waited for by those who come later. */
const PATIENCE_MS = 500;

/**
 * What profiles serve. A request that comes alone reads the base, so what was published before it is seen; those that come
 * meanwhile share that reading, and in a crowd it stands for {@link SHARED_MS}.
 */
export function openMarques(db: Knex): (profil: string) => Marque | undefined | Promise<Marque | undefined> {
  const known = new Map<string, Known>();

  const begin = (profil: string, last: Lue | undefined): Promise<Marque | undefined> => {
    const at = monotonic();
    const result = read(db, profil, last).then(
      (found) => {
        if (found === undefined) known.delete(profil);
        else known.set(profil, { ...one, last: { ...found, at }, reading: undefined });
        return found?.marque;
      },
      (error: unknown) => {
        if (known.get(profil) === one) known.delete(profil);
        throw error;
      },
    );
    const one: Known = { last, reading: { at, result }, shared: false };
    known.set(profil, one);
    return result;
  };

  return (profil) => {
    const one = known.get(profil);
    if (one === undefined) return begin(profil, undefined);
    const { last, reading } = one;
    const now = monotonic();
    if (reading !== undefined && now - reading.at < PATIENCE_MS) {
      one.shared = true;
      return reading.result;
    }
    return one.shared && last !== undefined && now - last.at < SHARED_MS ? last.marque : begin(profil, last);
  };
}

/** What is known of a profile. */
interface Known {
  readonly last: Lue | undefined;
  /** Under way, and since when. */
  readonly reading: { readonly at: number; readonly result: Promise<Marque | undefined> } | undefined;
  /** Others came while it was read: there is a crowd. */
  shared: boolean;
}

interface Lue {
  readonly row: Row;
  readonly marque: Marque;
  /** When the reading of it began. */
  readonly at: number;
}

/** What changes when the rest does: the rest is read only then. */
interface Row {
  readonly definition: string;
  readonly id: number | null;
  /** A base that was restored gives a number again. */
  readonly which: string | null;
}

async function read(db: Knex, profil: string, before: Lue | undefined): Promise<Omit<Lue, "at"> | undefined> {
  const { rows } = await db.raw<{ rows: Row[] }>(
    `SELECT p.definition::text AS definition, s.id, s.which FROM profil p LEFT JOIN LATERAL
       (SELECT id, concat(created_at, sha256) AS which FROM feed_snapshot
        WHERE profil = p.id ORDER BY id DESC LIMIT 1) s ON true
     WHERE p.id = ?`,
    [profil],
  );
  const [row] = rows;
  if (row === undefined) return undefined;
  if (before !== undefined && isSame(before.row, row)) return before;
  const snapshot = row.id === null ? undefined : await snapshotById(db, row.id);
  return { row, marque: { profil: zProfil.parse(JSON.parse(row.definition)), snapshot } };
}

const isSame = (a: Row, b: Row): boolean =>
  a.definition === b.definition && a.id === b.id && a.which === b.which;
