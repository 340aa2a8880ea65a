import { beforeEach, describe, expect, test } from "vitest";
import { claim, complete, planDeliveries } from "../../src/delivery/index.ts";
import { setPartnerState } from "../../src/partner/index.ts";
import { openStore, type Store } from "../../src/snapshot/index.ts";
import { useDatabase } from "../support/database.ts";
import { addPartner, addProfil, deliveriesOf, publishFeed, useFolder } from "../support/diffusion.ts";

const database = useDatabase();
const folder = useFolder();
const WORKER = { worker: "essai", leaseMs: 60_000 };
let store: Store;

beforeEach(async () => {
  await database.clear();
  store = await openStore(folder.dir);
  await addProfil(database.db, "rco");
  await addPartner(database.db, "a", "rco", { type: "dossier", chemin: folder.dir });
});

const publish = (word: string | null) => publishFeed(database.db, store, "rco", word);
const plan = () => planDeliveries(database.db);
const states = async (partner = "a") => (await deliveriesOf(database.db, partner)).map(({ etat }) => etat);

/** Claims and ends the waiting delivery of `a`. */
async function attempt(status: number): Promise<void> {
  const waiting = (await deliveriesOf(database.db, "a")).find(
    ({ etat }) => etat === "scheduled" || etat === "retry",
  );
  const taken = await claim(database.db, waiting?.id ?? "", WORKER);
  if (!("claimed" in taken)) throw new Error(`not claimed: ${taken.refused}`);
  await complete(
    database.db,
    taken.claimed,
    { kind: "reponse", status, body: "", cut: false },
    { hasard: 0.5 },
  );
}

test("a snapshot is planned once for each partner of its profile", async () => {
  await addPartner(database.db, "b", "rco", { type: "dossier", chemin: folder.dir });
  const snapshot = await publish("A");
  expect(await plan()).toHaveLength(2);
  expect(await plan()).toEqual([]);
  for (const partner of ["a", "b"])
    expect(await deliveriesOf(database.db, partner)).toMatchObject([
      { etat: "scheduled", snapshot_id: snapshot.id, sha256: null, epoch: 0 },
    ]);
});

test("processes that plan at the same time make one delivery", async () => {
  for (const word of ["A", "B", "C"]) await publish(word);
  await Promise.all(Array.from({ length: 8 }, plan));
  expect(await states()).toEqual(["scheduled"]);
});

test("a delivery that waits takes the newest content and keeps its date", async () => {
  await publish("A");
  await plan();
  const [before] = await deliveriesOf(database.db, "a");
  const newest = await publish("B");
  await plan();
  expect(await deliveriesOf(database.db, "a")).toMatchObject([
    { id: before?.id, due_at: before?.due_at, snapshot_id: newest.id },
  ]);
});

test("content that the partner accepted last is not sent again", async () => {
  await publish("A");
  await plan();
  await attempt(201);
  await publish("B");
  await plan();
  await publish("A");
  await plan();
  expect(await states()).toEqual(["accepted", "superseded"]);
});

test("after an attempt that may have arrived, the same content is sent again", async () => {
  await publish("A");
  await plan();
  await attempt(201);
  await publish("B");
  await plan();
  await attempt(500);
  await publish("A");
  await plan();
  expect(await states()).toEqual(["accepted", "superseded", "scheduled"]);
});

test("a newer content takes the place of one in retry, not before the partner's own delay", async () => {
  await publish("A");
  await plan();
  await attempt(503);
  const [retried] = await deliveriesOf(database.db, "a");
  await publish("B");
  await plan();
  const [old, next] = await deliveriesOf(database.db, "a");
  expect(old).toMatchObject({ etat: "superseded", superseded_by: next?.id });
  expect(next).toMatchObject({ etat: "scheduled", due_at: retried?.due_at });
});

test("an empty feed is held and says why, until there is one again", async () => {
  await publish("A");
  await plan();
  await publish(null);
  await plan();
  await plan();
  const [, held] = await deliveriesOf(database.db, "a");
  expect(held).toMatchObject({ etat: "held" });
  expect(held?.motif).toContain("périmètre");
  await publish("B");
  await plan();
  expect(await states()).toEqual(["superseded", "superseded", "scheduled"]);
});

test("an announcement that says nothing known is passed over, and told", async () => {
  await database.db("outbox").insert({ sujet: "snapshot.publie", charge: JSON.stringify({ autre: 1 }) });
  await database.db("outbox").insert({ sujet: "un.jour", charge: "{}" });
  await publish("A");
  const unread: unknown[] = [];
  await planDeliveries(database.db, ({ charge }) => unread.push(charge));
  expect(unread).toEqual([{ autre: 1 }]);
  expect(await states()).toEqual(["scheduled"]);
  // Another stage's business: left where it is.
  expect(await database.db("outbox").whereNull("done_at")).toMatchObject([{ sujet: "un.jour" }]);
});

describe("partners", () => {
  test("one that is added after the publication receives the current content", async () => {
    await publish("A");
    await plan();
    await addPartner(database.db, "tardif", "rco", { type: "dossier", chemin: folder.dir });
    await plan();
    expect(await states("tardif")).toEqual(["scheduled"]);
    expect(await states("a")).toEqual(["scheduled"]);
  });

  test("a disabled one is not planned, and is when it wakes", async () => {
    await setPartnerState(database.db, "a", "desactive", "essai");
    await publish("A");
    await plan();
    expect(await states()).toEqual([]);
    await setPartnerState(database.db, "a", "actif", null);
    await plan();
    expect(await states()).toEqual(["scheduled"]);
  });

  test("a demonstration offer reaches demonstration partners and no other", async () => {
    await addPartner(database.db, "demo", "rco", { type: "dossier", chemin: folder.dir }, { demo: true });
    await database.db("published_action").insert({
      numero: "A1",
      version: 1,
      contenu: JSON.stringify({ organisme: "OF1" }),
      contenu_sha256: "x",
      origine: "demo",
      premiere_mise_en_ligne_at: new Date(),
      mis_en_ligne_at: new Date(),
    });
    await publish("A");
    await plan();
    expect(await states("demo")).toEqual(["scheduled"]);
    expect(await states("a")).toEqual([]);
  });

  test("a date outside of the partner's windows is put off, and each day says why", async () => {
    // A window that opened yesterday is a week away, whatever the day of the test.
    const { rows } = await database.db.raw<{ rows: { jour: number }[] }>(
      "SELECT extract(isodow FROM horloge() AT TIME ZONE 'Europe/Paris' - interval '1 day')::int AS jour",
    );
    await addProfil(database.db, "lent", {
      calendrier: { fenetres: [{ jours: [rows[0]?.jour ?? 1], debut: "08:00", fin: "09:00" }] },
    });
    await addPartner(database.db, "lent", "lent", { type: "dossier", chemin: folder.dir });
    await publishFeed(database.db, store, "lent", "A");
    await plan();
    const [delivery] = await deliveriesOf(database.db, "lent");
    expect(delivery?.due_at.getTime()).toBeGreaterThan(Date.now() + 4 * 86_400_000);
    const row = await database.db("delivery").where({ id: delivery?.id }).first("due_explain");
    expect(row?.due_explain.length).toBeGreaterThanOrEqual(5);
  });
});
