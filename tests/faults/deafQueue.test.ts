import { beforeAll, describe, expect, test } from "vitest";
import { connect } from "../../src/db/index.ts";
import { startDelivery } from "../../src/delivery/index.ts";
import { type Queue, startQueue } from "../../src/queue/index.ts";
import { openStore, type Store } from "../../src/snapshot/index.ts";
import { useDatabase } from "../support/database.ts";
import { addPartner, addProfil, eventually, publishFeed, silence, useFolder } from "../support/diffusion.ts";
import { type Seen, startSink } from "../support/sink.ts";

const PARTNERS = 20;
const TERMINAL = ["accepted", "dead", "superseded", "canceled"];

/** Takes every call and answers none: a queue that was emptied at each instant. */
const deaf: Queue = {
  kind: "poll",
  wake: async () => true,
  onWake: () => undefined,
  close: async () => undefined,
};
/** Cannot even take them. */
const away: Queue = { ...deaf, wake: async () => false };

describe.each([
  ["deaf", deaf],
  ["away", away],
])("two processes' worth of workers, queue %s", (_, queue) => {
  const database = useDatabase({ max: 20 });
  const folder = useFolder();
  let store: Store;
  beforeAll(async () => {
    store = await openStore(folder.dir);
    await addProfil(database.db, "rco");
  });

  /** What waits for a partner's sake is brought forward: the waits themselves are tested elsewhere. */
  const hurry = async () => {
    const waiting = ["retry", "scheduled"];
    // One row at a time: no lock is held while another is asked for.
    for (const { id } of await database.db("delivery").whereIn("etat", waiting).select("id"))
      await database
        .db("delivery")
        .where({ id })
        .whereIn("etat", waiting)
        .where("due_at", ">", database.db.raw("horloge()"))
        .update({ due_at: database.db.raw("horloge()"), echecs: 0 });
  };

  test("everything ends, nothing leaves untraced, and each partner has the current content", async () => {
    // Counted per partner, so that no more than two fail in a row: an open breaker would outlast this test, and is
    // tested elsewhere. Each begins at another place of the count.
    const tries = new Map<string, number>();
    const sink = await startSink(({ partner }, request) => {
      const tried = (tries.get(partner) ?? Number(partner.slice(1))) + 1;
      tries.set(partner, tried);
      if (tried % 7 === 0) request.socket.destroy();
      return tried % 5 === 0 ? 503 : 201;
    });
    for (let rank = 0; rank < PARTNERS; rank += 1)
      await addPartner(database.db, `p${rank}`, "rco", { type: "https", url: `${sink.url}/p${rank}` });
    const deliveries = [1, 2].map(() =>
      startDelivery({
        db: database.db,
        queue,
        store,
        log: silence,
        sweepMs: 50,
        graceMs: 100,
        leaseMs: 1_000,
      }),
    );
    let last = "";
    for (const word of ["A", "B", "C", "D"]) {
      last = (await publishFeed(database.db, store, "rco", word)).file?.sha256Gz ?? "";
      const before = sink.seen.length;
      await eventually(() => (sink.seen.length > before ? true : undefined), "a request after a publication");
    }
    await eventually(async () => {
      await hurry();
      const unfinished = await database.db("delivery").whereNotIn("etat", TERMINAL).first("id");
      const unplanned = await database.db("outbox").whereNull("done_at").first("id");
      return unfinished === undefined && unplanned === undefined ? true : undefined;
    }, "quiet");
    await Promise.all(deliveries.map((delivery) => delivery.stop()));
    await sink.close();

    const rows = await database.db("delivery").select("id", "partner", "etat");
    const attempts = await database.db("attempt").select("delivery_id", "epoch", "issue");
    const traced = new Set(attempts.map(({ delivery_id, epoch }) => `${delivery_id} ${epoch}`));
    const requests = sink.seen.map(({ key, epoch }) => `${key} ${epoch}`);
    expect(requests.filter((one) => !traced.has(one))).toEqual([]);
    expect(new Set(requests).size).toBe(requests.length);
    expect(attempts.filter(({ issue }) => issue === null)).toEqual([]);
    expect(rows.filter(({ etat }) => etat === "dead")).toEqual([]);
    for (let rank = 0; rank < PARTNERS; rank += 1) {
      const taken = sink.seen.filter(({ partner, status }) => partner === `p${rank}` && status === 201);
      expect(taken.at(-1)?.sha256).toBe(last);
      const keys = keysOf(taken);
      const ours = rows.filter(({ partner }) => partner === `p${rank}`);
      const accepted = ours.filter(({ etat }) => etat === "accepted").map(({ id }) => id);
      expect(keys).toEqual(expect.arrayContaining(accepted));
      // Those whose answer was lost on the way: a newer content took their place before they were sent again.
      const others = ours.filter(({ id, etat }) => keys.includes(id) && etat !== "accepted");
      expect(others.filter(({ etat }) => etat !== "superseded")).toEqual([]);
    }
  });
});

const keysOf = (seen: readonly Seen[]) => [...new Set(seen.map(({ key }) => key))].sort();

describe("a database that drops its connections", () => {
  const database = useDatabase();
  const folder = useFolder();

  test("costs time and nothing else", async () => {
    const store = await openStore(folder.dir);
    const { db, url } = database;
    await addProfil(db, "rco");
    const admin = connect(url, { max: 1, name: "essai-coupure" });
    const cut = () =>
      admin.raw(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
      );
    const sink = await startSink(async (seen) => {
      // The record of the answer is what will be written on a connection that is gone.
      if (seen.epoch === 1) await cut();
      return 201;
    });
    await addPartner(db, "a", "rco", { type: "https", url: `${sink.url}/a` });
    await publishFeed(db, store, "rco", "A");
    const worker = connect(url, { max: 4 });
    const queue = await startQueue({ kind: "postgres", databaseUrl: url, log: silence });
    const delivery = startDelivery({ db: worker, queue, store, log: silence, sweepMs: 100, leaseMs: 5_000 });
    const done = await eventually(async () => {
      const row = await admin("delivery").where({ partner: "a" }).first();
      return row?.etat === "accepted" ? row : undefined;
    }, "acceptance");
    await delivery.stop();
    await queue.close();
    await sink.close();
    await worker.destroy();
    await admin.destroy();
    expect(done).toMatchObject({ epoch: 1 });
    expect(sink.seen).toHaveLength(1);
  });
});
