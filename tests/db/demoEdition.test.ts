import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { DEMO_SIZES, HISTORY, loadDemo, SPOILED } from "../../fixtures/demo/index.ts";
import { publish } from "../../src/edition/index.ts";
import { PROFILS, type Profil } from "../../src/feed/index.ts";
import { openStore } from "../../src/snapshot/index.ts";
import { startXsd } from "../../src/validation/index.ts";
import { useDatabase } from "../support/database.ts";

/** What becomes of the demo in an édition, session by session. */
const database = useDatabase();
const xsd = startXsd();
let dossier = "";

const profilOf = (id: string): Profil => PROFILS.find((profil) => profil.id === id) as Profil;

beforeAll(async () => {
  const { db } = database;
  dossier = await mkdtemp(path.join(tmpdir(), "offre-info-demo-"));
  await loadDemo(db, "small");
  const profils = [profilOf("rco"), profilOf("kairos")];
  await db("profil").insert(profils.map(({ id, nom }) => ({ id, nom, definition: "{}" })));
  await publish(db, { profils, base: "72", store: await openStore(dossier), xsd });
});
afterAll(async () => {
  await xsd.close();
  await rm(dossier, { recursive: true, force: true });
});

const present = async (profil: string, where: object = {}): Promise<string[]> => {
  const rows = await database
    .db("feed_presence")
    .where({ profil, to_snapshot: null, ...where })
    .select("session");
  return rows.map(({ session }) => session).sort();
};

test("the feed of the network holds everything but what is spoiled, withdrawn or over", async () => {
  const all: string[] = await database.db("published_session").distinct("numero").pluck("numero");
  expect(all.length).toBe(DEMO_SIZES.small.sessions);
  const absent = new Set<string>([
    ...SPOILED.flatMap(({ sessions }) => sessions),
    ...HISTORY.retirees.sessions,
    ...HISTORY.terminees.sessions,
  ]);
  expect(await present("rco")).toEqual(all.filter((numero) => !absent.has(numero)).sort());
});

test("a record whose last version is spoiled stays with the one before", async () => {
  const kept = SPOILED.filter(({ ecarte }) => ecarte === "rien");
  const retained = await database.db("feed_presence").where({ profil: "rco", retenue: true });
  const numeros = new Set(retained.flatMap(({ session, action }) => [session, action]));
  for (const { numero } of kept) expect(numeros).toContain(numero);
  expect(
    retained.every(({ session_version, action_version }) => session_version === 1 && action_version === 1),
  ).toBe(true);
});

test("what was put online on the day waits for Kairos, and has left for the network", async () => {
  const [network, kairos] = [await present("rco"), await present("kairos")];
  for (const session of HISTORY.fraiches.sessions) {
    expect(network).toContain(session);
    expect(kairos).not.toContain(session);
  }
  expect(kairos.length).toBeGreaterThan(300);
});

test("Kairos has continuing training only, of bodies that hold its account", async () => {
  const kairos = await present("kairos");
  const rows = await database
    .db("published_session as s")
    .join("published_action as a", "a.numero", "s.action")
    .join("published_organisme as o", "o.numero", "a.organisme")
    .whereIn("s.numero", kairos)
    .select(database.db.raw("DISTINCT s.contenu->>'voie' AS voie, o.contenu->'compte_kairos' AS compte"));
  expect(rows).toEqual([{ voie: "formation_continue", compte: true }]);
});
