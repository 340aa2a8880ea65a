import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { verifyAudit } from "../../src/audit/index.ts";
import { explainSession } from "../../src/edition/index.ts";
import { PROFILS, type Profil, zProfil } from "../../src/feed/index.ts";
import {
  currentSnapshot,
  openHolds,
  openStore,
  refuseGuard,
  releaseGuard,
} from "../../src/snapshot/index.ts";
import { startXsd } from "../../src/validation/index.ts";
import { useDatabase } from "../support/database.ts";
import {
  type Atelier,
  edit,
  feedOf,
  heldOf,
  less,
  numeros,
  of,
  retire,
  sessionsOf,
  T,
  uneSessionDe,
  write,
  writeOffre,
} from "../support/garde.ts";

/** What leaves a feed without anyone having wanted it waits for an operator; what leaves rightly leaves all the same. */
const database = useDatabase();
const xsd = startXsd();
let atelier: Atelier;
let dir = "";

const RCO = PROFILS.find(({ id }) => id === "rco") as Profil;
const never = { part: 1, sessions: 1 };
const LAX = zProfil.parse({
  ...RCO,
  id: "souple",
  garde: { profil: never, organisme: never, ensemble: never },
});

const [A1, A2, A3] = [numeros("A1", 20), numeros("A2", 20), numeros("A3", 20)];
/** Half of the offer: all of the second OF and half of the first action. */
const HALF = [...A3, ...A1.slice(0, 10)].sort();

beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), "offre-info-garde-"));
});
beforeEach(async () => {
  const { db } = database;
  await database.clear();
  atelier = { db, xsd, store: await openStore(dir) };
  await db("profil").insert([RCO, LAX].map(({ id, nom }) => ({ id, nom, definition: "{}" })));
  await writeOffre(db, { OF1: { A1, A2 }, OF2: { A3 } });
});
afterAll(async () => {
  await xsd.close();
  await rm(dir, { recursive: true, force: true });
});

const alerts = () => database.db("alert").orderBy("id").select("cle", "code", "message", "closed_at");
const announced = async (): Promise<number> =>
  (await database.db("outbox").where({ sujet: "snapshot.publie" })).length;
const decision = { profil: "rco", acteur: "console:essai", motif: "Fin de convention" };

test("a source cut by half is held: the feed does not move, the list is exact, one alert is open", async () => {
  const first = await edit(atelier, [RCO]);
  await retire(database.db, "session", HALF, "absent_de_la_source");
  await write(database.db, "session", { nouvelle: uneSessionDe("A2") });
  const held = await edit(atelier, [RCO]);

  expect(of(held, "rco")).toMatchObject({
    issue: "retenu",
    changement: null,
    garde: { levee: false, sansCause: 30 },
  });
  expect(of(held, "rco").garde?.raisons.map(({ niveau, organisme }) => organisme ?? niveau)).toEqual([
    "profil",
    "OF2",
  ]);
  expect((await currentSnapshot(database.db, "rco"))?.id).toBe(of(first, "rco").snapshot?.id);
  expect(await announced()).toBe(1);
  expect(JSON.parse(await readFile(atelier.store.manifestPath("rco"), "utf8")).counts.sessions).toBe(60);
  expect(await heldOf(database.db, "rco")).toEqual(HALF);

  // The next ones say the same again, once.
  await edit(atelier, [RCO]);
  expect(await openHolds(database.db)).toMatchObject([
    { edition: held.edition, derniereEdition: held.edition + 1 },
  ]);
  expect(await alerts()).toMatchObject([{ cle: "garde:rco", code: "flux-retenu", closed_at: null }]);
  expect((await alerts())[0]?.message).toMatch(
    /perdrait 30 de ses 60 sessions.*Le flux d'avant reste en service/,
  );

  const stateOf = async (numero: string) =>
    (await explainSession(database.db, numero, { profils: [RCO], maintenant: T }))?.profils[0]?.etat;
  expect(await stateOf("A3-00")).toMatchObject({ code: "garde", cause: "absent_de_la_source" });
  expect(await stateOf("nouvelle")).toMatchObject({ code: "garde", cause: undefined });
  expect(await stateOf("A2-00")).toEqual({ code: "dans" });
});

