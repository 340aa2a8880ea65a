import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { loadDemo } from "../../fixtures/demo/index.ts";
import { type Bilan, buildFeed, EditionEnCours, ProfilSansFlux, publish } from "../../src/edition/index.ts";
import { PROFILS, type Profil, zProfil } from "../../src/feed/index.ts";
import type { RecordKind } from "../../src/published/contract/index.ts";
import { writeVersions } from "../../src/published/index.ts";
import { openStore, type Store } from "../../src/snapshot/index.ts";
import { startXsd, type Xsd } from "../../src/validation/index.ts";
import { useDatabase } from "../support/database.ts";
import { uneAction as action, uneSession, unOrganisme } from "../support/offre.ts";

const uneAction = (fields: Parameters<typeof action>[0] = {}) =>
  action({ resultats_attendus: "Attestation de fin de formation", ...fields });

/** One reading for several feeds: what they share, what tells them apart, and very large actions. */
const database = useDatabase();
const xsd = startXsd();
let store: Store;
let dir = "";
const T = new Date("2026-10-14T06:00:00Z");

const profil = (id: string): Profil => PROFILS.find((one) => one.id === id) as Profil;
const RCO = profil("rco");

beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), "offre-info-flux-"));
  store = await openStore(dir);
});
beforeEach(async () => {
  await database.clear();
  await database
    .db("profil")
    .insert(
      [...PROFILS, { id: "essai", nom: "essai" }].map(({ id, nom }) => ({ id, nom, definition: "{}" })),
    );
});
afterAll(async () => {
  await xsd.close();
  await rm(dir, { recursive: true, force: true });
});

const edit = (
  profils: readonly Profil[],
  others: { xsd?: Xsd; maintenant?: Date; progress?: () => void } = {},
): Promise<Bilan> => publish(database.db, { profils, base: "72", store, xsd, maintenant: T, ...others });

async function write(kind: RecordKind, rows: Readonly<Record<string, unknown>>, misEnLigneAt = new Date(0)) {
  await database.db.transaction((trx) =>
    writeVersions(
      trx,
      kind,
      Object.entries(rows).map(([numero, contenu]) => ({ numero, contenu })),
      { origine: "test", misEnLigneAt },
    ),
  );
}

const session = (action: string, fields: object = {}) =>
  uneSession({
    action,
    fin: "20270618",
    lieux: [
      {
        principal: true,
        coordonnees: { adresse: { lignes: ["12 rue des Lilas"], code_postal: "33600", ville: "Pessac" } },
      },
    ],
    ...fields,
  });

/** Counts the fragments that go to the XSD. */
function counting(): { readonly xsd: Xsd; fragments: number; sessions: number } {
  const seen = {
    fragments: 0,
    sessions: 0,
    xsd: {
      ...xsd,
      version: xsd.version,
      validateDocument: (xml, lecture) => xsd.validateDocument(xml, lecture),
      validate(fragments, lecture) {
        seen.fragments += fragments.length;
        for (const fragment of fragments) seen.sessions += String(fragment).split("<session ").length - 1;
        return xsd.validate(fragments, lecture);
      },
    } as Xsd,
  };
  return seen;
}

async function feed(bilan: Bilan, id: string): Promise<string> {
  const file = bilan.profils.find((one) => one.profil === id)?.snapshot?.file;
  return file ? readFile(store.pathOf(file.sha256, "xml"), "utf8") : "";
}

test("profiles that read the same share one file; each has its own snapshot, announced in the same transaction", async () => {
  await loadDemo(database.db, "small");
  const bilan = await edit(PROFILS);
  const of = (id: string) => bilan.profils.find((one) => one.profil === id)?.snapshot;
  expect(of("moteur-pro")?.file?.sha256).toBe(of("cmaformation")?.file?.sha256);
  expect(of("moteur-pro")?.id).not.toBe(of("cmaformation")?.id);
  expect(of("kairos")?.file?.sha256).not.toBe(of("rco")?.file?.sha256);

  const announced = await database.db("outbox").where({ sujet: "snapshot.publie" }).orderBy("id");
  const snapshots = await database.db("feed_snapshot").orderBy("id").select("id", "profil", "sha256");
  expect(announced.map(({ charge }) => [charge.snapshot, charge.profil, charge.sha256])).toEqual(
    snapshots.map(({ id, profil, sha256 }) => [id, profil, sha256]),
  );
  expect(new Set(snapshots.map((row) => row.profil))).toEqual(
    new Set(["rco", "kairos", "francetravail", "moteur-pro", "cmaformation"]),
  );
});

