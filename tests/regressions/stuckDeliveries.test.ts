import { expect, test } from "vitest";
import { actOnDelivery, claim } from "../../src/delivery/index.ts";
import { useDatabase } from "../support/database.ts";
import { addPartner, addProfil, deliveriesOf } from "../support/diffusion.ts";
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
