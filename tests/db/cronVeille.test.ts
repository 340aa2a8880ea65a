import { beforeEach, expect, test } from "vitest";
import { recordAct } from "../../src/audit/index.ts";
import { askComplement } from "../../src/catalogue/index.ts";
import { JOBS } from "../../src/cron/index.ts";
import { BREAKER_AFTER, claim, complete, failure, planDeliveries } from "../../src/delivery/index.ts";
import { setPartnerState } from "../../src/partner/index.ts";
import { openStore, type Store } from "../../src/snapshot/index.ts";
import { CONTROLE, confirmer, lire, loadStructures, uneFiche } from "../support/catalogue.ts";
import { useDatabase } from "../support/database.ts";
import { addPartner, addProfil, deliveriesOf, publishFeed, useFolder } from "../support/diffusion.ts";
import { jobContext } from "../support/job.ts";

const database = useDatabase();
const folder = useFolder();
let store: Store;

beforeEach(async () => {
  await database.shiftClock("0");
  await database.clear();
  store = await openStore(folder.dir);
  await addProfil(database.db, "rco");
  await addPartner(database.db, "a", "rco", { type: "dossier", chemin: folder.dir });
});

/** Runs a job of the table as the engine does. */
async function run(id: string) {
  const job = JOBS.find((one) => one.id === id);
  if (job === undefined) throw new Error(`no job ${id}`);
  return job.run(await jobContext(database.db));
}

/** Alerts open now, by key. */
async function open(): Promise<
  { cle: string; code: string; message: string; detail: Record<string, unknown> }[]
> {
  return database
    .db("alert")
    .whereNull("closed_at")
    .orderBy("cle")
    .select("cle", "code", "message", "detail");
}

async function publish(word: string) {
  await publishFeed(database.db, store, "rco", word);
  await planDeliveries(database.db);
}

/** One attempt of what waits for `a`. */
async function attempt(status: number): Promise<string> {
  const waiting = (await deliveriesOf(database.db, "a")).find(({ etat }) => etat === "scheduled");
  const taken = await claim(database.db, waiting?.id ?? "", { worker: "essai", leaseMs: 60_000 });
  if (!("claimed" in taken)) throw new Error(taken.refused);
  await complete(
    database.db,
    taken.claimed,
    { kind: "reponse", status, body: "", cut: false },
    { hasard: 0.5 },
  );
  return taken.claimed.id;
}

test("what is due and does not move is told from a quarter of an hour on, and is over when it moves", async () => {
  await publish("A");
  await publishFeed(database.db, store, "rco", "B");
  await run("surveillance");
  expect(await open()).toEqual([]);
  await database.shiftClock("20 minutes");
  await run("surveillance");
  expect(await open()).toMatchObject([
    { cle: "retard:annonces", code: "diffusions-en-retard", detail: { nombre: 1 } },
    { cle: "retard:diffusions", code: "diffusions-en-retard", detail: { nombre: 1 } },
  ]);
  await planDeliveries(database.db);
  await attempt(201);
  await run("surveillance");
  expect(await open()).toEqual([]);
});

test("a delivery that is given up is told until a later one arrives", async () => {
  await publish("A");
  const id = await attempt(404);
  await run("surveillance");
  expect(await open()).toMatchObject([
    {
      cle: "abandon:a",
      code: "diffusion-abandonnee",
      message: expect.stringContaining("404"),
      detail: { diffusion: id },
    },
  ]);
  await publish("B");
  await run("surveillance");
  expect(await open()).toHaveLength(1);
  await attempt(201);
  await run("surveillance");
  expect(await open()).toEqual([]);
});

test("a partner that takes nothing for a while is told before anything is given up, until it takes one", async () => {
  // What takes the place of a failed one waits as it had to.
  const now = () =>
    database
      .db("delivery")
      .where({ etat: "scheduled" })
      .update({ due_at: database.db.raw("horloge()") });
  for (let time = 1; time <= BREAKER_AFTER; time += 1) {
    await publish(`panne ${time}`);
    await now();
    await run("surveillance");
    expect(await open()).toEqual([]);
    await attempt(503);
  }
  await run("surveillance");
  expect(await open()).toMatchObject([
    { cle: "panne:a", code: "partenaire-en-panne", detail: { partenaire: "a" } },
  ]);
  await database.db("partner").update({ ouvert_jusqua: null });
  await publish("enfin");
  await now();
  await attempt(201);
  await run("surveillance");
  expect(await open()).toEqual([]);
});

