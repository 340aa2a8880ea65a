import { expect, test } from "vitest";
import { startDispatcher } from "../../src/delivery/index.ts";
import type { Queue } from "../../src/queue/index.ts";
import { openStore } from "../../src/snapshot/index.ts";
import { useDatabase } from "../support/database.ts";
import { addPartner, addProfil, eventually, publishFeed, silence, useFolder } from "../support/diffusion.ts";

const database = useDatabase();
const folder = useFolder();
const BACKLOG = 2_500;

test("a backlog is called without waiting for the next sweep, each delivery before any is called again", async () => {
  const { db } = database;
  await addProfil(db, "rco");
  await addPartner(db, "a", "rco", { type: "dossier", chemin: folder.dir });
  const { id } = await publishFeed(db, await openStore(folder.dir), "rco", "A");
  await db("outbox").delete();
  await db.raw(
    `INSERT INTO partner (id, nom, profil, transport) SELECT 'p' || n, 'P', 'rco', '{}' FROM generate_series(1, ?::int) n`,
    [BACKLOG],
  );
  await db.raw(
    `INSERT INTO delivery (id, partner, snapshot_id, due_at)
     SELECT 'due-' || id, id, ?, horloge() - interval '1 second' FROM partner WHERE id <> 'a'`,
    [id],
  );
  const called: string[] = [];
  let under: readonly string[] = [];
  let passes = 0;
  const queue: Queue = {
    kind: "poll",
    // What was called is done by the next pass.
    async wake(wakes) {
      passes += 1;
      await db("delivery").whereIn("id", under).update({ etat: "canceled" });
      under = wakes.map(({ deliveryId }) => deliveryId);
      called.push(...under);
      return true;
    },
    onWake: () => undefined,
    close: async () => undefined,
  };
  const dispatcher = startDispatcher({ db, queue, log: silence, sweepMs: 20_000, graceMs: 600_000 });
  const pass = (rank: number) =>
    eventually(() => (passes >= rank ? true : undefined), `pass ${rank}`, 15_000);
  try {
    // Nobody pokes it for the second one.
    for (let rank = 2; called.length < BACKLOG; rank += 1) {
      await pass(rank);
      dispatcher.poke();
    }
  } finally {
    await dispatcher.stop();
  }
  // The last pass may be made again: it was not full.
  expect(new Set(called.slice(0, BACKLOG)).size).toBe(BACKLOG);
});
