import { expect, test } from "vitest";
import { actOnDelivery, claim } from "../../src/delivery/index.ts";
import { defineProfil, readProfils } from "../../src/partner/index.ts";
import { withdraw, writeVersions } from "../../src/published/index.ts";
import { useDatabase } from "../support/database.ts";
import { addPartner, addProfil, deliveriesOf } from "../support/diffusion.ts";
import { uneAction } from "../support/offre.ts";
import { done, MOI, useScene } from "../support/operateur.ts";

/** Deliveries that once stayed due for ever, or left with what their partner takes no more. */
const database = useDatabase();
const scene = useScene(database, ["a"]);
const TAKEN = { worker: "essai", leaseMs: 60_000 };

test("a delivery released after its feed was emptied is held as empty, not due for ever", async () => {
  await scene.publish("A");
  await scene.plan();
  const id = await scene.waiting("a");
  done(await actOnDelivery(database.db, "hold", { id, ...MOI }));
  await scene.publish(null);
  await scene.plan();
  done(await actOnDelivery(database.db, "release", { id, ...MOI }));
  await scene.plan();
  expect(await deliveriesOf(database.db, "a")).toMatchObject([
    { id, etat: "superseded" },
    { etat: "held", retenue: "vide" },
  ]);
});

test("a partner moved to a profile that has no feed yet is not sent the feed of the other", async () => {
  await scene.publish("A");
  await scene.plan();
  await addProfil(database.db, "kairos");
  await addPartner(database.db, "a", "kairos", { type: "dossier", chemin: scene.store.dir });
  await scene.plan();
  const id = await scene.waiting("a");
  expect(await claim(database.db, id, TAKEN)).toEqual({ refused: "a_planifier" });
});

test("a partner that comes and takes its file is sent nothing, nor what waited when its profile became so", async () => {
  await scene.publish("A");
  await scene.plan();
  const [profil] = await readProfils(database.db);
  await defineProfil(database.db, { ...profil, mode: ["pull"] }, "console:essai");
  await scene.plan();
  await scene.publish("B");
  await scene.plan();
  expect(await scene.states("a")).toEqual(["superseded"]);
});

test("a real offer that took the place of the demonstration reaches the partners", async () => {
  const write = (numero: string, origine: string) =>
    database.db.transaction((trx) =>
      writeVersions(trx, "action", [{ numero, contenu: uneAction() }], { origine }),
    );
  await write("D1", "demo");
  await scene.publish("demo");
  await scene.plan();
  expect(await scene.waiting("a")).toBe("");
  await write("A1", "sync");
  await database.db.transaction((trx) => withdraw(trx, "action", ["D1"], { motif: "absent_de_la_source" }));
  await scene.publish("A");
  await scene.plan();
  expect(await scene.waiting("a")).not.toBe("");
});

test("whether the offer is the demonstration is known without reading it all", async () => {
  const rows = Array.from({ length: 2000 }, (_, rank) => ({ numero: `A${rank}`, contenu: uneAction() }));
  // Enough of them for the statistics to be refreshed.
  await database.db.transaction((trx) => writeVersions(trx, "action", rows, { origine: "sync" }));
  const { rows: plan } = await database.db.raw<{ rows: { "QUERY PLAN": string }[] }>(
    "EXPLAIN SELECT 1 FROM published_action WHERE origine = 'demo' AND retired_at IS NULL LIMIT 1",
  );
  expect(plan.map((row) => row["QUERY PLAN"]).join()).toContain("published_action_demo");
});