test("a secret of ours that is missing is told: it counts as nobody's failure and would wait for ever", async () => {
  await publish("A");
  const [waiting] = await deliveriesOf(database.db, "a");
  const taken = await claim(database.db, waiting?.id ?? "", { worker: "essai", leaseMs: 60_000 });
  if (!("claimed" in taken)) throw new Error(taken.refused);
  const missing = failure("secret_indisponible", "Le secret « mot_de_passe » n'est pas enregistré.");
  await complete(database.db, taken.claimed, missing, { hasard: 0.5 });
  await run("surveillance");
  const [alerte] = await open();
  expect(alerte).toMatchObject({ cle: "panne:a" });
  expect(alerte?.message).toContain("Le secret « mot_de_passe » n'est pas enregistré.");
});

test("a feed held by the product is told; what an operator holds is not", async () => {
  await publish("A");
  await attempt(201);
  await publishFeed(database.db, store, "rco", null);
  await planDeliveries(database.db);
  await run("surveillance");
  expect((await open()).map(({ cle, code }) => [cle, code])).toEqual([["retenue:a", "diffusion-retenue"]]);
  await database.db("delivery").where({ etat: "held" }).update({ retenue: "operateur" });
  await run("surveillance");
  expect(await open()).toEqual([]);
});

test("a partner that is stopped is one alert, with its reason, whatever ended badly there", async () => {
  await publish("A");
  await attempt(410);
  await run("surveillance");
  expect(await open()).toMatchObject([{ cle: "partenaire:a", message: expect.stringContaining("410") }]);
  await setPartnerState(database.db, "a", "actif", null);
  await run("surveillance");
  expect((await open()).map(({ cle }) => cle)).toEqual(["abandon:a"]);
});

test("an expected date without the partner's word is told, with the sessions, until it speaks", async () => {
  const treated = (id: string) =>
    database.db("receipt").insert({ delivery_id: id, partner: "a", etape: "traitement", issue: "acceptee" });
  await publish("A");
  const first = await attempt(201);
  await database.shiftClock("20 days");
  await run("visibilite");
  // It never acknowledged anything: it is not waited for.
  expect(await open()).toEqual([]);
  await database.shiftClock("0");
  await treated(first);
  await publish("B");
  const second = await attempt(201);
  const { snapshot_id } = (await database.db("delivery").where({ id: second }).first()) ?? {};
  await database.db("feed_presence").insert(
    ["S1", "S2"].map((session) => ({
      profil: "rco",
      session,
      action: "A1",
      session_version: 1,
      action_version: 1,
      organisme_version: 1,
      fragment_sha256: "x",
      from_snapshot: snapshot_id,
    })),
  );
  await run("visibilite");
  expect(await open()).toEqual([]);
  await database.shiftClock("20 days");
  await run("visibilite");
  expect(await open()).toMatchObject([
    {
      cle: "visibilite:a",
      code: "visibilite-depassee",
      detail: { diffusions: [second], sessions: 2, exemples: ["S1", "S2"] },
    },
  ]);
  await treated(second);
  await run("visibilite");
  expect(await open()).toEqual([]);
});

test("the audit is checked whole, and against its end of the last time", async () => {
  const act = (id: string) =>
    database.db.transaction((trx) =>
      recordAct(trx, { acteur: "systeme", acte: "essai", objet: { type: "essai", id } }),
    );
  for (const id of ["1", "2", "3"]) await act(id);
  const bilan = await run("audit");
  expect(bilan).toMatchObject({ lignes: 3, tete: { id: 3 } });
  await database.db("cron_job").insert({ id: "audit" });
  await database.db("cron_run").insert({
    job: "audit",
    slot: database.db.raw("horloge()"),
    etat: "faite",
    started_at: database.db.raw("horloge()"),
    bilan: JSON.stringify(bilan),
  });
  await database.db.transaction(async (trx) => {
    await trx.raw("SET LOCAL session_replication_role = replica");
    await trx("audit").where({ id: 3 }).delete();
  });
  expect(await run("audit")).toMatchObject({ tete: { id: 3 }, rupture: { id: 3 } });
  expect(await open()).toMatchObject([{ cle: "audit", code: "audit-rompu" }]);
});

test("what the control has beyond its four working days is told, until it is done", async () => {
  const { db } = database;
  const controls = async () => (await open()).filter(({ code }) => code === "controle-en-retard");
  await loadStructures(db);
  const { id } = await uneFiche(db);
  await confirmer(db, id);
  await run("surveillance");
  expect(await controls()).toEqual([]);
  await database.shiftClock("10 days");
  await run("surveillance");
  const { reference } = await lire(database.db, id);
  expect(await controls()).toMatchObject([{ detail: { exemples: [reference] } }]);
  await askComplement(database.db, CONTROLE, id, "Précisez le public.");
  await run("surveillance");
  expect(await controls()).toEqual([]);
});
