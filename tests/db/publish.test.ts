import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { z } from "zod";
import { type Bilan, publish } from "../../src/edition/index.ts";
import { PROFILS, type Profil, zProfil } from "../../src/feed/index.ts";
import type { RecordKind, zAction, zSession } from "../../src/published/contract/index.ts";
import { withdraw, writeVersions } from "../../src/published/index.ts";
import { openStore, type Store } from "../../src/snapshot/index.ts";
import { startXsd } from "../../src/validation/index.ts";
import { useDatabase } from "../support/database.ts";
import { uneAction, uneSession, unOrganisme } from "../support/offre.ts";

/** What an édition does with versions, waits, faults and withdrawals, on a few records. */
const database = useDatabase();
const xsd = startXsd();
let store: Store;
let folder = "";
let rank = 0;

/** Wednesday 14 October 2026, 8 h in Paris. */
const T = new Date("2026-10-14T06:00:00Z");
const before = (hours: number): Date => new Date(T.getTime() - hours * 3_600_000);

const RCO = PROFILS.find(({ id }) => id === "rco") as Profil;
const LATE = zProfil.parse({ ...RCO, id: "tardif", attente: 3 });
const LBA = PROFILS.find(({ id }) => id === "lba") as Profil;
const VAE = zProfil.parse({ ...RCO, id: "desert", perimetre: { voies: ["formation_initiale"] } });

const lieu = {
  principal: true,
  coordonnees: { adresse: { lignes: ["12 rue des Lilas"], code_postal: "33600", ville: "Pessac" } },
};

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "offre-info-publish-"));
  store = await openStore(folder);
  const profils = [RCO, LATE, LBA, VAE];
  await database.db("profil").insert(profils.map(({ id, nom }) => ({ id, nom, definition: "{}" })));
});
afterAll(async () => {
  await xsd.close();
  await rm(folder, { recursive: true, force: true });
});

/** Each test has an organisme, an action and two sessions of its own; `numeros` names them. */
let numeros = { organisme: "", action: "", session: "", autre: "" };
beforeEach(async () => {
  rank += 1;
  numeros = { organisme: `OF${rank}`, action: `A${rank}`, session: `S${rank}a`, autre: `S${rank}b` };
  await write("organisme", numeros.organisme, unOrganisme(), before(900));
  await write("action", numeros.action, action(), before(900));
  await write("session", numeros.session, session(), before(900));
  await write("session", numeros.autre, session(), before(900));
});

const session = (fields: Partial<z.input<typeof zSession>> = {}): z.input<typeof zSession> =>
  uneSession({ action: numeros.action, fin: "20270618", lieux: [lieu], ...fields });

const action = (fields: Partial<z.input<typeof zAction>> = {}): z.input<typeof zAction> =>
  uneAction({ organisme: numeros.organisme, validation: "attestation", ...fields });

async function write(kind: RecordKind, numero: string, contenu: unknown, misEnLigneAt: Date): Promise<void> {
  await database.db.transaction((trx) =>
    writeVersions(trx, kind, [{ numero, contenu }], { origine: "test", misEnLigneAt }),
  );
}

const edit = (profils: readonly Profil[], maintenant = T): Promise<Bilan> =>
  publish(database.db, { profils, base: "72", store, xsd, maintenant });

async function feedOf(bilan: Bilan, profil: string): Promise<string> {
  const file = bilan.profils.find((one) => one.profil === profil)?.snapshot?.file;
  return file ? readFile(store.pathOf(file.sha256, "xml"), "utf8") : "";
}

/** The `<action>` of a session in a feed; empty when it is not there. */
function actionOf(feed: string, numero: string): string {
  return new RegExp(`<action numero="72_${numero}"[\\s\\S]*?</action>`).exec(feed)?.[0] ?? "";
}

const notices = async ({ edition }: Bilan, code: string) =>
  database.db("edition_notice").where({ edition_id: edition, code }).orderBy("rang");

test("the same offer and the same clock give the same bytes, and no second snapshot", async () => {
  const first = await edit([RCO]);
  const again = await edit([RCO]);
  expect(first.profils[0]?.issue).toBe("nouveau");
  expect(again.profils[0]?.issue).toBe("inchange");
  expect(again.profils[0]?.snapshot?.id).toBe(first.profils[0]?.snapshot?.id);

  const elsewhere = await mkdtemp(path.join(tmpdir(), "offre-info-publish-"));
  await database.db.raw("TRUNCATE feed_snapshot, feed_presence CASCADE");
  const fresh = await publish(database.db, {
    profils: [RCO],
    base: "72",
    store: await openStore(elsewhere),
    xsd,
    maintenant: T,
  });
  await rm(elsewhere, { recursive: true });
  expect(fresh.profils[0]?.snapshot?.file?.sha256).toBe(first.profils[0]?.snapshot?.file?.sha256);
});

