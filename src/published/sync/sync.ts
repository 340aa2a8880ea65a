import type { Knex } from "knex";
import { horloge, withClient } from "../../db/index.ts";
import { parisDay } from "../../lheo/index.ts";
import { notice } from "../../notices/index.ts";
import type { RecordKind } from "../contract/index.ts";
import { cursorPages } from "../read/cursor.ts";
import { estPerimee } from "../upkeep/perimee.ts";
import { lockPublished } from "../write/lock.ts";
import { refreshStatistics } from "../write/statistics.ts";
import { withdraw } from "../write/withdraw.ts";
import { writeBatch } from "../write/write.ts";
import {
  type Absents,
  countPublished,
  findAbsents,
  markSeen,
  presentParents,
  startSeen,
  tooMany,
} from "./absents.ts";
import { findSourceView, type SourceView } from "./columns.ts";
import { type KindReport, NoticeKeeper, type SyncReport } from "./report.ts";
import { placeOf, readRow, type SourceRow } from "./rows.ts";

export interface SyncOptions {
  /** Schema of the `source_*` views; the search path when not given. */
  readonly schema?: string | undefined;
  /** Accepts a withdrawal of any size. */
  readonly force?: boolean;
  /** Told in French what takes time. */
  readonly log?: (message: string) => void;
}

/** Parents before children. */
const KINDS = ["organisme", "certification", "habilitation", "action", "session"] as const;

/** Children first, so that each leaves for its own absence and not with its parent. */
const WITHDRAWAL_ORDER = ["session", "action", "habilitation", "certification", "organisme"] as const;

const PAGE = 500;

/** Thrown to undo the transaction; the report it carries is the answer. */
class Refused extends Error {
  readonly reasons: readonly string[];
  constructor(reasons: readonly string[]) {
    super(reasons.join("\n"));
    this.reasons = reasons;
  }
}

/**
 * Brings the published offer in line with the agency's own database, read through the views `source_organisme`,
 * `source_action`, `source_session`, `source_certification` and `source_habilitation`: new and changed rows become
 * versions, records that a view no longer has are withdrawn. A row that the contract refuses is told and changes
 * nothing. A kind without a view is left alone. All in one transaction, or nothing; memory is a few pages.
 */
export async function sync(db: Knex, options: SyncOptions = {}): Promise<SyncReport> {
  const log = options.log ?? (() => undefined);
  const notices = new NoticeKeeper();
  const kinds: Partial<Record<RecordKind, KindReport>> = {};
  const report = (refus: readonly string[]): SyncReport => ({
    fait: refus.length === 0,
    refus,
    kinds,
    notices: notices.kept,
    noticesOmises: notices.omitted,
  });
  try {
    await db.transaction(async (trx) => {
      await lockPublished(trx);
      await startSeen(trx);
      const views = await findViews(trx, options.schema);
      const at = await horloge(trx);
      const before = new Map<RecordKind, number>();
      for (const [kind, view] of views) {
        log(`Lecture de source_${kind}…`);
        before.set(kind, await countPublished(trx, kind));
        kinds[kind] = await takeView(trx, view, { at, notices, views });
      }
      const absents: Absents[] = [];
      for (const kind of WITHDRAWAL_ORDER.filter((one) => views.has(one))) {
        absents.push(await findAbsents(trx, kind, before.get(kind) ?? 0));
      }
      const refus = options.force === true ? [] : absents.flatMap((found) => tooMany(found) ?? []);
      if (refus.length > 0) throw new Refused(refus);
      for (const { kind, numeros } of absents) {
        const { numeros: retirees } = await withdraw(trx, kind, numeros, { motif: "absent_de_la_source" });
        const taken = kinds[kind];
        if (taken !== undefined) kinds[kind] = { ...taken, retirees };
      }
    });
    return report([]);
  } catch (error) {
    if (error instanceof Refused) return report(error.reasons);
    throw error;
  }
}

async function findViews(
  trx: Knex.Transaction,
  schema: string | undefined,
): Promise<ReadonlyMap<RecordKind, SourceView>> {
  const views = new Map<RecordKind, SourceView>();
  for (const kind of KINDS) {
    const view = await findSourceView(trx, kind, schema);
    if (view !== undefined) views.set(kind, view);
  }
  if (views.size === 0) {
    const where = schema === undefined ? "du chemin de recherche" : `« ${schema} »`;
    throw new Refused([
      `Aucune vue source_* n'a été trouvée dans le schéma ${where}. Définissez-les (voir docs/sync.md), ou donnez leur schéma avec --schema.`,
    ]);
  }
  const problems = [...views.values()].flatMap((view) => view.problems);
  if (problems.length > 0) throw new Refused(problems);
  return views;
}

interface Taking {
  readonly at: Date;
  readonly notices: NoticeKeeper;
  readonly views: ReadonlyMap<RecordKind, SourceView>;
}

