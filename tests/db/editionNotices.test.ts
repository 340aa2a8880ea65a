import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { publish } from "../../src/edition/index.ts";
import { PROFILS } from "../../src/feed/index.ts";
import { zAction, zOrganisme, zSession } from "../../src/published/contract/index.ts";
import { writeVersions } from "../../src/published/index.ts";
import { openStore } from "../../src/snapshot/index.ts";
import { startXsd } from "../../src/validation/index.ts";
import { useDatabase } from "../support/database.ts";
import { uneAction, uneSession, unOrganisme } from "../support/offre.ts";

/** What an édition alone can say of a record. */
const database = useDatabase();
const xsd = startXsd();
let dossier = "";

beforeAll(async () => {
  const { db } = database;
  dossier = await mkdtemp(path.join(tmpdir(), "offre-info-notices-"));
  const profils = PROFILS.filter(({ id }) => id === "rco");
  await db("profil").insert(profils.map(({ id, nom }) => ({ id, nom, definition: "{}" })));
  const write = (kind: "organisme" | "action" | "session", numero: string, contenu: unknown) =>
    db.transaction((trx) => writeVersions(trx, kind, [{ numero, contenu }], { origine: "essai" }));
  const action = (fields: object) => zAction.parse(uneAction({ validation: "attestation", ...fields }));
  const adresse = { lignes: ["1 rue Neuve"], code_postal: "33600", ville: "Pessac" };
  const lieux = [{ coordonnees: { adresse } }];
  const session = (fields: object) => zSession.parse(uneSession({ fin: "20991218", lieux, ...fields }));
  await write("organisme", "OF1", zOrganisme.parse(unOrganisme()));
  await write("action", "A1", action({}));
  await write("session", "S1", session({ debut: "20990901" }));
  await write("session", "S1", session({ debut: "20990231" }));
  await write("action", "A2", action({ organisme: "OF9" }));
  await write("session", "S2", session({ action: "A2" }));
  await publish(db, { profils, base: "75", store: await openStore(dossier), xsd });
});
afterAll(async () => {
  await xsd.close();
  await rm(dossier, { recursive: true, force: true });
});

const told = async (code: string) =>
  database.db("edition_notice").where({ code }).select("action", "session", "value", "message");

test("a version that does not pass, and the one kept for it", async () => {
  const [notice, ...others] = await told("version-precedente-gardee");
  expect(others).toEqual([]);
  expect(notice).toMatchObject({ action: "A1", session: "S1", value: "2" });
  expect(notice.message).toContain("la version 1");
});

test("an action whose organisme is not published", async () => {
  expect(await told("organisme-inconnu")).toMatchObject([{ action: "A2", value: "OF9" }]);
});