test("a version waits for one profile and leaves at once for the other", async () => {
  await write("session", numeros.session, session({ debut: "20261005" }), before(1));
  const bilan = await edit([RCO, LATE]);
  expect(actionOf(await feedOf(bilan, "rco"), numeros.session)).toContain("<debut>20261005</debut>");
  expect(actionOf(await feedOf(bilan, "tardif"), numeros.session)).toContain("<debut>20260901</debut>");
  // Published on Tuesday 13th: three working days later is Monday 19th.
  const friday = await edit([LATE], new Date("2026-10-16T20:00:00Z"));
  expect(actionOf(await feedOf(friday, "tardif"), numeros.session)).toContain("<debut>20260901</debut>");
  const monday = await edit([LATE], new Date("2026-10-19T20:00:00Z"));
  expect(actionOf(await feedOf(monday, "tardif"), numeros.session)).toContain("<debut>20261005</debut>");
});

test("the last version that passed stays in the feed, marked and said", async () => {
  await write("session", numeros.session, session({ debut: "20270701", fin: "20270618" }), before(1));
  const bilan = await edit([RCO]);
  const feed = await feedOf(bilan, "rco");
  expect(actionOf(feed, numeros.session)).toContain("<debut>20260901</debut>");
  expect(actionOf(feed, numeros.autre)).not.toBe("");
  const row = await database
    .db("feed_presence")
    .where({ session: numeros.session, to_snapshot: null })
    .first();
  expect(row).toMatchObject({ session_version: 1, retenue: true });
  const [kept] = await notices(bilan, "version-precedente-gardee");
  expect(kept).toMatchObject({ session: numeros.session });
});

test("a session that never passed is set aside alone", async () => {
  await write("session", `${numeros.session}x`, session({ debut: "20270701", fin: "20270618" }), before(1));
  const feed = await feedOf(await edit([RCO]), "rco");
  expect(actionOf(feed, `${numeros.session}x`)).toBe("");
  expect(actionOf(feed, numeros.session)).not.toBe("");
});

test("a fault of the action falls back on its version of before, for all its sessions", async () => {
  const long = "Un intitulé bien trop long ".repeat(20);
  await write("action", numeros.action, action({ intitule: long }), before(1));
  const feed = await feedOf(await edit([RCO]), "rco");
  expect(feed).not.toContain(long.slice(0, 100));
  for (const numero of [numeros.session, numeros.autre]) expect(actionOf(feed, numero)).not.toBe("");
});

test("a withdrawal leaves every feed at once, whatever the wait, and its presence is closed", async () => {
  await edit([RCO, LATE]);
  await database.db.transaction((trx) =>
    withdraw(trx, "session", [numeros.session], { motif: "retrait_organisme", note: "Salle fermée" }),
  );
  const bilan = await edit([RCO, LATE]);
  for (const profil of ["rco", "tardif"]) {
    const feed = await feedOf(bilan, profil);
    expect(actionOf(feed, numeros.session)).toBe("");
    expect(actionOf(feed, numeros.autre)).not.toBe("");
    expect(feed).not.toContain("Salle fermée");
  }
  const rows = await database.db("feed_presence").where({ session: numeros.session });
  expect(rows.every(({ to_snapshot, motif_sortie }) => to_snapshot !== null && motif_sortie !== null)).toBe(
    true,
  );
});

test("a number met twice in the feed is written once", async () => {
  const twin = `${numeros.session}t`;
  await write("session", twin, session({ numero_action_lheo: `72_${numeros.session}` }), before(1));
  const bilan = await edit([RCO]);
  const feed = await feedOf(bilan, "rco");
  expect(feed.split(`<action numero="72_${numeros.session}"`)).toHaveLength(2);
});

test("an action whose organisme was never published cannot leave, and that is said", async () => {
  await write("action", `${numeros.action}o`, action({ organisme: "INCONNU" }), before(1));
  await write("session", `${numeros.session}o`, session({ action: `${numeros.action}o` }), before(1));
  const bilan = await edit([RCO]);
  expect(actionOf(await feedOf(bilan, "rco"), `${numeros.session}o`)).toBe("");
  const [said] = await notices(bilan, "organisme-inconnu");
  expect(said).toMatchObject({ action: `${numeros.action}o`, severity: "bloquant" });
});

test("a profile with nothing in scope has no file, and a served one has none of its own", async () => {
  const bilan = await edit([VAE, LBA, RCO]);
  const of = (id: string) => bilan.profils.find(({ profil }) => profil === id);
  expect(of("desert")).toMatchObject({ issue: "vide", snapshot: { file: null, formations: 0 } });
  expect(of("lba")).toMatchObject({ issue: "relais", snapshot: null });
  const manifest = JSON.parse(await readFile(store.manifestPath("desert"), "utf8"));
  expect(manifest).toMatchObject({ files: [], counts: { formations: 0 } });
});

test("an aborted édition leaves the feed of before current, and no file behind", async () => {
  const current = await edit([RCO]);
  const files = await readdir(folder, { recursive: true });
  await write("session", numeros.session, session({ debut: "20261006" }), before(1));
  const aborted = new AbortController();
  const running = publish(database.db, {
    profils: [RCO],
    base: "72",
    store,
    xsd,
    maintenant: T,
    signal: aborted.signal,
    progress: () => aborted.abort(new Error("arrêt")),
  });
  await expect(running).rejects.toThrow("arrêt");
  expect(await readdir(folder, { recursive: true })).toEqual(files);
  const [row] = await database.db("feed_snapshot").where({ profil: "rco" }).orderBy("id", "desc").limit(1);
  expect(row.sha256).toBe(current.profils[0]?.snapshot?.file?.sha256);
});
