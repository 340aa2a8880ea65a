import type { Knex } from "knex";
import type { RecordKind } from "../contract/index.ts";
import { TENUES_ICI } from "../origine.ts";

/** Withdrawals are refused beyond both: so many records, and such a share of what is published. */
const GUARD_COUNT = 50;
const GUARD_SHARE = 0.2;
const LISTED = 30;

/** Numbers of a kind that are published and that the source no longer has. */
export interface Absents {
  readonly kind: RecordKind;
  readonly numeros: readonly string[];
  /** How many were published before. */
  readonly published: number;
}

/** What the source was seen to hold, kept in the transaction. */
export async function startSeen(trx: Knex.Transaction): Promise<void> {
  await trx.raw(
    `CREATE TEMP TABLE sync_vu (kind text, numero text COLLATE "C", PRIMARY KEY (kind, numero)) ON COMMIT DROP`,
  );
}

export async function markSeen(
  trx: Knex.Transaction,
  kind: RecordKind,
  numeros: readonly string[],
): Promise<void> {
  await trx.raw("INSERT INTO sync_vu SELECT ?, * FROM unnest(?::text[])", [kind, [...numeros]]);
}

/** Which of these parents are published, and still in the source when it has a view for them. */
export async function presentParents(
  trx: Knex.Transaction,
  kind: RecordKind,
  numeros: readonly string[],
  hasView: boolean,
): Promise<{ readonly published: ReadonlySet<string>; readonly inSource: ReadonlySet<string> }> {
  const { rows } = await trx.raw<{ rows: { numero: string; published: boolean; seen: boolean }[] }>(
    `SELECT numero,
            EXISTS (SELECT 1 FROM published_${kind} p WHERE p.numero = n.numero COLLATE "C" AND retired_at IS NULL) AS published,
            EXISTS (SELECT 1 FROM sync_vu v WHERE v.kind = ? AND v.numero = n.numero COLLATE "C") AS seen
       FROM unnest(?::text[]) AS n(numero)`,
    [kind, [...new Set(numeros)]],
  );
  return {
    published: new Set(rows.filter((row) => row.published).map((row) => row.numero)),
    inSource: new Set(rows.filter((row) => row.seen || !hasView).map((row) => row.numero)),
  };
}

/** Published records that a source may be expected to hold, by the origin of their newest version. */
const ofTheSource = (kind: RecordKind): string =>
  `SELECT numero FROM (SELECT DISTINCT ON (numero) numero, origine FROM published_${kind}
     WHERE retired_at IS NULL ORDER BY numero, version DESC) d WHERE origine <> ALL (?::text[])`;

export async function countPublished(trx: Knex.Transaction, kind: RecordKind): Promise<number> {
  const { rows } = await trx.raw<{ rows: { n: number }[] }>(
    `SELECT count(*) AS n FROM (${ofTheSource(kind)}) p`,
    [[...TENUES_ICI]],
  );
  return rows[0]?.n ?? 0;
}

export async function findAbsents(
  trx: Knex.Transaction,
  kind: RecordKind,
  published: number,
): Promise<Absents> {
  const { rows } = await trx.raw<{ rows: { numero: string }[] }>(
    `SELECT numero FROM (${ofTheSource(kind)}) p
      WHERE NOT EXISTS (SELECT 1 FROM sync_vu v WHERE v.kind = ? AND v.numero = p.numero)
      ORDER BY numero`,
    [[...TENUES_ICI], kind],
  );
  return { kind, published, numeros: rows.map(({ numero }) => numero) };
}

/** Why this withdrawal looks like an accident of the source, in French, or undefined. */
export function tooMany({ kind, numeros, published }: Absents): string | undefined {
  const absent = numeros.length;
  if (absent <= GUARD_COUNT || absent <= published * GUARD_SHARE) return undefined;
  const share = Math.round((100 * absent) / published);
  const listed = numeros.slice(0, LISTED).join(", ");
  return `source_${kind} n'a plus ${absent} des ${published} enregistrements publiés (${share} %) : ${listed}${absent > LISTED ? "…" : ""}. Au-delà de ${GUARD_SHARE * 100} %, le retrait n'est fait que si vous le confirmez : vérifiez la vue, puis relancez avec --force.`;
}
