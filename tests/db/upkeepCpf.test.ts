import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { z } from "zod";
import { parisInstant, parisTime } from "../../src/calendar/index.ts";
import { cpf } from "../../src/cron/jobs/cpf.ts";
import { horloge } from "../../src/db/index.ts";
import { cpfMoments, publish } from "../../src/edition/index.ts";
import { PROFILS, type Profil } from "../../src/feed/index.ts";
import { addDays } from "../../src/lheo/index.ts";
import type { RecordKind, zAction, zSession } from "../../src/published/contract/index.ts";
import { writeVersions } from "../../src/published/index.ts";
import { openStore, type Store } from "../../src/snapshot/index.ts";
import { startXsd } from "../../src/validation/index.ts";
import { useDatabase } from "../support/database.ts";
import { jobContext } from "../support/job.ts";
import { uneAction, uneCertification, uneHabilitation, uneSession, unOrganisme } from "../support/offre.ts";

/** The CPF mention (S75) from the clock of the database to the bytes of the feed. */
const database = useDatabase();
const xsd = startXsd();
const RCO = PROFILS.find(({ id }) => id === "rco") as Profil;
let store: Store;
let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "offre-info-cpf-"));
  store = await openStore(folder);
});
afterAll(async () => {
  await xsd.close();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  await database.clear();
  await database.shiftClock("0");
  await database.db("profil").insert({ id: RCO.id, nom: RCO.nom, definition: JSON.stringify(RCO) });
});

const action = (fields: Partial<z.input<typeof zAction>> = {}): z.input<typeof zAction> =>
  uneAction({
    validation: "rncp",
    resultats_attendus: "Titre professionnel",
    certifications: [{ code_rncp: "35819" }],
    ...fields,
  });

const session = (fields: Partial<z.input<typeof zSession>> = {}): z.input<typeof zSession> =>
  uneSession({ debut: "20990901", fin: "20991218", lieux: [lieu], ...fields });

const lieu = {
  principal: true,
  coordonnees: { adresse: { lignes: ["12 rue des Lilas"], code_postal: "33600", ville: "Pessac" } },
};

async function write(kind: RecordKind, numero: string, contenu: unknown, misEnLigneAt?: Date): Promise<void> {
  const options = { origine: "test", ...(misEnLigneAt === undefined ? {} : { misEnLigneAt }) };
  await database.db.transaction((trx) => writeVersions(trx, kind, [{ numero, contenu }], options));
}

/** An action with two sessions, its certification and the right of its OF. */
async function writeOffre(misEnLigneAt?: Date): Promise<void> {
  await write("organisme", "OF1", unOrganisme(), misEnLigneAt);
  await write("certification", "RNCP35819", uneCertification(), misEnLigneAt);
  await write("habilitation", "OF1|RNCP35819", uneHabilitation(), misEnLigneAt);
  await write("action", "A1", action(), misEnLigneAt);
  await write("session", "S1", session(), misEnLigneAt);
  await write("session", "S2", session({ certifications: [{ code_rncp: "RNCP35819" }] }), misEnLigneAt);
}

/** Runs an édition by the clock of the database. @returns sessions of the feed, and those that carry the mention */
async function edit() {
  const bilan = await publish(database.db, { profils: [RCO], base: "72", store, xsd });
  const file = bilan.profils[0]?.snapshot?.file;
  const feed = file ? await readFile(store.pathOf(file.sha256, "xml"), "utf8") : "";
  const sessions = [...feed.matchAll(/<session numero="([^"]+)"[\s\S]*?<\/session>/g)];
  return {
    sessions: sessions.map(([, numero]) => numero),
    mentions: sessions.filter(([xml]) => xml.includes('info="eligibilite-cpf"')).map(([, numero]) => numero),
  };
}

const runJob = async () => cpf.run(await jobContext(database.db));

/** Announcements that wait; what the édition job would drain. */
const requests = () =>
  database
    .db("outbox")
    .where({ sujet: "edition.demandee" })
    .whereNull("done_at")
    .whereRaw("charge->>'raison' = 'mention-cpf'")
    .orderBy("id");

test("at 23 h 59 no mention; at 24 h the request is there and its édition carries it on each session", async () => {
  await writeOffre();
  const depuis = (await database.db("published_action").first("mis_en_ligne_at")).mis_en_ligne_at as Date;
  expect(await edit()).toEqual({ sessions: ["S1", "S2"], mentions: [] });

  await database.shiftClock("23 hours 59 minutes");
  expect(await runJob()).toEqual({});
  expect(await requests()).toEqual([]);
  expect((await edit()).mentions).toEqual([]);

  await database.shiftClock("24 hours");
  expect(await runJob()).toEqual({ demandee: true, actions: 1, exemples: ["A1"] });
  const opens = new Date(depuis.getTime() + 24 * 3_600_000).toISOString();
  expect(await requests()).toMatchObject([
    { charge: { raison: "mention-cpf", moments: [opens], actions: 1, exemples: ["A1"] } },
  ]);
  expect((await edit()).mentions).toEqual(["S1", "S2"]);
});

test("it is asked for once, and no more once an édition has carried it", async () => {
  await writeOffre();
  await edit();
  await database.shiftClock("24 hours");
  await runJob();
  await runJob();
  expect(await requests()).toHaveLength(1);
  // Drained, but its édition failed: it is asked for again.
  await database.db("outbox").update({ done_at: database.db.raw("horloge()") });
  await runJob();
  expect(await requests()).toHaveLength(1);
  await database.db("outbox").update({ done_at: database.db.raw("horloge()") });
  await edit();
  expect(await runJob()).toEqual({});
  expect(await requests()).toEqual([]);
});

