import { beforeAll, describe, expect, test } from "vitest";
import { startDelivery } from "../../src/delivery/index.ts";
import { startQueue } from "../../src/queue/index.ts";
import { openStore, type Store } from "../../src/snapshot/index.ts";
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
import { startSink } from "../support/sink.ts";

/** More than a process has hands. */
const HUNG = 25;

describe.each(["postgres", "poll"] as const)("partners that never answer, queue %s", (kind) => {
  const database = useDatabase();
  const folder = useFolder();
  let store: Store;
  beforeAll(async () => {
    store = await openStore(folder.dir);
    await addProfil(database.db, "rco");
  });

  test("never make another one wait, however many they are", async () => {
    const sink = await startSink(({ partner }) => (partner === "sain" ? 201 : new Promise(() => undefined)));
    for (let rank = 0; rank < HUNG; rank += 1)
      await addPartner(database.db, `muet-${rank}`, "rco", {
        type: "https",
        url: `${sink.url}/muet-${rank}`,
      });
    const queue = await startQueue({ kind, databaseUrl: database.url, log: silence });
    await publishFeed(database.db, store, "rco", "A");
    const delivery = startDelivery({
      db: database.db,
      queue,
      store,
      log: silence,
      sweepMs: 200,
      stopMs: 0,
    });
    await eventually(() => (sink.seen.length >= HUNG ? true : undefined), "all of them are asked");
    await addPartner(database.db, "sain", "rco", { type: "https", url: `${sink.url}/sain` });
    for (const [rank, word] of ["A", "B"].entries()) {
      if (word !== "A") await publishFeed(database.db, store, "rco", word);
      await eventually(async () => {
        const rows = await deliveriesOf(database.db, "sain");
        return rows.filter(({ etat }) => etat === "accepted").length > rank ? true : undefined;
      }, `the healthy one has ${word}`);
    }
    expect(sink.seen.filter(({ partner }) => partner !== "sain")).toHaveLength(HUNG);
    await delivery.stop();
    await queue.close();
    await sink.close();
  });
});
