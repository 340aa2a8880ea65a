import type { Knex } from "knex";
import { copyIn, horloge, withClient } from "../../db/index.ts";
import type { RecordKind } from "../contract/index.ts";
import { announceChange } from "./announce.ts";
import { type CheckedRecord, checkRecord, type Refusal } from "./check.ts";
import { lockPublished } from "./lock.ts";
import { refreshStatistics } from "./statistics.ts";

/** A record to publish. */
export interface Row {
  readonly numero: string;
  /** Fields of the contract; checked. */
  readonly contenu: unknown;
}

export interface WriteOptions {
  /** Who publishes: `catalogue`, `sync`, `import`, `demo`… */
  readonly origine: string;
  /** Instant of the mise en ligne; `horloge()` when not given. */
  readonly misEnLigneAt?: Date;
}

export interface Written {
  /** New versions. */
  readonly created: number;
  /** Records whose newest version, still published, reads the same. */
  readonly unchanged: number;
}

/** A record that the contract refuses; the message is in French. */
export class ContractError extends Error {
  override readonly name = "ContractError";
  readonly refusals: readonly Refusal[];
  constructor(message: string, refusals: readonly Refusal[]) {
    super(message);
    this.refusals = refusals;
  }
}

/** Rows compared and written in one go: bounds memory, costs two statements. */
const BATCH = 1000;

/**
 * Publishes records: each one that differs from its newest version, or whose versions are all withdrawn, gets the
 * next version. One way for one record and for a million, which may come as a stream.
 * @param trx a transaction; other writers of the contract wait until it ends
 * @throws ContractError when a record is refused or a number comes twice; nothing must then be committed
 */
export async function writeVersions(
  trx: Knex.Transaction,
  kind: RecordKind,
  rows: Iterable<Row> | AsyncIterable<Row>,
  options: WriteOptions,
): Promise<Written> {
  await lockPublished(trx);
  const at = options.misEnLigneAt ?? (await horloge(trx));
  const total = { created: 0, unchanged: 0 };
  const seen = new Set<string>();
  let batch: CheckedRecord[] = [];
  const flush = async (): Promise<void> => {
    const created = await writeBatch(trx, kind, batch, { origine: options.origine, at });
    total.created += created;
    total.unchanged += batch.length - created;
    batch = [];
  };
  for await (const row of rows) {
    if (seen.has(row.numero)) {
      throw new ContractError(`Le numéro « ${row.numero} » (${kind}) est donné deux fois.`, []);
    }
    seen.add(row.numero);
    batch.push(checkedOrThrow(kind, row));
    if (batch.length === BATCH) await flush();
  }
  if (batch.length > 0) await flush();
  await refreshStatistics(trx, kind, total.created);
  return total;
}

function checkedOrThrow(kind: RecordKind, row: Row): CheckedRecord {
  const checked = checkRecord(kind, row.numero, row.contenu);
  if (checked.ok) return checked.record;
  const reasons = checked.refusals.map(
    ({ champ, valeur, attendu }) => `${champ} ${valeur === "" ? "absent" : valeur} (attendu : ${attendu})`,
  );
  throw new ContractError(`${kind} « ${row.numero} » refusé : ${reasons.join(" ; ")}`, checked.refusals);
}

/**
 * Writes those of the checked records that are new or changed.
 * @param trx holds the lock of the contract
 * @returns how many versions were written
 */
export async function writeBatch(
  trx: Knex.Transaction,
  kind: RecordKind,
  records: readonly CheckedRecord[],
  { origine, at }: { readonly origine: string; readonly at: Date },
): Promise<number> {
  return withClient(trx, async (client) => {
    // Contents travel only for what has to be written.
    const { rows: changes } = await client.query<{ rang: number; version: number; premiere: Date | null }>(
      `SELECT a.rang::int AS rang, coalesce(d.version, 0) + 1 AS version, d.premiere_mise_en_ligne_at AS premiere
         FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS a(numero, sha256, rang)
         LEFT JOIN LATERAL (
           SELECT version, contenu_sha256, retired_at, premiere_mise_en_ligne_at FROM published_${kind}
            WHERE numero = a.numero COLLATE "C" ORDER BY version DESC LIMIT 1) d ON true
        WHERE d.version IS NULL OR d.retired_at IS NOT NULL OR d.contenu_sha256 <> a.sha256
        ORDER BY rang`,
      [records.map((record) => record.numero), records.map((record) => record.sha256)],
    );
    if (changes.length === 0) return 0;
    await announceChange(trx, kind, { versions: changes.length });
    return copyIn(
      client,
      `published_${kind}`,
      [
        "numero",
        "version",
        "contenu",
        "contenu_sha256",
        "origine",
        "premiere_mise_en_ligne_at",
        "mis_en_ligne_at",
      ],
      changes.flatMap(({ rang, version, premiere }) => {
        const record = records[rang - 1];
        return record === undefined
          ? []
          : [[record.numero, version, record.json, record.sha256, origine, premiere ?? at, at]];
      }),
    );
  });
}