test("each session is validated once, whatever the number of feeds that show it", async () => {
  await loadDemo(database.db, "small");
  const alone = counting();
  await edit([profil("moteur-pro")], { xsd: alone.xsd });
  const together = counting();
  await edit([profil("moteur-pro"), profil("francetravail"), profil("cmaformation")], { xsd: together.xsd });
  expect(together.sessions).toBe(alone.sessions);
});

test("the number of sessions of each feed is that of its presence, and the scope of a served profile is counted", async () => {
  await loadDemo(database.db, "small");
  const bilan = await edit(PROFILS);
  for (const { profil: id, snapshot } of bilan.profils) {
    const [{ nombre } = { nombre: 0 }] = await database
      .db("feed_presence")
      .where({ profil: id, to_snapshot: null })
      .count({ nombre: "*" });
    expect(Number(nombre)).toBe(snapshot?.sessions ?? 0);
    expect((await feed(bilan, id)).split("<session ").length - 1).toBe(snapshot?.sessions ?? 0);
  }
  const lba = bilan.profils.find((one) => one.profil === "lba");
  expect(lba).toMatchObject({ issue: "relais", compte: { sessions: 0 } });
  expect(lba?.compte.dansLePerimetre).toBeGreaterThan(0);
});

test("an action with more sessions than a page is one formation, in order", async () => {
  const numeros = Array.from({ length: 450 }, (_, rank) => `S${String(rank).padStart(4, "0")}`);
  await write("organisme", { OF1: unOrganisme() });
  await write("action", { A1: uneAction(), A2: uneAction() });
  await write("session", {
    ...Object.fromEntries(numeros.map((numero) => [numero, session("A1")])),
    T1: session("A2"),
  });
  const bilan = await edit([RCO]);
  const xml = await feed(bilan, "rco");
  expect(xml.match(/^<formation /gm)).toHaveLength(2);
  expect([...xml.matchAll(/<session [^>]*numero="(S\d+)"/g)].map(([, numero]) => numero)).toEqual(numeros);
  expect(bilan.profils[0]?.snapshot).toMatchObject({ formations: 2, actions: 451, sessions: 451 });
});

test("the head kept for the first part of a very large action holds for all its parts", async () => {
  await write("organisme", { OF1: unOrganisme() });
  await write("action", { A1: uneAction() });
  const numeros = Array.from({ length: 450 }, (_, rank) => `S${String(rank).padStart(4, "0")}`);
  await write("session", Object.fromEntries(numeros.map((numero) => [numero, session("A1")])));
  await write("action", { A1: uneAction({ intitule: "x".repeat(300) }) }, new Date(1));
  const bilan = await edit([RCO]);
  const xml = await feed(bilan, "rco");
  expect(xml.match(/^<formation /gm)).toHaveLength(1);
  expect(xml).not.toContain("x".repeat(300));
  expect(bilan.profils[0]).toMatchObject({ snapshot: { sessions: 450 }, compte: { retenues: 450 } });
  expect(await database.db("feed_presence").where({ retenue: true, action_version: 1 })).toHaveLength(450);
});

test("in a slice with faults the sound sessions go, each fault is named once", async () => {
  await write("organisme", { OF1: unOrganisme() });
  await write("action", { A1: uneAction() });
  const numeros = Array.from({ length: 30 }, (_, rank) => `S${String(rank).padStart(2, "0")}`);
  const long = "y".repeat(400);
  await write(
    "session",
    Object.fromEntries(
      numeros.map((numero, rank) => [
        numero,
        session("A1", rank % 10 === 3 ? { modalites: { duree_indicative: long } } : {}),
      ]),
    ),
  );
  const bilan = await edit([RCO]);
  expect(bilan.profils[0]?.snapshot).toMatchObject({
    sessions: 27,
    sessionsEcartees: 3,
    formationsEcartees: 0,
  });
  const said = await database.db("edition_notice").where({ code: "xsd-texte-trop-long" }).orderBy("session");
  expect(said.map((row) => row.session)).toEqual(["S03", "S13", "S23"]);
  expect(said.every((row) => row.partners.includes("rco"))).toBe(true);
});

test("a number of formation met twice: the first in order stays", async () => {
  await write("organisme", { OF1: unOrganisme() });
  await write("action", { A1: uneAction({ numero_lheo: "X1" }), A2: uneAction({ numero_lheo: "X1" }) });
  await write("session", { S1: session("A1"), S2: session("A2") });
  const bilan = await edit([RCO]);
  const xml = await feed(bilan, "rco");
  expect(xml).toContain('numero="72_S1"');
  expect(xml).not.toContain('numero="72_S2"');
  expect(bilan.profils[0]?.snapshot).toMatchObject({
    formations: 1,
    formationsEcartees: 1,
    sessionsEcartees: 1,
  });
  const [said] = await database.db("edition_notice").where({ code: "numero-formation-en-double" });
  expect(said).toMatchObject({ action: "A2", partners: ["rco"] });
});

