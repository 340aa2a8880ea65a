import { expect, test } from "vitest";
import { startDelivery } from "../../src/delivery/index.ts";
import { startQueue } from "../../src/queue/index.ts";
import { openStore } from "../../src/snapshot/index.ts";
import { useDatabase } from "../support/database.ts";
import {
  addPartner,
  addProfil,
  deliveriesOf,
  eventually,
  publishFeed,
  silence,
  useFolder,
} from "../support/diffusion.ts";
import { startRedis } from "../support/redis.ts";
import { startSink } from "../support/sink.ts";

const database = useDatabase();
const folder = useFolder();

test("a Redis that takes no more writes, as with a full disk: deliveries go on without it, and with it afterwards", async () => {
  const { db } = database;
  const redis = await startRedis();
  const sink = await startSink();
  const store = await openStore(folder.dir);
  await addProfil(db, "rco");
  await addPartner(db, "a", "rco", { type: "https", url: `${sink.url}/a` });
  const queue = await startQueue({ kind: "redis", redisUrl: redis.url, log: silence });
  const delivery = startDelivery({ db, queue, store, log: silence, sweepMs: 100 });
  const delivered = (count: number) =>
    eventually(async () => {
      const rows = await deliveriesOf(db, "a");
      return rows.filter(({ etat }) => etat === "accepted").length === count ? true : undefined;
    }, `${count} delivered`);
  await publishFeed(db, store, "rco", "A");
  await delivered(1);
  await redis.command("CONFIG", "SET", "min-replicas-to-write", "1");
  expect(await queue.wake([{ deliveryId: "refusee", epoch: 0 }])).toBe(false);
  await publishFeed(db, store, "rco", "B");
  await delivered(2);
  await redis.command("CONFIG", "SET", "min-replicas-to-write", "0");
  await publishFeed(db, store, "rco", "C");
  await delivered(3);
  expect(await queue.wake([{ deliveryId: "prise", epoch: 0 }])).toBe(true);
  await delivery.stop();
  await queue.close();
  await redis.stop();
  await sink.close();
});
