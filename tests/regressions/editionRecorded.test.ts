import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { publish } from "../../src/edition/index.ts";
import { PROFILS, type Profil } from "../../src/feed/index.ts";
import { defineProfil, seedProfils } from "../../src/partner/index.ts";
import { writeVersions } from "../../src/published/index.ts";
import { currentSnapshot, openStore, type Store } from "../../src/snapshot/index.ts";
import { startXsd } from "../../src/validation/index.ts";
import { useDatabase } from "../support/database.ts";
import { uneAction, uneSession, unOrganisme } from "../support/offre.ts";

/** What the end of an édition once said of it, or took from another one. */
const database = useDatabase();
const xsd = startXsd();
let store: Store;
let dir = "";

const RCO = PROFILS.find(({ id }) => id === "rco") as Profil;
const lieu = {
  principal: true,
  coordonnees: { adresse: { lignes: ["12 rue des Lilas"], code_postal: "33600", ville: "Pessac" } },
};

beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), "offre-info-edition-"));
});
afterAll(async () => {
  await xsd.close();
  await rm(dir, { recursive: true, force: true });
});
beforeEach(async () => {
  await database.clear();
  store = await openStore(await mkdtemp(path.join(dir, "flux-")));
  await seedProfils(database.db, [RCO]);
  await database.db.transaction(async (trx) => {
    const origine = { origine: "test" };
    const action = uneAction({ organisme: "OF1", validation: "attestation" });
    const session = uneSession({ action: "A1", fin: "20270618", lieux: [lieu] });
    await writeVersions(trx, "organisme", [{ numero: "OF1", contenu: unOrganisme() }], origine);
    await writeVersions(trx, "action", [{ numero: "A1", contenu: action }], origine);
    await writeVersions(trx, "session", [{ numero: "S1", contenu: session }], origine);
  });
});

const edit = (changed: Partial<Store> = {}) =>
  publish(database.db, {
    profils: [RCO],
    base: "72",
    store: { ...store, ...changed },
    xsd,
    attendre: true,
  });
const etats = () => database.db("edition").orderBy("id").pluck("etat");
const pending = () => database.db("outbox").where({ sujet: "edition.demandee", done_at: null });

test("an édition that is recorded stays done though what comes after fails", async () => {
  const full = edit({ writeManifest: () => Promise.reject(new Error("disque plein")) });
  await expect(full).rejects.toThrow("disque plein");
  expect(await etats()).toEqual(["faite"]);
});

test("an édition that lost the database takes no file from the one that took its place", async () => {
  let second: Promise<unknown> | undefined;
  let lost: Promise<unknown> = Promise.resolve();
  const first = edit({
    async place(file, facts) {
      await store.place(file, facts);
      await database.db.raw(
        `SELECT pg_terminate_backend(l.pid) FROM pg_locks l JOIN pg_database d ON d.oid = l.database
         WHERE l.locktype = 'advisory' AND d.datname = current_database()`,
      );
      await new Promise<void>((resolve, reject) => {
        second = edit({
          async place(again, same) {
            await store.place(again, same);
            resolve();
            await lost;
          },
        });
        second.catch(reject);
      });
    },
  });
  lost = first.catch(() => undefined);
  await expect(first).rejects.toThrow();
  await second;
  expect(await etats()).toEqual(["echouee", "faite"]);
  const current = await currentSnapshot(database.db, "rco");
  expect(await store.has(current?.file?.sha256 ?? "")).toBe(true);
});

test("an édition that is asked for because a profile changed is not answered by one that knew it as it was", async () => {
  await defineProfil(database.db, { ...RCO, nom: "Base nationale" }, "console:essai");
  await edit();
  expect(await pending()).not.toEqual([]);
  await publish(database.db, { profils: [{ ...RCO, nom: "Base nationale" }], base: "72", store, xsd });
  expect(await pending()).toEqual([]);
});
