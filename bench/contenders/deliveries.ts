import { connect } from "../../src/db/index.ts";
import { startDelivery } from "../../src/delivery/index.ts";
import { createLogger } from "../../src/log/index.ts";
import { startQueue } from "../../src/queue/index.ts";
import { openStore } from "../../src/snapshot/index.ts";
import { publishSmall, seedPartners } from "../lib/feed.ts";
import { report } from "../lib/process.ts";
import { startWell } from "../lib/well.ts";

/**
 * Ours: publications of small files, each one delivered to every partner before the next, by one process with the
 * settings of the product: `deliveries.ts <postgres|redis> <database> <redis> <count> <partners> <store>`.
 */
const [kind = "", database = "", redis = "", count = "0", partners = "1", dossier = ""] =
  process.argv.slice(2);
const log = createLogger({ level: "silent" });
const db = connect(database, { max: 10 });
const store = await openStore(dossier);
const well = await startWell();
await seedPartners(db, Number(partners), { type: "https", url: `${well.url}/{partner}` });
await db("outbox").delete();
const queue = await startQueue({
  kind: kind === "redis" ? "redis" : "postgres",
  databaseUrl: database,
  redisUrl: redis,
  log,
});
const delivery = startDelivery({ db, queue, store, log });

const since = performance.now();
for (let made = 0; made < Number(count); made += Number(partners)) {
  await publishSmall(db, store);
  delivery.poke();
  await well.received(made + Number(partners));
}
await settled();
const secondes = (performance.now() - since) / 1000;
await report({ secondes, octets: 0, octetsGz: 0, sessions: 0 });
process.exit();

/** Received is not enough: the record of each one counts. */
async function settled(): Promise<void> {
  for (;;) {
    const left = await db("delivery").whereNot({ etat: "accepted" }).first("id");
    if (left === undefined) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
