import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { z } from "zod";
import { parisInstant } from "../../src/calendar/index.ts";
import { explainSession, publish } from "../../src/edition/index.ts";
import { PROFILS, type Profil } from "../../src/feed/index.ts";
import type { RecordKind, zSession } from "../../src/published/contract/index.ts";
import { withdraw, writeVersions } from "../../src/published/index.ts";
import { openStore, type Store } from "../../src/snapshot/index.ts";
import { startXsd } from "../../src/validation/index.ts";
import { useDatabase } from "../support/database.ts";
import { uneAction as action, uneSession, unOrganisme } from "../support/offre.ts";

const uneAction = (fields: Parameters<typeof action>[0] = {}) =>
  action({ resultats_attendus: "Attestation de fin de formation", ...fields });

/** For every published session and profile: in, from when, or why not. */
const database = useDatabase();
const xsd = startXsd();
let store: Store;
let dir = "";

/** Wednesday 14 October 2026. */
const PUBLISHED = parisInstant("20261014", "08:00");
const T = parisInstant("20261014", "09:00");

beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), "offre-info-explication-"));
  store = await openStore(dir);
  await database
    .db("profil")
    .insert(PROFILS.map(({ id, nom }) => ({ id, nom, definition: JSON.stringify({ id }) })));
  await write("organisme", "OF1", unOrganisme(), PUBLISHED);
  await write("action", "A1", uneAction(), PUBLISHED);
  await write("session", "bonne", session(), PUBLISHED);
  await write("session", "fausse", session({ debut: "20270701" }), PUBLISHED);
  await write("session", "apprentissage", session({ voie: "apprentissage" }), PUBLISHED);
});
afterAll(async () => {
  await xsd.close();
  await rm(dir, { recursive: true, force: true });
});

const session = (fields: Partial<z.input<typeof zSession>> = {}) =>
  uneSession({
    fin: "20270618",
    lieux: [
      {
        principal: true,
        coordonnees: { adresse: { lignes: ["12 rue des Lilas"], code_postal: "33600", ville: "Pessac" } },
      },
    ],
    ...fields,
  });

async function write(kind: RecordKind, numero: string, contenu: unknown, misEnLigneAt: Date): Promise<void> {
  await database.db.transaction((trx) =>
    writeVersions(trx, kind, [{ numero, contenu }], { origine: "test", misEnLigneAt }),
  );
}

const edit = (maintenant: Date, profils: readonly Profil[] = PROFILS) =>
  publish(database.db, { profils, base: "72", store, xsd, maintenant });

async function stateOf(numero: string, profil: string, maintenant: Date) {
  const explained = await explainSession(database.db, numero, { profils: PROFILS, maintenant });
  return explained?.profils.find((one) => one.profil === profil);
}

test("a number that was never published is unknown", async () => {
  expect(await explainSession(database.db, "rien", { profils: PROFILS, maintenant: T })).toBeUndefined();
});

test("before any édition: it enters with the next one, or waits, with each day explained", async () => {
  expect(await stateOf("bonne", "rco", T)).toMatchObject({ etat: { code: "prochaine-edition" } });
  expect(await stateOf("bonne", "francetravail", T)).toMatchObject({
    etat: {
      code: "attente",
      at: parisInstant("20261019"),
      visible: "20261020",
      explain: [
        { jour: "20261017", raison: "samedi" },
        { jour: "20261018", raison: "dimanche" },
      ],
    },
    presence: undefined,
  });
});

test("every profile has an answer, in the order asked", async () => {
  const explained = await explainSession(database.db, "apprentissage", { profils: PROFILS, maintenant: T });
  expect(explained?.profils.map(({ profil }) => profil)).toEqual(PROFILS.map(({ id }) => id));
  const kairos = explained?.profils.find(({ profil }) => profil === "kairos");
  expect(kairos?.etat).toMatchObject({ code: "hors-perimetre", motif: { code: "voie-exclue" } });
  const lba = explained?.profils.find(({ profil }) => profil === "lba");
  expect(lba).toMatchObject({ via: "rco", etat: { code: "hors-perimetre" } });
});

test("after an édition: in since which snapshot, or set aside by which notices", async () => {
  const bilan = await edit(T);
  const rco = bilan.profils.find(({ profil }) => profil === "rco");
  expect(await stateOf("bonne", "rco", T)).toMatchObject({
    etat: { code: "dans" },
    presence: { version: 1, snapshot: rco?.snapshot?.id, depuis: T, retenue: false },
  });
  const aside = await stateOf("fausse", "rco", T);
  expect(aside?.presence).toBeUndefined();
  expect(aside?.etat).toMatchObject({ code: "ecartee" });
  expect(aside?.etat.code === "ecartee" && aside.etat.notices.map(({ code }) => code)).toContain(
    "fin-avant-debut",
  );
});

test("a new version that waits leaves the one before in the feed", async () => {
  const later = parisInstant("20261019", "08:00");
  await edit(later);
  await write("session", "bonne", session({ debut: "20261005" }), parisInstant("20261019", "09:00"));
  const now = parisInstant("20261019", "10:00");
  await edit(now);
  expect(await stateOf("bonne", "rco", now)).toMatchObject({
    etat: { code: "dans" },
    presence: { version: 2 },
  });
  expect(await stateOf("bonne", "francetravail", now)).toMatchObject({
    etat: { code: "attente", at: parisInstant("20261022") },
    presence: { version: 1 },
  });
});

test("a new version that does not pass leaves the one before, marked", async () => {
  const now = parisInstant("20261020", "10:00");
  await write("session", "bonne", session({ debut: "20270701" }), parisInstant("20261020", "09:00"));
  await edit(
    now,
    PROFILS.filter(({ id }) => id === "rco"),
  );
  expect(await stateOf("bonne", "rco", now)).toMatchObject({
    etat: { code: "ecartee" },
    presence: { version: 2, retenue: true },
  });
});

test("a withdrawal is said at once, before any édition, with its reason", async () => {
  await database.db.transaction((trx) =>
    withdraw(trx, "session", ["bonne"], { motif: "retrait_organisme", note: "Salle fermée" }),
  );
  const now = parisInstant("20261020", "11:00");
  expect(await stateOf("bonne", "rco", now)).toMatchObject({
    etat: { code: "retiree", motif: "retrait_organisme" },
  });
  await edit(
    now,
    PROFILS.filter(({ id }) => id === "rco"),
  );
  expect(await stateOf("bonne", "rco", now)).toMatchObject({
    etat: { code: "retiree" },
    presence: undefined,
  });
});
