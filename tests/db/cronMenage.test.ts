import { createHash } from "node:crypto";
import { beforeEach, expect, test } from "vitest";
import { JOBS } from "../../src/cron/index.ts";
import { alone } from "../../src/edition/index.ts";
import { openStore, type Store } from "../../src/snapshot/index.ts";
import { useDatabase } from "../support/database.ts";
import { addPartner, addProfil, publishFeed, useFolder } from "../support/diffusion.ts";
import { jobContext } from "../support/job.ts";

const database = useDatabase();
const folder = useFolder();
let store: Store;

beforeEach(async () => {
  await database.shiftClock("0");
  await database.clear();
  store = await openStore(folder.dir);
  await addProfil(database.db, "rco");
  await addProfil(database.db, "autre");
  await addPartner(database.db, "a", "rco", { type: "dossier", chemin: folder.dir });
});

async function clean() {
  const job = JOBS.find(({ id }) => id === "menage");
  return job?.run(await jobContext(database.db, { store }));
}

/** Which of these snapshots still have their files, and which are marked as purged. */
async function files(ids: readonly (number | null)[]) {
  const rows: { id: number; sha256: string; purged_at: Date | null }[] = await database
    .db("feed_snapshot")
    .whereIn("id", ids)
    .orderBy("id");
  return Promise.all(
    rows.map(async ({ sha256, purged_at }) => ({
      there: await store.has(sha256),
      purged: purged_at !== null,
    })),
  );
}

const KEPT = { there: true, purged: false };
const GONE = { there: false, purged: true };

test("files of old feeds go, but for the current ones, the last thirty, and what is still to be delivered", async () => {
  const first = await publishFeed(database.db, store, "rco", "en attente");
  const shared = await publishFeed(database.db, store, "rco", "partagé");
  const old = await publishFeed(database.db, store, "rco", "ancien");
  // The other profile has the same bytes as its current feed.
  const current = await publishFeed(database.db, store, "autre", "partagé");
  await database.db("delivery").insert({
    id: "d1",
    partner: "a",
    snapshot_id: first.id,
    due_at: database.db.raw("horloge() + interval '90 days'"),
  });
  const all = [first, shared, old, current].map(({ id }) => id);
  expect(shared.file?.sha256).toBe(current.file?.sha256);
  await fill(30);
  expect(await clean()).toMatchObject({ fichiers: 0 });
  await database.shiftClock("8 days");
  expect(await clean()).toMatchObject({ fichiers: 1 });
  expect(await files(all)).toEqual([KEPT, KEPT, GONE, KEPT]);
  // Nothing is left to do, and history is whole.
  expect(await clean()).toMatchObject({ fichiers: 0 });
  expect(await database.db("feed_snapshot").whereNotNull("sha256")).toHaveLength(34);
});

/** So many more feeds of `rco`, without the trouble of writing them. */
async function fill(count: number): Promise<void> {
  const last = await database.db("feed_snapshot").orderBy("id", "desc").first();
  const { id: _, ...fields } = last;
  await database.db("feed_snapshot").insert(
    Array.from({ length: count }, (_, rank) => ({
      ...fields,
      profil: "rco",
      completees_par_defaut: "{}",
      sha256: createHash("sha256").update(String(rank)).digest("hex"),
    })),
  );
}

test("no file goes while an édition is under way: it may be putting it in place again", async () => {
  const old = await publishFeed(database.db, store, "rco", "ancien");
  await fill(31);
  await database.shiftClock("8 days");
  await alone(database.db, true, async () => {
    expect(await clean()).toMatchObject({ fichiers: expect.stringContaining("édition") });
  });
  expect(await files([old.id])).toEqual([KEPT]);
  expect(await clean()).toMatchObject({ fichiers: 2 });
  expect(await files([old.id])).toEqual([GONE]);
});

