import { beforeAll, beforeEach, expect, test } from "vitest";
import type { z } from "zod";
import { eligibleAt, nextWindow, parisInstant, parisTime } from "../../src/calendar/index.ts";
import { announceDeliveries, claim, complete, planDeliveries } from "../../src/delivery/index.ts";
import { raisonEdition, readAVenir } from "../../src/edition/index.ts";
import type { Profil, zProfil } from "../../src/feed/index.ts";
import { readProfils } from "../../src/partner/index.ts";
import { withdraw, writeVersions } from "../../src/published/index.ts";
import { openStore, type Store } from "../../src/snapshot/index.ts";
import { useDatabase } from "../support/database.ts";
import { addPartner, addProfil, deliveriesOf, publishFeed, useFolder } from "../support/diffusion.ts";
import { unOrganisme } from "../support/offre.ts";

/** What a partner is to receive later, before its content exists. */
const database = useDatabase();
const folder = useFolder();
const MINUTE = 60_000;
let store: Store;

beforeAll(async () => {
  store = await openStore(folder.dir);
});
beforeEach(() => database.clear());

async function kairos(fields: Partial<z.input<typeof zProfil>> = {}): Promise<Profil> {
  await addProfil(database.db, "kairos", { attente: 3, visibilite: 4, ...fields });
  await addPartner(database.db, "k", "kairos", { type: "dossier", chemin: folder.dir });
  const [profil] = await readProfils(database.db);
  if (profil === undefined) throw new Error("no profile");
  return profil;
}

/** A version of an organisme, published now or at a given instant. */
const write = (numero: string, misEnLigneAt?: Date) =>
  database.db.transaction((trx) =>
    writeVersions(trx, "organisme", [{ numero, contenu: unOrganisme({ nom: `Organisme ${numero}` }) }], {
      origine: "test",
      ...(misEnLigneAt === undefined ? {} : { misEnLigneAt }),
    }),
  );
const edition = (word: string | null) => publishFeed(database.db, store, "kairos", word);
const announce = () => announceDeliveries(database.db);
const plan = () => planDeliveries(database.db);
const waiting = async () => (await deliveriesOf(database.db, "k")).find(({ etat }) => etat === "scheduled");
const misEnLigne = async (): Promise<Date> =>
  (await database.db("published_organisme").orderBy("mis_en_ligne_at", "desc").first())?.mis_en_ligne_at;

/** The first feed, delivered. */
async function delivered(word: string): Promise<void> {
  await edition(word);
  await plan();
  const one = await waiting();
  const taken = await claim(database.db, one?.id ?? "", { worker: "essai", leaseMs: 60_000 });
  if (!("claimed" in taken)) throw new Error(`not claimed: ${taken.refused}`);
  await complete(database.db, taken.claimed, { kind: "depot", nom: "f" }, { hasard: 0.5 });
}

test("a version that waits is announced with its date and each day that puts it off", async () => {
  const profil = await kairos({
    calendrier: { fenetres: [{ debut: "02:00", fin: "04:00" }], heureLimite: "17:00" },
  });
  await delivered("A").catch(() => undefined);
  await write("OF1");
  const eligible = eligibleAt(await misEnLigne(), 3, profil.calendrier);
  const window = nextWindow(eligible.at, profil.calendrier);
  await database.db("delivery").update({ etat: "accepted" });
  expect(await announce()).toMatchObject([{ partner: "k", act: "annoncer" }]);
  const [row] = (await database.db("delivery").where({ etat: "scheduled" })) as Record<string, unknown>[];
  expect(row).toMatchObject({
    snapshot_id: null,
    eligible_at: eligible.at,
    due_at: window.at,
    due_explain: [
      { jour: parisTime(await misEnLigne()).jour, raison: "mise en ligne ; 3 jours ouvrés d'attente" },
      ...eligible.explain,
      ...window.explain,
    ],
  });
  expect(await announce()).toEqual([]);
});

