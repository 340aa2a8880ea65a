import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { afterEach, beforeAll, expect, test } from "vitest";
import { startDelivery } from "../../src/delivery/index.ts";
import { startQueue } from "../../src/queue/index.ts";
import { openStore, type Store } from "../../src/snapshot/index.ts";
import { useDatabase } from "../support/database.ts";
import {
  addPartner,
  addProfil,
  attemptsOf,
  type DeliveryRow,
  deliveriesOf,
  eventually,
  publishFeed,
  silence,
  useFolder,
} from "../support/diffusion.ts";
import { startSink } from "../support/sink.ts";
import { startWorker } from "../support/startWorker.ts";

const database = useDatabase();
const folder = useFolder();
let store: Store;
const children: ChildProcess[] = [];

beforeAll(async () => {
  store = await openStore(folder.dir);
  await addProfil(database.db, "rco");
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

async function worker(leaseMs: number): Promise<ChildProcess> {
  const child = await startWorker({
    databaseUrl: database.url,
    dir: folder.dir,
    kind: "poll",
    leaseMs,
    sweepMs: 100,
  });
  children.push(child);
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await ended;
}

/** A worker of this process takes over and brings it to its end. */
async function takenOver(partner: string): Promise<DeliveryRow> {
  const queue = await startQueue({ kind: "poll", log: silence });
  const delivery = startDelivery({ db: database.db, queue, store, log: silence, sweepMs: 100 });
  const done = await eventually(async () => {
    const [row] = await deliveriesOf(database.db, partner);
    return row?.etat === "accepted" ? row : undefined;
  }, "acceptance");
  await delivery.stop();
  await queue.close();
  return done;
}

test("a worker killed in the middle of a push: sent again under the same key once its lease has lapsed", async () => {
  const sink = await startSink(async ({ epoch }, request) => {
    if (epoch > 2) return 201;
    await once(request, "close");
    return undefined;
  });
  await addPartner(database.db, "tue", "rco", { type: "https", url: `${sink.url}/tue` });
  await publishFeed(database.db, store, "rco", "A", 2_000_000);
  for (let rank = 1; rank <= 2; rank += 1) {
    const child = await worker(800);
    // Bytes are moving: the worker dies here, twice.
    await eventually(() => (sink.seen.length >= rank ? true : undefined), "a request");
    await kill(child);
    const [row] = await deliveriesOf(database.db, "tue");
    expect(row).toMatchObject({ etat: "in_flight", epoch: rank });
  }
  const done = await takenOver("tue");
  await sink.close();
  expect(await attemptsOf(database.db, done.id)).toMatchObject([
    { issue: "inconnue" },
    { issue: "inconnue" },
    { issue: "acceptee" },
  ]);
  expect(sink.seen.map(({ key, epoch }) => ({ key, epoch }))).toEqual(
    [1, 2, 3].map((epoch) => ({ key: done.id, epoch })),
  );
  expect(sink.seen[2]?.sha256).toBe(done.sha256);
}, 60_000);

test("killed between the answer and its record: sent again under the same key, and said to be of unknown outcome", async () => {
  let answer = () => {};
  const mayAnswer = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const sink = await startSink(async ({ partner, epoch }) => {
    if (partner === "oubli" && epoch === 1) await mayAnswer;
    return 201;
  });
  await addPartner(database.db, "oubli", "rco", { type: "https", url: `${sink.url}/oubli` });
  const child = await worker(800);
  const [first] = await eventually(
    () => (sink.seen.some(({ partner }) => partner === "oubli") ? sink.seen : undefined),
    "a request",
  );
  await database.db.transaction(async (trx) => {
    // Whoever holds the partner keeps the record from being written.
    await trx.raw("SELECT 1 FROM partner WHERE id = 'oubli' FOR UPDATE");
    answer();
    await eventually(() => (first?.status === 201 ? true : undefined), "the answer");
    await kill(child);
  });
  const done = await takenOver("oubli");
  await sink.close();
  expect(await attemptsOf(database.db, done.id)).toMatchObject([
    { issue: "inconnue" },
    { issue: "acceptee" },
  ]);
  expect(
    sink.seen.filter(({ partner }) => partner === "oubli").map(({ key, status }) => [key, status]),
  ).toEqual([
    [done.id, 201],
    [done.id, 201],
  ]);
}, 60_000);

test("killed between the publication and the call: what was announced is found by whoever comes", async () => {
  const sink = await startSink();
  await addPartner(database.db, "tard", "rco", { type: "https", url: `${sink.url}/tard` });
  // Committed with the snapshot, and nobody was there to hear of it.
  await publishFeed(database.db, store, "rco", "C");
  expect(await deliveriesOf(database.db, "tard")).toEqual([]);
  const done = await takenOver("tard");
  await sink.close();
  expect(sink.seen.find(({ partner }) => partner === "tard")).toMatchObject({ key: done.id, status: 201 });
});
