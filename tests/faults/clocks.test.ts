import type { ChildProcess } from "node:child_process";
import { afterEach, expect, test } from "vitest";
import { openStore } from "../../src/snapshot/index.ts";
import { useDatabase } from "../support/database.ts";
import {
  addPartner,
  addProfil,
  deliveriesOf,
  eventually,
  publishFeed,
  useFolder,
} from "../support/diffusion.ts";
import { startSink } from "../support/sink.ts";
import { startWorker } from "../support/startWorker.ts";

/** Nothing but the clock of the database decides, however wrong those of the workers are. */
const database = useDatabase();
const folder = useFolder();
const workers: ChildProcess[] = [];
afterEach(() => {
  for (const child of workers.splice(0)) child.kill("SIGKILL");
});

const DAY = 86_400_000;

test("workers a day ahead, a day behind, and set back while they work: nothing early, nothing late", async () => {
  const { db } = database;
  const store = await openStore(folder.dir);
  const sink = await startSink();
  await addProfil(db, "rco");
  for (const id of ["du", "demain"])
    await addPartner(db, id, "rco", { type: "https", url: `${sink.url}/${id}` });
  await publishFeed(db, store, "rco", "A");
  const options = {
    databaseUrl: database.url,
    dir: folder.dir,
    kind: "postgres" as const,
    leaseMs: 2_000,
    sweepMs: 200,
  };
  // One of the partners takes nothing before an hour, whatever a worker makes of it.
  await db("partner")
    .where({ id: "demain" })
    .update({ ouvert_jusqua: db.raw("horloge() + interval '1 hour'") });
  workers.push(
    ...(await Promise.all(
      [`${DAY}`, `-${DAY}`, `${DAY},-3600000`].map((shift) => startWorker(options, shift)),
    )),
  );
  const put = async (at: string) => {
    await db("partner").where({ id: "demain" }).update({ ouvert_jusqua: null });
    await db("delivery")
      .where({ partner: "demain" })
      .update({ due_at: db.raw(`horloge() + interval '${at}'`) });
  };
  const accepted = (partner: string) => async () => {
    const [row] = await deliveriesOf(db, partner);
    return row?.etat === "accepted" ? row : undefined;
  };
  await eventually(accepted("du"), "the one that is due");
  // As many again of what is due, so that every worker has looked many times.
  for (const word of ["B", "C", "D"]) {
    const before = sink.seen.filter(({ partner }) => partner === "du").length;
    await publishFeed(db, store, "rco", word);
    await eventually(
      () => (sink.seen.filter(({ partner }) => partner === "du").length > before ? true : undefined),
      word,
    );
  }
  expect(sink.seen.filter(({ partner }) => partner === "demain")).toEqual([]);
  await put("1 second");
  const { rows } = await db.raw<{ rows: { due_at: Date }[] }>(
    "SELECT due_at FROM delivery WHERE partner = 'demain'",
  );
  await eventually(accepted("demain"), "the one whose date came");
  const started = await db("attempt as a")
    .join("delivery as d", "d.id", "a.delivery_id")
    .where({ partner: "demain" })
    .first("a.started_at");
  expect(started?.started_at.getTime()).toBeGreaterThanOrEqual(rows[0]?.due_at.getTime() ?? 0);
  await sink.close();
}, 90_000);
