import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { connect } from "../../src/db/index.ts";
import { startDelivery } from "../../src/delivery/index.ts";
import { startQueue } from "../../src/queue/index.ts";
import { openStore } from "../../src/snapshot/index.ts";
import { startPostgres } from "../storm/ground.ts";
import { useDatabase } from "../support/database.ts";
import {
  addPartner,
  addProfil,
  attemptsOf,
  deliveriesOf,
  eventually,
  publishFeed,
  silence,
  useFolder,
} from "../support/diffusion.ts";
import { startSink } from "../support/sink.ts";
import { startWorker } from "../support/startWorker.ts";

test("PostgreSQL crashes during a push: the worker lives, its answer is recorded when the server is back", async () => {
  const dir = await mkdtemp(path.join(tmpdir(), "offre-info-arret-"));
  const postgres = await startPostgres(path.join(dir, "pg"));
  const store = await openStore(path.join(dir, "store"));
  const sink = await startSink(async ({ key }) => {
    if (key !== "") await postgres.crash();
    return 201;
  });
  const setup = connect(postgres.url, { max: 1 });
  await addProfil(setup, "rco");
  await addPartner(setup, "a", "rco", { type: "https", url: `${sink.url}/a` });
  await publishFeed(setup, store, "rco", "A");
  await setup.destroy();
  const worker = await startWorker({
    databaseUrl: postgres.url,
    dir: store.dir,
    kind: "postgres",
    leaseMs: 20_000,
    sweepMs: 200,
  });
  let died = false;
  void once(worker, "exit").then(() => {
    died = true;
  });
  await eventually(() => (sink.seen[0]?.status === 201 ? true : undefined), "the answer", 30_000);
  const after = connect(postgres.url, { max: 1 });
  const done = await eventually(
    async () => {
      const [row] = await deliveriesOf(after, "a");
      return row?.etat === "accepted" ? row : undefined;
    },
    "acceptance",
    40_000,
  );
  expect(died).toBe(false);
  expect(await attemptsOf(after, done.id)).toMatchObject([{ issue: "acceptee" }]);
  expect(sink.seen).toHaveLength(1);
  worker.kill("SIGKILL");
  await after.destroy();
  await sink.close();
  await postgres.stop();
  await rm(dir, { recursive: true, force: true });
}, 120_000);

const database = useDatabase();
const folder = useFolder();

test("every connection of the pool taken: nothing is sent without a claim, and all of it once they are free", async () => {
  const store = await openStore(folder.dir);
  const sink = await startSink();
  await addProfil(database.db, "rco");
  const ids = Array.from({ length: 10 }, (_, rank) => `p${rank}`);
  for (const id of ids) await addPartner(database.db, id, "rco", { type: "https", url: `${sink.url}/${id}` });
  await publishFeed(database.db, store, "rco", "A");
  const pool = connect(database.url, { max: 2 });
  const taken = [await pool.transaction(), await pool.transaction()];
  const queue = await startQueue({ kind: "poll", log: silence });
  const delivery = startDelivery({ db: pool, queue, store, log: silence, sweepMs: 50 });
  // Long enough for twenty sweeps, had they a connection.
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  expect(sink.seen).toEqual([]);
  for (const trx of taken) await trx.rollback();
  await eventually(async () => {
    const left = await database.db("delivery").whereNot({ etat: "accepted" }).first("id");
    return left === undefined && sink.seen.length > 0 ? true : undefined;
  }, "all of them accepted");
  expect(sink.seen.map(({ partner }) => partner).sort()).toEqual([...ids].sort());
  await delivery.stop();
  await queue.close();
  await pool.destroy();
  await sink.close();
});