test("newer versions never postpone it, and an édition before its day leaves it alone", async () => {
  await kairos();
  await delivered("A");
  await write("OF1");
  await announce();
  const before = await waiting();
  await write("OF2");
  await edition("A");
  await plan();
  expect(await announce()).toEqual([]);
  expect(await waiting()).toEqual(before);
  expect(await claim(database.db, before?.id ?? "", { worker: "essai", leaseMs: 60_000 })).toEqual({
    refused: "pas_due",
  });
});

test("on its day it takes the content of the édition and leaves; an édition that brings nothing ends it", async () => {
  await kairos();
  await delivered("A");
  await write("OF1", new Date((await now()).getTime() - 20 * 24 * 60 * MINUTE));
  await database.db("edition").update({ horloge: new Date((await now()).getTime() - 15 * 24 * 60 * MINUTE) });
  await write("OF2", new Date((await now()).getTime() - 14 * 24 * 60 * MINUTE));
  expect(await announce()).toMatchObject([{ act: "annoncer" }]);
  const announced = await waiting();
  const { aVenir, dernieres, maintenant, demandes } = await readAVenir(
    database.db,
    await readProfils(database.db),
  );
  expect(aVenir.map(({ eligible }) => eligible.at <= maintenant)).toEqual([true]);
  expect(
    raisonEdition({ aVenir, dernieres, maintenant, demandes }, await readProfils(database.db), 5 * MINUTE),
  ).toBe("nouveau_jour");
  await edition("B");
  await plan();
  expect(await waiting()).toMatchObject({ id: announced?.id, due_at: announced?.due_at });
  expect(await claim(database.db, announced?.id ?? "", { worker: "essai", leaseMs: 60_000 })).toHaveProperty(
    "claimed",
  );
});

test("an édition that brings nothing to that partner ends what was announced", async () => {
  await kairos();
  await delivered("A");
  await database.db("edition").update({ horloge: new Date((await now()).getTime() - 15 * 24 * 60 * MINUTE) });
  await write("OF2", new Date((await now()).getTime() - 14 * 24 * 60 * MINUTE));
  await announce();
  await database.db("edition").update({ horloge: await now() });
  expect(await announce()).toMatchObject([{ act: "abandonner" }]);
  expect((await deliveriesOf(database.db, "k")).map(({ etat }) => etat)).toEqual(["accepted", "superseded"]);
});

test("a withdrawal brings it forward: it does not wait", async () => {
  await kairos();
  await write("OF1", parisInstant("20260901", "09:00"));
  await delivered("A");
  await write("OF2");
  await announce();
  const before = await waiting();
  await database.db.transaction((trx) => withdraw(trx, "organisme", ["OF1"], { motif: "retrait_organisme" }));
  expect(await announce()).toMatchObject([{ act: "avancer", delivery: before?.id }]);
  const after = await waiting();
  expect(after?.due_at.getTime()).toBeLessThanOrEqual((await now()).getTime());
  expect(after?.due_at.getTime()).toBeLessThan(before?.due_at.getTime() ?? 0);
});

test("processes that announce at the same time make one delivery", async () => {
  await kairos();
  await delivered("A");
  await write("OF1");
  await Promise.all(Array.from({ length: 6 }, announce));
  expect((await deliveriesOf(database.db, "k")).map(({ etat }) => etat)).toEqual(["accepted", "scheduled"]);
});

test("an édition asked for while one is reading is asked for still", async () => {
  const profil = await kairos();
  await edition("A");
  await write("OF1", parisInstant("20260901", "09:00"));
  const etat = await readAVenir(database.db, [profil]);
  expect(etat.aVenir).toEqual([]);
  expect(etat.demandes).toEqual({ nombre: 1, aLaMinute: false });
  expect(raisonEdition(etat, [profil], 5 * MINUTE)).toBeUndefined();
  expect(raisonEdition(etat, [profil], 0)).toBe("demandee");
});

async function now(): Promise<Date> {
  const { rows } = await database.db.raw<{ rows: { at: Date }[] }>("SELECT horloge() AS at");
  return rows[0]?.at ?? new Date(Number.NaN);
}