/** Reads one view in the order of its numbers and writes what is new or changed. */
async function takeView(trx: Knex.Transaction, view: SourceView, taking: Taking): Promise<KindReport> {
  const { kind, relation } = view;
  const total = { lues: 0, ecrites: 0, inchangees: 0, perimees: 0, refusees: 0, retirees: [] };
  const order = kind === "habilitation" ? ["organisme", "certification"] : ["numero"];
  const sql = `SELECT jsonb_strip_nulls(to_jsonb(v))::text FROM ${relation} v ORDER BY ${order.map((column) => `v.${column}::text COLLATE "C"`).join(", ")}`;
  const client = await withClient(trx, async (lent) => lent);
  const pages = cursorPages<readonly [string]>(client, `sync_${kind}`, { sql, values: [], pageSize: PAGE });
  for await (const rows of oncePerNumero(kind, orRefused(kind, pages))) {
    total.lues += rows.reduce((sum, { lignes }) => sum + lignes, 0);
    const outcome = await takeRows(
      trx,
      kind,
      rows.map(({ row }) => row),
      taking,
    );
    total.ecrites += outcome.ecrites;
    total.inchangees += outcome.inchangees;
    total.perimees += outcome.perimees;
    total.refusees +=
      rows.reduce((sum, { lignes }) => sum + lignes, 0) -
      outcome.ecrites -
      outcome.inchangees -
      outcome.perimees;
  }
  await refreshStatistics(trx, kind, total.ecrites);
  return total;
}

/** A view may fail on its own data (a cast, a division): that is for whoever wrote it. */
async function* orRefused<T>(kind: RecordKind, pages: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* pages;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Refused([`source_${kind} n'a pas pu être lue. PostgreSQL dit : ${reason}. Corrigez la vue.`]);
  }
}

async function takeRows(
  trx: Knex.Transaction,
  kind: RecordKind,
  rows: readonly SourceRow[],
  { at, notices, views }: Taking,
): Promise<{ ecrites: number; inchangees: number; perimees: number }> {
  const orphans = await findOrphans(trx, kind, rows, views);
  const accepted = rows.flatMap((row) => ("record" in row && !orphans.has(row.numero) ? [row.record] : []));
  // Still in the source, so not absent; but what the nightly cleanup withdrew or is about to must not come back.
  const jour = parisDay(at);
  const good = accepted.filter(({ fin }) => fin === undefined || !estPerimee({ fin }, jour));
  for (const row of rows) {
    if ("notices" in row) notices.add(row.notices);
    else {
      const orphan = orphans.get(row.numero);
      if (orphan === undefined) continue;
      notices.add([
        notice("sync-parent-absent", { ...placeOf(kind, row.numero, orphan.champ), value: orphan.parent }),
      ]);
    }
  }
  // A session whose action left the source leaves with it, even if its own row was forgotten there.
  const seen = rows.flatMap(({ numero }) =>
    numero === undefined || orphans.get(numero)?.gone === true ? [] : [numero],
  );
  await markSeen(trx, kind, seen);
  const ecrites = await writeBatch(trx, kind, good, { origine: "sync", at });
  return { ecrites, inchangees: good.length - ecrites, perimees: accepted.length - good.length };
}

interface Orphan {
  readonly champ: "organisme" | "action";
  readonly parent: string;
  /** Not in the source at all. */
  readonly gone: boolean;
}

/** Rows whose action or organisme cannot be found. The registers may know more OF than the offer does. */
async function findOrphans(
  trx: Knex.Transaction,
  kind: RecordKind,
  rows: readonly SourceRow[],
  views: ReadonlyMap<RecordKind, SourceView>,
): Promise<ReadonlyMap<string, Orphan>> {
  const champ = kind === "action" ? "organisme" : kind === "session" ? "action" : undefined;
  const orphans = new Map<string, Orphan>();
  if (champ === undefined) return orphans;
  const children = rows.flatMap((row) => ("record" in row ? [row.record] : []));
  const parents = children.map((record) => record.parents[champ] ?? "");
  const { published, inSource } = await presentParents(trx, champ, parents, views.has(champ));
  children.forEach((record, rank) => {
    const parent = parents[rank] ?? "";
    if (published.has(parent) && inSource.has(parent)) return;
    orphans.set(record.numero, { champ, parent, gone: !inSource.has(parent) });
  });
  return orphans;
}

/** One entry per number, in the order of the view; a number given twice becomes one refused entry. */
async function* oncePerNumero(
  kind: RecordKind,
  pages: AsyncIterable<readonly (readonly [string])[]>,
): AsyncGenerator<{ row: SourceRow; lignes: number }[]> {
  let held: { row: SourceRow; lignes: number }[] = [];
  for await (const page of pages) {
    for (const [json] of page) {
      const row = readRow(kind, json);
      const last = held.at(-1);
      if (last !== undefined && row.numero !== undefined && last.row.numero === row.numero) {
        const place = { ...placeOf(kind, row.numero, "numero"), champ: `source_${kind}`, value: row.numero };
        last.row = { numero: row.numero, notices: [notice("sync-numero-double", place)] };
        last.lignes++;
      } else held.push({ row, lignes: 1 });
    }
    // The last one may go on in the next page.
    const ready = held.slice(0, -1);
    held = held.slice(-1);
    if (ready.length > 0) yield ready;
  }
  if (held.length > 0) yield held;
}