test("the extras of the document say when it was made, in Paris, and do not make a new content", async () => {
  await write("organisme", { OF1: unOrganisme() });
  await write("action", { A1: uneAction() });
  await write("session", { S1: session("A1") });
  const xml = await feed(await edit([RCO]), "rco");
  expect(xml).toContain('<extra info="date-export">20261014</extra>');
  expect(xml).toContain('<extra info="heure-export">080000</extra>');
  const later = await edit([RCO], { maintenant: new Date("2026-10-14T20:00:00Z") });
  expect(later.profils[0]?.issue).toBe("inchange");
});

test("a file that has gone from the store is made again", async () => {
  await write("organisme", { OF1: unOrganisme() });
  await write("action", { A1: uneAction() });
  await write("session", { S1: session("A1") });
  const first = await edit([RCO]);
  await store.remove(first.profils[0]?.snapshot?.file?.sha256 ?? "");
  const second = await edit([RCO]);
  expect(second.profils[0]?.issue).toBe("nouveau");
  expect(await feed(second, "rco")).not.toBe("");
});

test("one édition at a time: another one is told so, or waits", async () => {
  await loadDemo(database.db, "small");
  let running: Promise<Bilan> | undefined;
  await new Promise<void>((resolve) => {
    running = edit([RCO], { progress: () => resolve() });
  });
  const refused = await edit([RCO]).catch((error: unknown) => error);
  const waiting = publish(database.db, {
    profils: [RCO],
    base: "72",
    store,
    xsd,
    maintenant: T,
    attendre: true,
  });
  expect(refused).toBeInstanceOf(EditionEnCours);
  expect((await running)?.profils[0]?.issue).toBe("nouveau");
  expect((await waiting).profils[0]?.issue).toBe("inchange");
});

test("a feed built in a folder is the feed of the édition, and records nothing", async () => {
  await loadDemo(database.db, "small");
  const out = path.join(dir, "sortie");
  const seen: number[] = [];
  const built = await buildFeed(database.db, {
    profil: RCO,
    base: "72",
    xsd,
    dir: out,
    maintenant: T,
    progress: (actions) => seen.push(actions),
  });
  expect(await database.db("edition")).toEqual([]);
  const bilan = await edit([RCO]);
  expect(built.snapshot.file).toEqual(bilan.profils[0]?.snapshot?.file);
  expect(await readFile(path.join(out, "offre-info.xml"), "utf8")).toBe(await feed(bilan, "rco"));
  const manifest = JSON.parse(await readFile(path.join(out, "manifest.json"), "utf8"));
  expect(manifest.files[0]).toMatchObject({ name: "offre-info.xml", sha256: built.snapshot.file?.sha256 });
  const notices = JSON.parse(await readFile(path.join(out, "notices.json"), "utf8"));
  expect(notices.codes).toEqual(bilan.notices);
  expect(seen.at(-1)).toBeGreaterThan(290);
});

test("a folder whose profile has nothing any more holds no feed", async () => {
  await write("organisme", { OF1: unOrganisme() });
  await write("action", { A1: uneAction() });
  await write("session", { S1: session("A1") });
  const out = path.join(dir, "vide");
  const options = { base: "72", xsd, dir: out, maintenant: T };
  await buildFeed(database.db, { profil: RCO, ...options });
  const none = zProfil.parse({ ...RCO, perimetre: { voies: ["formation_initiale"] } });
  expect((await buildFeed(database.db, { profil: none, ...options })).snapshot.file).toBeNull();
  await expect(readFile(path.join(out, "offre-info.xml"))).rejects.toThrow("ENOENT");
  expect(JSON.parse(await readFile(path.join(out, "manifest.json"), "utf8"))).toMatchObject({ files: [] });
});

test("a profile that the database does not know stops the run before it starts", async () => {
  await database.db("profil").delete();
  await expect(edit([RCO])).rejects.toThrow("Profil absent de cette base : rco");
  expect(await database.db("edition")).toEqual([]);
});

test("a profile that another one serves has no feed of its own", async () => {
  const asked = buildFeed(database.db, { profil: profil("lba"), base: "72", xsd, dir, maintenant: T });
  await expect(asked).rejects.toThrow(ProfilSansFlux);
});