test("withdrawals leave the feed in service at once, to the byte, and nothing else does", async () => {
  const before = await edit(atelier, [RCO]);
  await retire(database.db, "session", A1, "absent_de_la_source");
  await retire(database.db, "session", ["A2-03"], "retrait_organisme");
  await retire(database.db, "action", ["A3"], "archivage");
  await write(database.db, "session", { "A2-04": uneSessionDe("A2", { debut: "20261005" }) });
  const gone = ["A2-03", ...A3];

  // In the very édition that is held.
  const held = await edit(atelier, [RCO]);
  const feed = await feedOf(atelier, held, "rco");
  expect(feed).toBe(less(await feedOf(atelier, before, "rco"), gone));
  expect(await xsd.validateDocument(feed)).toEqual([]);
  expect(of(held, "rco")).toMatchObject({
    issue: "retenu",
    changement: { entrees: 0, modifiees: 0, sorties: { retrait_organisme: 1, archivage: 20 } },
    snapshot: { sessions: 39, actions: 39, formations: 2, previousId: of(before, "rco").snapshot?.id },
  });
  expect(await announced()).toBe(2);
  const open: string[] = await database
    .db("feed_presence")
    .whereNull("to_snapshot")
    .orderBy("session")
    .pluck("session");
  expect(open).toEqual([...sessionsOf(feed)].sort());

  // And while it is.
  await retire(database.db, "session", ["A2-05"], "retrait_controle");
  const later = await edit(atelier, [RCO]);
  expect(await feedOf(atelier, later, "rco")).toBe(less(feed, ["A2-05"]));
  const again = await edit(atelier, [RCO]);
  expect(of(again, "rco").snapshot?.id).toBe(of(later, "rco").snapshot?.id);
  expect(await heldOf(database.db, "rco")).toEqual(A1);
});

test("the end of January is no accident, be the ended sessions still in the source or not", async () => {
  const { db } = database;
  const ended = numeros("A4", 60);
  await writeOffre(db, { OF4: { A4: ended.slice(0, 40), A5: [] } }, { fin: "20270100" });
  await writeOffre(db, { OF4: { A4: ended.slice(40) } }, { fin: "20270131" });
  await edit(atelier, [RCO]);
  // A view that shows what is not over.
  await retire(db, "session", ended.slice(20), "absent_de_la_source");
  const eve = await edit(atelier, [RCO], new Date("2027-01-30T06:00:00Z"));
  expect(of(eve, "rco").issue).toBe("retenu");
  const after = await edit(atelier, [RCO], new Date("2027-03-03T06:00:00Z"));
  expect(of(after, "rco")).toMatchObject({
    issue: "nouveau",
    snapshot: { sessions: 60 },
    garde: { levee: true },
    changement: { sorties: { session_terminee: 20, absent_de_la_source: 40 } },
  });
});

test("released: the departures take place in the next édition and never trip again; others do", async () => {
  const { db } = database;
  await edit(atelier, [RCO]);
  await retire(db, "session", HALF, "absent_de_la_source");
  await edit(atelier, [RCO]);
  expect(await releaseGuard(db, { ...decision, motif: " " })).toHaveProperty("refused");
  expect(await releaseGuard(db, { ...decision, sessions: 29 })).toMatchObject({
    refused: expect.stringContaining("30 sessions et non 29"),
  });
  expect(await releaseGuard(db, { ...decision, sessions: 30 })).toEqual({
    done: { retenue: 1, sessions: 30 },
  });
  expect(await releaseGuard(db, decision)).toHaveProperty("refused");
  expect(await openHolds(db)).toEqual([]);
  expect((await alerts()).every(({ closed_at }) => closed_at !== null)).toBe(true);
  const [asked] = await db("outbox").where({ sujet: "edition.demandee" }).orderBy("id", "desc").limit(1);
  expect(asked.charge).toMatchObject({ raison: "garde.liberee", profil: "rco" });
  expect(await db("audit")).toMatchObject([
    { acteur: "console:essai", acte: "garde.liberee", objet_id: "rco", motif: "Fin de convention" },
  ]);
  expect((await verifyAudit(db)).rupture).toBeUndefined();

  const passed = await edit(atelier, [RCO]);
  expect(of(passed, "rco")).toMatchObject({ issue: "nouveau", snapshot: { sessions: 30 } });
  expect(of(await edit(atelier, [RCO]), "rco").issue).toBe("inchange");
  // An acceptance is good for what was accepted, once.
  await write(db, "session", Object.fromEntries(HALF.map((one) => [one, uneSessionDe(one.slice(0, 2))])));
  expect(of(await edit(atelier, [RCO]), "rco").snapshot?.sessions).toBe(60);
  await retire(db, "session", HALF, "absent_de_la_source");
  expect(of(await edit(atelier, [RCO]), "rco").issue).toBe("retenu");
});

