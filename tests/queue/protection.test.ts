import { beforeEach, expect, test } from "vitest";
import type { z } from "zod";
import { BREAKER_AFTER, type Claimed, claim, complete, planDeliveries } from "../../src/delivery/index.ts";
import { setPartnerState, type zPartner } from "../../src/partner/index.ts";
import { openStore, type Store } from "../../src/snapshot/index.ts";
import { useDatabase } from "../support/database.ts";
import { addPartner, addProfil, deliveriesOf, publishFeed, useFolder } from "../support/diffusion.ts";

/** What protects a partner: the breaker, the pace that it bears, and its wish never to receive in doubt. */
const database = useDatabase();
const folder = useFolder();
let store: Store;

beforeEach(async () => {
  await database.clear();
  store = await openStore(folder.dir);
  await addProfil(database.db, "rco");
});

const partner = (fields: Partial<z.input<typeof zPartner>> = {}) =>
  addPartner(database.db, "a", "rco", { type: "dossier", chemin: folder.dir }, fields);
const waiting = async () =>
  (await deliveriesOf(database.db, "a")).find(({ etat }) => ["scheduled", "retry", "held"].includes(etat));

/** Publishes something new and plans it. */
async function publish(word: string): Promise<string> {
  await publishFeed(database.db, store, "rco", word);
  await planDeliveries(database.db);
  return (await waiting())?.id ?? "";
}

async function claimed(id: string, leaseMs = 60_000): Promise<Claimed> {
  const taken = await claim(database.db, id, { worker: "essai", leaseMs });
  if (!("claimed" in taken)) throw new Error(`not claimed: ${taken.refused}`);
  return taken.claimed;
}

const answer = (of: Claimed, status: number) =>
  complete(database.db, of, { kind: "reponse", status, body: "", cut: false }, { hasard: 0.5 });

/** Fails once with something new each time, so that no backoff stands in the way. */
async function fail(word: string): Promise<void> {
  await answer(await claimed(await publish(word)), 503);
}

const row = () => database.db("partner").where({ id: "a" }).first("echecs_suite", "ouvert_jusqua");

test("a partner that fails again and again is left alone, then probed once; a success closes the breaker", async () => {
  await partner();
  for (let time = 1; time <= BREAKER_AFTER; time += 1) {
    await fail(`panne ${time}`);
    await database
      .db("delivery")
      .where({ etat: "retry" })
      .update({ due_at: database.db.raw("horloge()") });
  }
  const { echecs_suite, ouvert_jusqua } = await row();
  expect(echecs_suite).toBe(BREAKER_AFTER);
  const id = await publish("après la panne");
  expect(await claim(database.db, id, { worker: "essai", leaseMs: 1 })).toEqual({ refused: "differee" });
  expect(await waiting()).toMatchObject({ id, due_at: ouvert_jusqua });

  await database.db("partner").update({ ouvert_jusqua: database.db.raw("horloge() - interval '1 second'") });
  await database
    .db("delivery")
    .where({ id })
    .update({ due_at: database.db.raw("horloge()") });
  const probe = await claimed(id);
  await answer(probe, 201);
  expect(await row()).toEqual({ echecs_suite: 0, ouvert_jusqua: null });
});

test("a probe that fails opens it for longer, and an operator who resumes closes it", async () => {
  await partner();
  await database.db("partner").update({ echecs_suite: BREAKER_AFTER });
  await fail("encore");
  const { echecs_suite, ouvert_jusqua } = await row();
  expect(echecs_suite).toBe(BREAKER_AFTER + 1);
  expect(ouvert_jusqua).not.toBeNull();
  await setPartnerState(database.db, "a", "actif", null);
  expect(await row()).toEqual({ echecs_suite: 0, ouvert_jusqua: null });
});

test("what is asked of a partner keeps its pace: minutes between two, and so many a day", async () => {
  await partner({ limites: { espacement_minutes: 30, par_jour: 2 } });
  await answer(await claimed(await publish("A")), 201);
  const id = await publish("B");
  expect(await claim(database.db, id, { worker: "essai", leaseMs: 1 })).toEqual({ refused: "differee" });
  const { due_at, due_explain } = await database.db("delivery").where({ id }).first("due_at", "due_explain");
  const [first] = await database.db("attempt").select("started_at");
  expect(due_at.getTime() - first.started_at.getTime()).toBe(30 * 60_000);
  expect(due_explain).toMatchObject([{ raison: "30 minutes entre deux envois" }]);

  const back = (hours: number) =>
    database.db("attempt").update({
      started_at: database.db.raw("started_at - ? * interval '1 minute'", [hours]),
    });
  await back(31);
  await database
    .db("delivery")
    .where({ id })
    .update({ due_at: database.db.raw("horloge()") });
  await answer(await claimed(id), 201);
});

test("above the number of a day, the next one leaves the next day", async () => {
  await partner({ limites: { par_jour: 1 } });
  await answer(await claimed(await publish("A")), 201);
  const id = await publish("B");
  expect(await claim(database.db, id, { worker: "essai", leaseMs: 1 })).toEqual({ refused: "differee" });
  const { rows } = await database.db.raw(
    `SELECT due_at = (date_trunc('day', horloge() AT TIME ZONE 'Europe/Paris') + interval '1 day')
       AT TIME ZONE 'Europe/Paris' AS midnight FROM delivery WHERE id = ?`,
    [id],
  );
  expect(rows).toEqual([{ midnight: true }]);
});

test("in doubt, a partner that wants none has its delivery held; newer content takes its place", async () => {
  await partner({ sur_inconnue: "retenir" });
  const id = await publish("A");
  await claimed(id, 0);
  await database
    .db("delivery")
    .where({ id })
    .update({ lease_until: database.db.raw("horloge() - interval '1 second'") });
  expect(await claim(database.db, id, { worker: "autre", leaseMs: 60_000 })).toEqual({ refused: "terminee" });
  expect(await database.db("delivery").where({ id }).first("etat", "retenue")).toEqual({
    etat: "held",
    retenue: "inconnue",
  });
  const newer = await publish("B");
  expect(newer).not.toBe(id);
  expect((await deliveriesOf(database.db, "a")).map(({ etat }) => etat)).toEqual(["superseded", "scheduled"]);
});
