import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, inject, test } from "vitest";
import { openAlert } from "../../src/alert/index.ts";
import { connect } from "../../src/db/index.ts";
import {
  checkDatabase,
  checkDataDir,
  checkDisk,
  checkEmbedded,
  checkExploitation,
  checkNode,
  checkXsd,
  examine,
} from "../../src/doctor/index.ts";
import { keyOf, writeSecret } from "../../src/partner/index.ts";
import { useDatabase } from "../support/database.ts";
import { rolledBack } from "../support/rolledBack.ts";

const dir = mkdtempSync(path.join(tmpdir(), "offre-info-doctor-test-"));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

describe("the machine", () => {
  test.each([
    ["20.18.3", false],
    ["20.19.0", true],
    ["18.20.0", false],
    ["24.1.0", true],
  ])("Node %s", (version, ok) => {
    expect(checkNode(version)).toMatchObject({ ok, seen: version });
  });

  test("folder, disk, schema, embedded server", async () => {
    const file = path.join(dir, "fichier");
    writeFileSync(file, "");
    expect(await checkDataDir(path.join(dir, "neuf"))).toMatchObject({ ok: true });
    expect(await checkDataDir(file)).toMatchObject({
      ok: false,
      remedy: expect.stringContaining("DATA_DIR"),
    });
    expect(checkDisk(dir, 1)).toMatchObject({ ok: true });
    expect(checkDisk(dir, 1e18)).toMatchObject({ ok: false, remedy: expect.stringContaining("Libérez") });
    expect(await checkXsd()).toMatchObject({ ok: true });
    expect(await checkXsd(pathToFileURL(file))).toMatchObject({ ok: false });
    expect(await checkXsd(pathToFileURL(`${file}.xsd`))).toMatchObject({ ok: false });
    expect(await checkEmbedded()).toEqual({ ok: true, what: "Base embarquée", seen: "démarre et s'arrête" });
  });
});

describe("the database", () => {
  const database = useDatabase();

  test("all is well", async () => {
    expect((await checkDatabase(database.db)).filter(({ ok }) => !ok)).toEqual([]);
    const all = await examine({ databaseUrl: database.url, dataDir: dir, secretsKeys: [] });
    expect(all.map(({ what }) => what)).toEqual([
      "Version de Node",
      "Schéma LHEO 2.3",
      "Dossier des données",
      "Place sur le disque",
      "Base de données",
      "Encodage de la base",
      "Schéma de la base",
      "Horloges",
      "Diffusions",
      "Éditions",
      "Tâches",
      "Identifiants des destinataires",
      "Alertes",
    ]);
    expect(all.filter(({ ok }) => !ok)).toEqual([]);
  });

  test("an édition that failed or is old, a job that fails, a secret without its key, an alert: each is told with its remedy", async () => {
    const { db } = database;
    await rolledBack(db, async (trx) => {
      const [right, other] = [randomBytes(32), randomBytes(32)].map(keyOf);
      if (right === undefined || other === undefined) throw new Error("no key");
      const told = async () =>
        Object.fromEntries((await checkExploitation(trx, [other])).map((check) => [check.what, check]));
      await trx("profil").insert({ id: "p", nom: "P", definition: {} });
      const transport = { type: "https", url: "https://x.exemple.fr/", auth: { type: "bearer" } };
      await trx("partner").insert({ id: "a", nom: "A", profil: "p", transport });
      await writeSecret(trx, [right], { partner: "a", nom: "jeton", texte: "secret" });
      await trx("cron_job").insert({ id: "menage", echecs: 3 });
      await openAlert(trx, { cle: "essai", code: "tache-en-echec", message: "Le ménage échoue." });
      await trx("edition").insert({
        etat: "faite",
        horloge: trx.raw("horloge() - interval '30 hours'"),
        profils: ["p"],
      });
      expect(await told()).toMatchObject({
        Éditions: { ok: false, seen: expect.stringContaining("date de 30 h") },
        Tâches: { ok: false, seen: "échouent de suite : menage" },
        "Identifiants des destinataires": { ok: false, seen: expect.stringContaining("jeton") },
        Alertes: { ok: false, seen: "1 ouverte(s). Le ménage échoue." },
      });
      await trx("edition").insert({
        etat: "echouee",
        horloge: trx.raw("horloge()"),
        profils: ["p"],
        erreur: "Disque plein.",
      });
      expect((await told()).Éditions).toMatchObject({
        ok: false,
        seen: expect.stringContaining("Disque plein."),
      });
    });
  });

  test("clocks apart are told", async () => {
    await database.shiftClock("1 hour");
    const told = (await checkDatabase(database.db)).find(({ what }) => what === "Horloges");
    expect(told).toMatchObject({ ok: false, seen: "3600 s d'écart entre cette machine et la base" });
    await database.shiftClock("0");
  });

  test("deliveries that no one takes care of are told", async () => {
    const { db } = database;
    await rolledBack(db, async (trx) => {
      await trx("profil").insert({ id: "p", nom: "P", definition: {} });
      const [edition] = await trx("edition")
        .insert({ etat: "faite", horloge: trx.raw("horloge()"), profils: ["p"] })
        .returning("id");
      const zero = Object.fromEntries(
        [
          "octets",
          "octets_gz",
          "formations",
          "actions",
          "sessions",
          "formations_ecartees",
          "sessions_ecartees",
        ].map((column) => [column, 0]),
      );
      const [snapshot] = await trx("feed_snapshot")
        .insert({
          ...zero,
          profil: "p",
          edition_id: edition.id,
          contenu_sha256: "",
          completees_par_defaut: {},
          watermark: trx.raw("horloge()"),
          xsd_version: "",
          regles_version: "",
          created_at: trx.raw("horloge()"),
        })
        .returning("id");
      const partner = (id: string) => trx("partner").insert({ id, nom: id, profil: "p", transport: {} });
      const delivery = (id: string, due: string) =>
        trx("delivery").insert({
          id,
          partner: id,
          snapshot_id: snapshot.id,
          due_at: trx.raw("horloge() - ?::interval", [due]),
        });
      const told = async () => (await checkDatabase(trx)).find(({ what }) => what === "Diffusions");
      await partner("recent");
      await delivery("recent", "5 minutes");
      expect(await told()).toMatchObject({ ok: true });
      await partner("vieux");
      await delivery("vieux", "11 minutes");
      await partner("pause");
      await delivery("pause", "1 day");
      await trx("partner").where({ id: "pause" }).update({ etat: "en_pause" });
      expect(await told()).toMatchObject({
        ok: false,
        seen: "1 en retard de plus de 10 minutes, 0 interrompues",
        remedy: expect.stringContaining("offre-info start"),
      });
    });
  });

  test("a schema that is late, and a server that does not answer", async () => {
    const empty = connect(inject("postgresUrl"), { max: 1 });
    expect((await checkDatabase(empty)).at(-1)).toMatchObject({
      ok: false,
      seen: expect.stringContaining("0001_contract"),
      remedy: "Lancez : offre-info migrate",
    });
    await empty.destroy();
    const wrong = new URL(database.url);
    wrong.password = "autre";
    const refused = connect(wrong.href, { max: 1 });
    expect(await checkDatabase(refused)).toEqual([
      expect.objectContaining({ ok: false, remedy: expect.stringContaining("DATABASE_URL") }),
    ]);
    await refused.destroy();
  });
});
