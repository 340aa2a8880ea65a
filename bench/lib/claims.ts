import type { Knex } from "knex";
import { connect } from "../../src/db/index.ts";
import { claim, complete, dueDeliveries } from "../../src/delivery/index.ts";
import { type Feed, seedPartners } from "./feed.ts";
import { median } from "./table.ts";

/** Past deliveries, from a young base to one of many years. */
export const SIZES = [10_000, 1_000_000, 10_000_000];

/** Medians, milliseconds. */
export interface ClaimCost {
  readonly claim: number;
  readonly complete: number;
  /** One look for what is due, all partners waiting. */
  readonly due: number;
}

const INDEXES = ["delivery_partner", "delivery_snapshot"];

/** Brings the past to so many accepted deliveries, each with its attempt left out: claiming reads none of them. */
export async function growDeliveries(url: string, rows: number, partners: number): Promise<void> {
  const db = connect(url, { max: 1 });
  try {
    const { snapshotId, sha256 } = await feedOf(db, partners);
    const [there] = await db("delivery").where({ etat: "accepted" }).count({ count: "*" });
    const from = Number(there?.count ?? 0);
    const definitions = await db("pg_indexes").whereIn("indexname", INDEXES).pluck("indexdef");
    for (const name of INDEXES) await db.raw("DROP INDEX IF EXISTS ??", [name]);
    await db.raw(
      `INSERT INTO delivery (id, partner, snapshot_id, sha256, etat, due_at, epoch, created_at)
       SELECT 'passee-' || n, 'p' || n % ?, ?, ?, 'accepted', at, 1, at
       FROM generate_series(?::bigint, ?::bigint) n, LATERAL (SELECT horloge() - interval '1 day' - n * interval '10 seconds' AS at) t`,
      [partners, snapshotId, sha256, from + 1, rows],
    );
    for (const definition of definitions) await db.raw(definition);
    await db.raw("VACUUM ANALYZE delivery");
    await db.raw("CHECKPOINT");
  } finally {
    await db.destroy();
  }
}

async function feedOf(db: Knex, partners: number): Promise<Pick<Feed, "snapshotId" | "sha256">> {
  const row = await db("feed_snapshot").first("id", "sha256_gz");
  if (row !== undefined) return { snapshotId: Number(row.id), sha256: row.sha256_gz };
  return seedPartners(db, partners, { type: "dossier", chemin: "/nulle-part" });
}

/** Each partner's waiting delivery claimed and ended in turn, a few times over. */
export async function measureClaims(url: string): Promise<ClaimCost> {
  const db = connect(url, { max: 1 });
  const laps = { claim: [] as number[], complete: [] as number[], due: [] as number[] };
  const time = async <T>(name: keyof typeof laps, work: () => Promise<T>): Promise<T> => {
    const since = performance.now();
    const done = await work();
    laps[name].push(performance.now() - since);
    return done;
  };
  try {
    for (let round = 0; round < 4; round += 1) {
      await db.raw(
        `INSERT INTO delivery (id, partner, snapshot_id, due_at)
         SELECT 'banc-' || ? || '-' || extract(epoch FROM horloge()) || '-' || p.id, p.id, (SELECT max(id) FROM feed_snapshot), horloge()
         FROM partner p`,
        [round],
      );
      for (let look = 0; look < 20; look += 1)
        await time("due", () => dueDeliveries(db, { horizonMs: 5_000, limit: 1_000 }));
      for (const { deliveryId } of await dueDeliveries(db, { horizonMs: 0, limit: 1_000 })) {
        const taken = await time("claim", () => claim(db, deliveryId, { worker: "banc", leaseMs: 60_000 }));
        if (!("claimed" in taken)) throw new Error(`pas prise : ${taken.refused}`);
        await time("complete", () =>
          complete(db, taken.claimed, { kind: "depot", nom: "banc" }, { hasard: 0.5 }),
        );
      }
    }
  } finally {
    await db.destroy();
  }
  // The first round warms the caches, whatever the size.
  const middle = (all: readonly number[]): number => median(all.slice(all.length / 4));
  return { claim: middle(laps.claim), complete: middle(laps.complete), due: middle(laps.due) };
}
