import { expect, test } from "vitest";
import { horloge } from "../../src/db/index.ts";
import {
  actOnDelivery,
  announceDeliveries,
  claim,
  complete,
  type Outcome,
} from "../../src/delivery/index.ts";
import { writeVersions } from "../../src/published/index.ts";
import { useDatabase } from "../support/database.ts";
import { addPartner, addProfil, deliveriesOf, publishFeed } from "../support/diffusion.ts";
import { unOrganisme } from "../support/offre.ts";
import { done, MOI, useScene } from "../support/operateur.ts";

/** What an announcement, which has no content yet, once did to contents that were on their way or unwanted. */
const database = useDatabase();
const scene = useScene(database, ["a"]);
const TAKEN = { worker: "essai", leaseMs: 60_000 };
const DAY = 24 * 3_600_000;

/** A partner that waits three working days for each version. */
async function late(sur_inconnue: "renvoyer" | "retenir" = "renvoyer"): Promise<void> {
  await addProfil(database.db, "kairos", { attente: 3, visibilite: 4 });
  await addPartner(
    database.db,
    "k",
    "kairos",
    { type: "dossier", chemin: scene.store.dir },
    { sur_inconnue },
  );
}

async function flying(word: string): Promise<Parameters<typeof complete>[1]> {
  await publishFeed(database.db, scene.store, "kairos", word);
  await scene.plan();
  const taken = await claim(database.db, await scene.waiting("k"), TAKEN);
  if (!("claimed" in taken)) throw new Error(`not claimed: ${taken.refused}`);
  return taken.claimed;
}

const write = (numero: string, days = 0, origine = "test") =>
  database.db.transaction(async (trx) => {
    const misEnLigneAt = new Date((await horloge(trx)).getTime() - days * DAY);
    await writeVersions(trx, "organisme", [{ numero, contenu: unOrganisme() }], { origine, misEnLigneAt });
  });

/** Something that may leave in three days is published, and announced. */
async function announced(): Promise<string> {
  await write("OF1");
  const [one] = await announceDeliveries(database.db);
  expect(one).toMatchObject({ partner: "k", act: "annoncer" });
  return one?.delivery ?? "";
}

const answer = (status: number): Outcome => ({ kind: "reponse", status, body: "", cut: false });
const lost: Outcome = { kind: "echec", classe: "inconnue", message: "coupé" };

test.each([
  ["a failure", "renvoyer", answer(503), "retry"],
  ["a stop of ours", "renvoyer", { kind: "echec", classe: "interrompue", message: "arrêt" }, "retry"],
  ["a doubt", "retenir", lost, "held"],
] as const)(
  "after %s the content on its way is not given up for one that comes in three days",
  async (...of) => {
    const [, surInconnue, outcome, etat] = of;
    await late(surInconnue);
    const claimed = await flying("A");
    const coming = await announced();
    await complete(database.db, claimed, outcome, { hasard: 0.5 });
    expect(await deliveriesOf(database.db, "k")).toMatchObject([
      { id: claimed.id, etat },
      { id: coming, etat: "superseded", superseded_by: claimed.id },
    ]);
    // The one that waits stands for what comes as well.
    expect(await announceDeliveries(database.db)).toEqual([]);
  },
);

test("a content that an operator canceled does not come back with an announcement that brings nothing", async () => {
  await late();
  const claimed = await flying("A");
  await complete(database.db, claimed, answer(201), { hasard: 0.5 });
  await publishFeed(database.db, scene.store, "kairos", "B");
  await scene.plan();
  done(await actOnDelivery(database.db, "cancel", { id: await scene.waiting("k"), ...MOI }));
  await announced();
  await database.db("edition").update({ horloge: database.db.raw("horloge() + interval '15 days'") });
  expect(await announceDeliveries(database.db)).toMatchObject([{ act: "abandonner" }]);
  expect(await scene.states("k")).toEqual(["accepted", "canceled", "superseded"]);
});

test("an announcement whose édition brought nothing does not stay past for what comes days later", async () => {
  await late();
  await complete(database.db, await flying("A"), answer(201), { hasard: 0.5 });
  await database.db("edition").update({ horloge: database.db.raw("horloge() - interval '15 days'") });
  await write("OF1", 14);
  await announceDeliveries(database.db);
  await write("OF2");
  await publishFeed(database.db, scene.store, "kairos", "A");
  await scene.plan();
  expect(await announceDeliveries(database.db)).toMatchObject([{ act: "abandonner" }]);
  expect(await announceDeliveries(database.db)).toMatchObject([{ act: "annoncer" }]);
  const coming = (await deliveriesOf(database.db, "k")).at(-1);
  expect(coming?.due_at.getTime()).toBeGreaterThan((await horloge(database.db)).getTime() + 2 * DAY);
  expect(await announceDeliveries(database.db)).toEqual([]);
});