test("released, then more vanishes: what was accepted leaves, the rest is held", async () => {
  const { db } = database;
  const first = await edit(atelier, [RCO]);
  await retire(db, "session", A1, "absent_de_la_source");
  await edit(atelier, [RCO]);
  await releaseGuard(db, decision);
  await retire(db, "session", A3, "absent_de_la_source");
  const held = await edit(atelier, [RCO]);
  expect(of(held, "rco").issue).toBe("retenu");
  expect(await feedOf(atelier, held, "rco")).toBe(less(await feedOf(atelier, first, "rco"), A1));
  expect(await heldOf(db, "rco")).toEqual(A3);
});

test("refused: nothing is accepted, and the next édition judges again", async () => {
  const { db } = database;
  const first = await edit(atelier, [RCO]);
  await retire(db, "session", HALF, "absent_de_la_source");
  await edit(atelier, [RCO]);
  expect(await refuseGuard(db, decision)).toEqual({ done: { retenue: 1, sessions: 30 } });
  const again = await edit(atelier, [RCO]);
  expect(of(again, "rco")).toMatchObject({ issue: "retenu", garde: { retenue: 2 } });
  expect(of(again, "rco").snapshot?.id).toBe(of(first, "rco").snapshot?.id);
});

test("the source comes back: the hold ends by itself, and what waited enters", async () => {
  const { db } = database;
  await edit(atelier, [RCO]);
  await retire(db, "session", HALF, "absent_de_la_source");
  await write(db, "session", { nouvelle: uneSessionDe("A2") });
  await edit(atelier, [RCO]);
  await write(db, "session", Object.fromEntries(HALF.map((one) => [one, uneSessionDe(one.slice(0, 2))])));
  const back = await edit(atelier, [RCO]);
  expect(of(back, "rco")).toMatchObject({
    issue: "nouveau",
    snapshot: { sessions: 61 },
    garde: { levee: true },
  });
  expect(await openHolds(db)).toEqual([]);
  expect((await alerts()).map(({ closed_at }) => closed_at !== null)).toEqual([true]);
});

test("one profile is held, the other goes on; one OF is enough", async () => {
  const { db } = database;
  await edit(atelier, [RCO, LAX]);
  const most = A3.slice(0, 11);
  await retire(db, "session", most, "absent_de_la_source");
  const bilan = await edit(atelier, [RCO, LAX]);
  expect(of(bilan, "rco")).toMatchObject({ issue: "retenu", snapshot: { sessions: 60 } });
  expect(of(bilan, "rco").garde?.raisons).toMatchObject([
    { niveau: "organisme", organisme: "OF2", avant: 20 },
  ]);
  expect(of(bilan, "souple")).toMatchObject({ issue: "nouveau", snapshot: { sessions: 49 }, garde: null });
  expect(await heldOf(db, "souple")).toBeUndefined();
});

