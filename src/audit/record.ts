import type { Knex } from "knex";
import { hashOf, type Ligne, SELECT } from "./ligne.ts";

/** Something that someone did. */
export interface Act {
  /** `systeme`, `console:<login>`, later a user. */
  readonly acteur: string;
  /** What was done: `diffusion.annuler`. */
  readonly acte: string;
  readonly objet: { readonly type: string; readonly id: string };
  /** Why, in the words of who did it. */
  readonly motif?: string | undefined;
  /** What is worth knowing later; JSON. */
  readonly detail?: Readonly<Record<string, unknown>> | undefined;
}

/** Any number that nothing else uses for an advisory lock in this database. */
const LOCK = 7_340_231_020;

/**
 * Appends an act to the chain. It stands or falls with the transaction of what it tells of.
 *
 * Call it last: from here to its end the transaction holds the chain, and one that waited for another lock meanwhile
 * would make everyone wait, or wait in a circle.
 * @param trx at READ COMMITTED, where the row before can be seen
 * @returns the number of the row
 */
export async function recordAct(trx: Knex.Transaction, act: Act): Promise<number> {
  await trx.raw("SELECT pg_advisory_xact_lock(?)", [LOCK]);
  const row = await nextRow(trx, act);
  await trx("audit").insert({ ...row, detail: JSON.stringify(row.detail), hash: hashOf(row) });
  return row.id;
}

/** Values as the database gives them back, since it is what it gives back that will be checked. */
async function nextRow(
  trx: Knex.Transaction,
  { acteur, acte, objet, motif, detail }: Act,
): Promise<Omit<Ligne, "hash">> {
  const { rows } = await trx.raw<{ rows: Omit<Ligne, "hash">[] }>(
    `SELECT coalesce(last.id, 0) + 1 AS id, horloge() AS at, ?::text AS acteur, ?::text AS acte,
       ?::text AS objet_type, ?::text AS objet_id, ?::text AS motif, ?::jsonb AS detail, last.hash AS precedent
     FROM (SELECT 1) one LEFT JOIN LATERAL (SELECT id, hash FROM audit ORDER BY id DESC LIMIT 1) last ON true`,
    [acteur, acte, objet.type, objet.id, motif ?? null, JSON.stringify(detail ?? {})],
  );
  const [row] = rows;
  if (row === undefined) throw new Error("no row for the audit");
  return row;
}

/** What to look for in the audit; everything when nothing is said. */
export interface AuditFilter {
  /** Without an id: all of that kind. */
  readonly objet?: { readonly type: string; readonly id?: string | undefined } | undefined;
  readonly acteur?: string | undefined;
  /** Only rows before this one: the next page. */
  readonly avant?: number | undefined;
  readonly limit: number;
}

/** Rows of the audit, the latest first. */
export async function readActs(db: Knex, { objet, acteur, avant, limit }: AuditFilter): Promise<Ligne[]> {
  const query = db<Ligne>("audit")
    .select(...SELECT)
    .orderBy("id", "desc")
    .limit(limit);
  if (objet !== undefined) query.where({ objet_type: objet.type });
  if (objet?.id !== undefined) query.where({ objet_id: objet.id });
  if (acteur !== undefined) query.where({ acteur });
  if (avant !== undefined) query.where("id", "<", avant);
  return query;
}
