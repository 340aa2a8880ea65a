import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterEach, beforeAll, expect, test } from "vitest";
import { startDelivery } from "../../src/delivery/index.ts";
import { startQueue } from "../../src/queue/index.ts";
import { openStore, type Store } from "../../src/snapshot/index.ts";
import { useDatabase } from "../support/database.ts";
import type { DeliveryChild } from "../support/deliveryChild.ts";
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

const CHILD = fileURLToPath(new URL("../support/deliveryChild.ts", import.meta.url));
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

function worker(leaseMs: number): ChildProcess {
  const options: DeliveryChild = {
    databaseUrl: database.url,
    dir: folder.dir,
    kind: "poll",
    leaseMs,
    sweepMs: 100,
  };
  const child = fork(CHILD, [JSON.stringify(options)], { execArgv: ["--import", "tsx"] });
  children.push(child);
  return child;
}

test("a worker killed in the middle of a push: sent again under the same key once its lease has lapsed", async () => {
  let kill = () => {};
  const sink = await startSink(async (seen, request) => {
    if (seen.epoch > 2) return 201;
    // Bytes are moving: the worker dies here, twice.
    await once(request, "readable");
    kill();
    await once(request, "close");
    return undefined;
  });
  await addPartner(database.db, "tue", "rco", { type: "https", url: `${sink.url}/tue` });
  await publishFeed(database.db, store, "rco", "A", 2_000_000);
  for (let rank = 1; rank <= 2; rank += 1) {
    const child = worker(800);
    const exited = once(child, "exit");
    kill = () => child.kill("SIGKILL");
    await exited;
    const [row] = await deliveriesOf(database.db, "tue");
    expect(row).toMatchObject({ etat: "in_flight", epoch: rank });
  }
  const queue = await startQueue({ kind: "poll", log: silence });
  const delivery = startDelivery({ db: database.db, queue, store, log: silence, sweepMs: 100 });
  const done = await eventually(async () => {
    const [row] = await deliveriesOf(database.db, "tue");
    return row?.etat === "accepted" ? row : undefined;
  }, "acceptance");
  await delivery.stop();
  await queue.close();
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
});