test("out of scope by someone's version leaves, by a synchronisation it is held", async () => {
  const { db } = database;
  const kairos = zProfil.parse({ ...RCO, perimetre: { voies: ["formation_continue"] } });
  const moved = (sessions: readonly string[]) =>
    Object.fromEntries(
      sessions.map((one) => [one, uneSessionDe(one.slice(0, 2), { voie: "apprentissage" })]),
    );
  await edit(atelier, [kairos]);
  await write(db, "session", moved(A1), "catalogue");
  expect(of(await edit(atelier, [kairos]), "rco")).toMatchObject({
    issue: "nouveau",
    snapshot: { sessions: 40 },
  });
  await write(db, "session", moved(A3), "sync");
  expect(of(await edit(atelier, [kairos]), "rco")).toMatchObject({
    issue: "retenu",
    snapshot: { sessions: 40 },
  });
  expect(await heldOf(db, "rco")).toEqual(A3);
});

test("a rule that turns against what had passed holds; a narrower scope set by an operator does not", async () => {
  const first = await edit(atelier, [RCO]);
  const warnings = Object.entries(first.notices).filter(([, { nombre }]) => nombre >= 60);
  const strict = { ...RCO, regles_bloquantes: warnings.map(([code]) => code) };
  expect(of(await edit(atelier, [strict]), "rco").issue).toBe("retenu");
  const narrow = zProfil.parse({ ...RCO, perimetre: { voies: ["apprentissage"] } });
  expect(of(await edit(atelier, [narrow]), "rco")).toMatchObject({ issue: "vide", garde: { levee: true } });
});

test("an operator who decides while an édition runs is not contradicted by it", async () => {
  const { db } = database;
  await edit(atelier, [RCO]);
  await retire(db, "session", HALF, "absent_de_la_source");
  await edit(atelier, [RCO]);
  await retire(db, "session", ["A2-00"], "retrait_organisme");
  const { store } = atelier;
  const deciding = {
    ...store,
    place: async (...args: Parameters<typeof store.place>) => {
      // The édition has judged and has recorded nothing yet.
      expect(await releaseGuard(db, decision)).toHaveProperty("done.sessions", 30);
      await store.place(...args);
    },
  };
  const held = await edit({ ...atelier, store: deciding }, [RCO]);
  expect(of(held, "rco")).toMatchObject({
    issue: "retenu",
    snapshot: { sessions: 59 },
    garde: { retenue: null },
  });
  expect(await openHolds(db)).toEqual([]);
  const passed = await edit(atelier, [RCO]);
  expect(of(passed, "rco")).toMatchObject({ issue: "nouveau", snapshot: { sessions: 29 } });
});

test("an édition that stops between the files and the rows changes nothing, and the next one does it all", async () => {
  const { db } = database;
  const first = await edit(atelier, [RCO]);
  await retire(db, "session", HALF, "absent_de_la_source");
  await retire(db, "session", ["A2-00"], "retrait_organisme");
  const { store } = atelier;
  const stopping = {
    ...store,
    place: async (...args: Parameters<typeof store.place>) => {
      await store.place(...args);
      throw new Error("arrêt");
    },
  };
  await expect(edit({ ...atelier, store: stopping }, [RCO])).rejects.toThrow("arrêt");
  expect((await currentSnapshot(db, "rco"))?.id).toBe(of(first, "rco").snapshot?.id);
  expect(await openHolds(db)).toEqual([]);
  expect(await alerts()).toEqual([]);
  expect(of(await edit(atelier, [RCO]), "rco")).toMatchObject({
    issue: "retenu",
    snapshot: { sessions: 59 },
  });
});

test("the file in service is gone: the feed is held all the same, and the alert says that nothing left it", async () => {
  const { db } = database;
  const first = await edit(atelier, [RCO]);
  await atelier.store.remove(of(first, "rco").snapshot?.file?.sha256 ?? "");
  await retire(db, "session", HALF, "absent_de_la_source");
  await retire(db, "session", ["A2-00"], "retrait_organisme");
  const held = await edit(atelier, [RCO]);
  expect(of(held, "rco")).toMatchObject({ issue: "retenu", snapshot: { id: of(first, "rco").snapshot?.id } });
  expect((await alerts())[0]?.message).toContain("les retraits n'ont pas pu en sortir");
});