test("before the first édition there is nothing to correct", async () => {
  await writeOffre();
  await database.shiftClock("3 days");
  expect(await runJob()).toEqual({});
});

test("an édition of some profiles only does not hide the moment from the others", async () => {
  const late = { ...RCO, id: "autre" };
  await database.db("profil").insert({ id: late.id, nom: late.nom, definition: JSON.stringify(late) });
  await writeOffre();
  await publish(database.db, { profils: [RCO, late], base: "72", store, xsd });
  await database.shiftClock("24 hours 1 minute");
  await publish(database.db, { profils: [late], base: "72", store, xsd });
  expect(await runJob()).toMatchObject({ demandee: true });
});

test("a later edit does not start the clock again", async () => {
  await writeOffre();
  await edit();
  await database.shiftClock("23 hours");
  await write("action", "A1", action({ contenu: "Un autre contenu" }));
  await write("session", "S1", session({ commentaire: "Salle 3" }));
  expect((await edit()).mentions).toEqual([]);
  await database.shiftClock("24 hours");
  expect(await runJob()).toMatchObject({ actions: 1 });
  expect((await edit()).mentions).toEqual(["S1", "S2"]);
  await database.shiftClock("25 hours");
  await write("action", "A1", action({ contenu: "Encore un autre" }));
  expect((await edit()).mentions).toEqual(["S1", "S2"]);
});

test("a certification that only the session names is counted from the session, whatever its later edits", async () => {
  await writeOffre();
  await write(
    "certification",
    "RS5500",
    uneCertification({ type: "rs", code_rncp: null, code_rs: "RS5500" }),
  );
  await write("habilitation", "OF1|RS5500", uneHabilitation({ certification: "RS5500" }));
  await write("session", "S1", session({ certifications: [{ code_rs: "RS5500" }] }));
  await database.shiftClock("24 hours");
  await write("action", "A1", action({ contenu: "Un autre contenu" }));
  expect((await edit()).mentions).toEqual(["S1", "S2"]);
});

test("an OF without the habilitation has no mention and no édition is asked for", async () => {
  await writeOffre();
  await write("habilitation", "OF1|RNCP35819", uneHabilitation({ fin: "20200101" }));
  await edit();
  await database.shiftClock("2 days");
  expect(await runJob()).toEqual({});
  expect((await edit()).mentions).toEqual([]);
});

describe("midnights in Paris", () => {
  /** The offer is three days old, so only the registers decide. */
  async function offreAncienne(): Promise<string> {
    const maintenant = await horloge(database.db);
    await writeOffre(new Date(maintenant.getTime() - 3 * 24 * 3_600_000));
    return parisTime(maintenant).jour;
  }

  /** Moves the clock just before or after the midnight that begins a day. */
  async function clockAt(jour: string, seconds: number): Promise<void> {
    await database.shiftClock("0");
    const wanted = parisInstant(jour).getTime() + seconds * 1000;
    const lapse = wanted - (await horloge(database.db)).getTime();
    await database.shiftClock(`${lapse} milliseconds`);
  }

  test("it goes when the certification expires", async () => {
    const jour = await offreAncienne();
    await write("certification", "RNCP35819", uneCertification({ fin_validite: addDays(jour, 1) }));
    expect((await edit()).mentions).toEqual(["S1", "S2"]);
    await clockAt(addDays(jour, 2), -20);
    expect(await runJob()).toEqual({});
    await clockAt(addDays(jour, 2), 1);
    expect(await runJob()).toMatchObject({ demandee: true, actions: 1 });
    expect((await edit()).mentions).toEqual([]);
  });

  test("it comes when the certification becomes active, and goes with the habilitation of the OF", async () => {
    const jour = await offreAncienne();
    await write("certification", "RNCP35819", uneCertification({ debut_validite: addDays(jour, 1) }));
    await write("habilitation", "OF1|RNCP35819", uneHabilitation({ fin: addDays(jour, 1) }));
    expect((await edit()).mentions).toEqual([]);
    await clockAt(addDays(jour, 1), 1);
    expect(await runJob()).toMatchObject({ demandee: true });
    expect((await edit()).mentions).toEqual(["S1", "S2"]);
    await database.db("outbox").update({ done_at: database.db.raw("horloge()") });
    await clockAt(addDays(jour, 2), 1);
    expect(await runJob()).toMatchObject({ demandee: true });
    expect((await edit()).mentions).toEqual([]);
  });
});

test("the moments of years to come are those of the law, partial dates included; other voies have none", async () => {
  const at = parisInstant("20260302", "09:30");
  await writeOffre(at);
  await write("certification", "RNCP35819", uneCertification({ fin_validite: "20280200" }), at);
  await write("habilitation", "OF1|RNCP35819", uneHabilitation({ debut: "20270000" }), at);
  const moments = (from: string, to: string) =>
    cpfMoments(database.db, { after: parisInstant(from), until: parisInstant(to) });
  // Opened at 24 h, but the OF is habilité from 2027 only.
  expect((await moments("20260301", "20261231")).instants).toEqual([]);
  expect(await moments("20260301", "20290101")).toEqual({
    instants: [parisInstant("20270101"), parisInstant("20280301")],
    actions: 1,
    exemples: ["A1"],
  });
  for (const numero of ["S1", "S2"])
    await write("session", numero, session({ voie: "professionnalisation" }), at);
  expect((await moments("20260301", "20290101")).actions).toBe(0);
});
