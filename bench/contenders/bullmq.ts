import { once } from "node:events";
import { createPostgresBackend, Queue, Worker } from "bullmq";
import { Redis } from "ioredis";
import { report } from "../lib/process.ts";

/**
 * BullMQ alone: empty jobs by lots, each lot handed over then answered before the next, as a publication is:
 * `bullmq.ts <postgres|redis> <database> <redis> <count> <lot>`.
 */
const [kind = "", database = "", redis = "", count = "0", lot = "1"] = process.argv.slice(2);
const NAME = "banc-a-vide";
const jobOptions = { removeOnComplete: true, removeOnFail: true };
const postgres = { connectionString: database, schema: "bullmq", migrate: true, max: 4 };
const queue =
  kind === "redis"
    ? new Queue(NAME, { connection: new Redis(redis), defaultJobOptions: jobOptions })
    : new Queue(NAME, { connection: postgres, defaultJobOptions: jobOptions }, createPostgresBackend);
await queue.waitUntilReady();

let left = 0;
let done = () => {};
const answer = async (): Promise<void> => {
  left -= 1;
  if (left === 0) done();
};
const settings = { concurrency: 10, autorun: true, drainDelay: 5 };
const worker =
  kind === "redis"
    ? new Worker(NAME, answer, { ...settings, connection: new Redis(redis, { maxRetriesPerRequest: null }) })
    : new Worker(NAME, answer, { ...settings, connection: postgres }, createPostgresBackend);
await worker.waitUntilReady();

const since = performance.now();
for (let made = 0; made < Number(count); made += Number(lot)) {
  left = Number(lot);
  const all = new Promise<void>((resolve) => {
    done = resolve;
  });
  await queue.addBulk(
    Array.from({ length: left }, (_, rank) => ({
      name: "vide",
      data: {},
      opts: { jobId: `${made}.${rank}` },
    })),
  );
  await all;
}
const secondes = (performance.now() - since) / 1000;
await report({ secondes, octets: 0, octetsGz: 0, sessions: 0 });
await Promise.race([worker.close(true), once(process, "disconnect")]);
process.exit();
