import { once } from "node:events";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { connect } from "../../src/db/index.ts";
import { claim, planDeliveries, startDelivery } from "../../src/delivery/index.ts";
import { holdLease } from "../../src/delivery/lease.ts";
import { startQueue } from "../../src/queue/index.ts";
import { openStore, type Store } from "../../src/snapshot/index.ts";
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
import { type Sink, startSink } from "../support/sink.ts";

const database = useDatabase();
const folder = useFolder();
let store: Store;
beforeAll(async () => {
  store = await openStore(folder.dir);
});
beforeEach(async () => {
  await database.clear();
  await addProfil(database.db, "rco");
});

async function deliver(sink: Sink, options: { leaseMs: number; stopMs?: number }) {
  await addPartner(database.db, "a", "rco", { type: "https", url: `${sink.url}/a` });
  const queue = await startQueue({ kind: "poll", log: silence });
  const delivery = startDelivery({ db: database.db, queue, store, log: silence, sweepMs: 50, ...options });
  return {
    stop: async () => {
      await delivery.stop();
      await queue.close();
    },
  };
}

const state = async (etat: string) => {
  const [row] = await deliveriesOf(database.db, "a");
  return row?.etat === etat ? row : undefined;
};

test("a push that lasts longer than a lease stays ours as long as we live", async () => {
  const sink = await startSink(async () => {
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    return 201;
  });
  await publishFeed(database.db, store, "rco", "A");
  const both = [await deliver(sink, { leaseMs: 300 }), await deliver(sink, { leaseMs: 300 })];
  await eventually(() => state("accepted"), "acceptance");
  for (const one of both) await one.stop();
  await sink.close();
  expect(sink.seen.map(({ epoch }) => epoch)).toEqual([1]);
});

test("a process that stops lets go of what it was sending, and another sends it under the same key", async () => {
  const sink = await startSink(async (seen, request) => {
    if (seen.epoch > 1) return 201;
    await once(request, "close");
    return undefined;
  });
  await publishFeed(database.db, store, "rco", "A");
  const first = await deliver(sink, { leaseMs: 60_000, stopMs: 100 });
  await eventually(() => (sink.seen.length > 0 ? true : undefined), "a request");
  await first.stop();
  const row = await state("retry");
  expect(await attemptsOf(database.db, row?.id ?? "")).toMatchObject([{ issue: "interrompue" }]);
  const second = await deliver(sink, { leaseMs: 60_000 });
  await eventually(() => state("accepted"), "acceptance");
  await second.stop();
  await sink.close();
  expect(new Set(sink.seen.map(({ key }) => key)).size).toBe(1);
  expect(sink.seen.map(({ epoch }) => epoch)).toEqual([1, 2]);
});

test("who cannot renew in time stops sending, before another may begin", async () => {
  await addPartner(database.db, "a", "rco", { type: "dossier", chemin: folder.dir });
  await publishFeed(database.db, store, "rco", "A");
  await planDeliveries(database.db);
  const [row] = await deliveriesOf(database.db, "a");
  const taken = await claim(database.db, row?.id ?? "", { worker: "essai", leaseMs: 400 });
  if (!("claimed" in taken)) throw new Error(taken.refused);
  const cut = connect("postgres://personne@127.0.0.1:1/rien", { max: 1 });
  const lease = holdLease(cut, taken.claimed, 400, new AbortController().signal);
  if (!lease.signal.aborted) await once(lease.signal, "abort");
  expect(await lease.stillOurs()).toBe(false);
  lease.release();
  await cut.destroy();
});