test("rows past their time go, in several pieces; the others stay", async () => {
  const { db } = database;
  await db("delivery").insert({
    id: "d1",
    partner: "a",
    snapshot_id: (await publishFeed(db, store, "rco", "A")).id,
    due_at: db.raw("horloge()"),
  });
  const attempt = (epoch: number) => ({
    delivery_id: "d1",
    epoch,
    worker: "w",
    issue: "acceptee",
    finished_at: db.raw("horloge()"),
    reponse: "merci",
  });
  await db("attempt").insert(attempt(1));
  await db.raw("UPDATE outbox SET done_at = horloge()");
  await db.raw(
    "INSERT INTO outbox (sujet, charge, done_at) SELECT 'essai', '{}', horloge() FROM generate_series(1, 1500)",
  );
  await db("cron_job").insert([{ id: "minute" }, { id: "jour" }]);
  await db.raw(
    `INSERT INTO cron_run (job, slot, etat) SELECT 'minute', horloge() - n * interval '1 minute', 'faite'
     FROM generate_series(1, 2500) n`,
  );
  await db.raw(
    `INSERT INTO cron_run (job, slot, etat) SELECT 'jour', horloge() - n * interval '1 day', 'faite'
     FROM generate_series(1, 60) n`,
  );
  await db("alert").insert({ cle: "a", code: "x", message: "x", closed_at: db.raw("horloge()") });
  expect(await clean()).toMatchObject({ reponses: 0, annonces: 0, passages: 0, notices: 0, alertes: 0 });
  await database.shiftClock("91 days");
  await db("attempt").insert(attempt(2));
  await db("outbox").insert({ sujet: "essai", charge: "{}", done_at: db.raw("horloge()") });
  await db("outbox").insert({ sujet: "essai", charge: "{}" });
  expect(await clean()).toMatchObject({ reponses: 1, annonces: 1502, passages: 2400, alertes: 0 });
  expect(await db("attempt").orderBy("epoch").select("issue", "reponse")).toEqual([
    { issue: "acceptee", reponse: null },
    { issue: "acceptee", reponse: "merci" },
  ]);
  expect(await db("outbox")).toHaveLength(2);
  expect(await db("cron_run").groupBy("job").orderBy("job").select("job").count("* as n")).toEqual([
    { job: "jour", n: 60 },
    { job: "minute", n: 100 },
  ]);
  await database.shiftClock("401 days");
  expect(await clean()).toMatchObject({ alertes: 1 });
});

test("notices of an édition go when a later one was done for each of its profiles", async () => {
  const { db } = database;
  const edition = async (profils: string[]) => {
    const [row] = await db("edition").insert(
      { etat: "faite", horloge: db.raw("horloge()"), finished_at: db.raw("horloge()"), profils },
      ["id"],
    );
    await db("edition_notice").insert({
      edition_id: row?.id,
      rang: 0,
      code: "x",
      severity: "information",
      path: "",
      value: "",
      message: "",
    });
    return Number(row?.id);
  };
  const replaced = await edition(["rco"]);
  const both = await edition(["rco", "autre"]);
  const last = await edition(["rco"]);
  expect(await clean()).toMatchObject({ notices: 0 });
  await database.shiftClock("31 days");
  expect(await clean()).toMatchObject({ notices: 1 });
  expect(await db("edition_notice").orderBy("edition_id").pluck("edition_id")).toEqual([both, last]);
  expect(await db("edition").orderBy("id").pluck("id")).toEqual([replaced, both, last]);
});

test("who pulled what is forgotten after its time, and not before", async () => {
  const at = (days: number) => ({
    profil: "rco",
    statut: 200,
    octets: 1,
    entier: true,
    at: database.db.raw("horloge() - ? * interval '1 day'", [days]),
  });
  await database.db("pull").insert([at(401), at(399)]);
  expect(await clean()).toMatchObject({ prises: 1 });
  expect(await database.db("pull")).toHaveLength(1);
});
