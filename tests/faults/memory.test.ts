import { once } from "node:events";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { openStore } from "../../src/snapshot/index.ts";
import { useDatabase } from "../support/database.ts";
import { addPartner, addProfil, eventually, publishFeed, useFolder } from "../support/diffusion.ts";
import { startSink } from "../support/sink.ts";
import { memoryOf, startWorker } from "../support/startWorker.ts";

/** What a partner sends back, however much, stays out of our memory. */
const database = useDatabase();
const folder = useFolder();
const MEGABYTE = 1_000_000;
const ENDLESS = Buffer.alloc(MEGABYTE, 0x78);
/** 64 MB of nothing in 64 KB, a hundred times. */
const BOMB = gzipSync(Buffer.alloc(64 * MEGABYTE));
const PARTNERS = 20;

test("answers without end and bombs, many at once: the worker does not grow", async () => {
  const { db } = database;
  const store = await openStore(folder.dir);
  let sent = 0;
  const sink = await startSink(async ({ partner }, request, response) => {
    if (partner === "calme") return 201;
    request.resume();
    await once(request, "end");
    if (partner.startsWith("bombe")) {
      response.writeHead(201, { "content-encoding": "gzip", "content-type": "application/json" }).end(BOMB);
      return undefined;
    }
    response.writeHead(200, { "content-type": "application/json" });
    const more = () => {
      do sent += ENDLESS.length;
      while (!response.destroyed && response.write(ENDLESS));
    };
    response.on("drain", more);
    more();
    return undefined;
  });
  await addProfil(db, "rco");
  const add = (id: string) => addPartner(db, id, "rco", { type: "https", url: `${sink.url}/${id}` });
  const ended = (count: number) =>
    eventually(
      async () => {
        const rows = await db("delivery").where({ etat: "accepted" }).select("id");
        return rows.length >= count ? true : undefined;
      },
      `${count} accepted`,
      60_000,
    );
  await add("calme");
  await publishFeed(db, store, "rco", "A");
  const worker = await startWorker({
    databaseUrl: database.url,
    dir: folder.dir,
    kind: "poll",
    sweepMs: 100,
  });
  await ended(1);
  const before = await memoryOf(worker);
  for (let rank = 0; rank < PARTNERS; rank += 1)
    await add(rank % 2 === 0 ? `sansfin-${rank}` : `bombe-${rank}`);
  await ended(1 + PARTNERS);
  const growth = (await memoryOf(worker)) - before;
  worker.kill("SIGKILL");
  await sink.close();
  const { rows } = await db.raw<{ rows: { most: number }[] }>(
    "SELECT max(length(reponse)) AS most FROM attempt",
  );
  expect(rows[0]?.most).toBe(65_536);
  expect(sent).toBeGreaterThanOrEqual((PARTNERS / 2) * MEGABYTE);
  // Of 640 MB that the bombs hold, and of what never ends.
  expect(growth).toBeLessThan(80 * MEGABYTE);
}, 120_000);
