import { Redis } from "ioredis";
import { connect } from "../../src/db/index.ts";
import { startDelivery } from "../../src/delivery/index.ts";
import { createLogger } from "../../src/log/index.ts";
import { startQueue } from "../../src/queue/index.ts";
import { openStore } from "../../src/snapshot/index.ts";
import { publishSmall, seedPartners } from "../lib/feed.ts";
import { report } from "../lib/process.ts";
import { startWell } from "../lib/well.ts";

/**
 * Many deliveries due at once, the queue emptied as soon as it holds some, and the time until all are delivered:
 * `drain.ts <postgres|redis> <database> <redis> <count> <store>`.
 */
const [kind = "", database = "", redisUrl = "", count = "0", dossier = ""] = process.argv.slice(2);
const log = createLogger({ level: "silent" });
const db = connect(database, { max: 10 });
const store = await openStore(dossier);
const well = await startWell();
await seedPartners(db, Number(count), { type: "https", url: `${well.url}/{partner}` });
await db("outbox").delete();
const { snapshotId } = await publishSmall(db, store);
await db("outbox").delete();
await db.raw(
  `INSERT INTO delivery (id, partner, snapshot_id, due_at) SELECT 'due-' || id, id, ?, horloge() FROM partner`,
  [snapshotId],
);
await db.raw("ANALYZE delivery, partner");
const queue = await startQueue({
  kind: kind === "redis" ? "redis" : "postgres",
  databaseUrl: database,
  redisUrl,
  log,
});
const delivery = startDelivery({ db, queue, store, log });
await well.received(1);
await empty();
const since = performance.now();
await well.received(Number(count));
await report({ secondes: (performance.now() - since) / 1000, octets: 0, octetsGz: 0, sessions: 0 });
await delivery.stop();
process.exit();

/** The queue loses all it holds. */
async function empty(): Promise<void> {
  if (kind === "postgres") return void (await db.raw("TRUNCATE bullmq.job CASCADE"));
  const redis = new Redis(redisUrl);
  await redis.flushall();
  redis.disconnect();
}
