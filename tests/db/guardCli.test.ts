import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { PROFILS } from "../../src/feed/index.ts";
import { openHolds } from "../../src/snapshot/index.ts";
import { runCli } from "../support/cli.ts";
import { useDatabase } from "../support/database.ts";
import { numeros, uneSessionDe, write } from "../support/garde.ts";
import { uneAction, unOrganisme } from "../support/offre.ts";

/** What an operator sees of a held feed at the terminal, and decides there. */
const database = useDatabase();
let dir = "";
const cli = (...args: string[]) => runCli(["guard", ...args], dir, { DATABASE_URL: database.url });

beforeAll(async () => {
  const { db } = database;
  dir = await mkdtemp(path.join(tmpdir(), "offre-info-garde-cli-"));
  const [rco] = PROFILS;
  await db("profil").insert({ id: "rco", nom: "Réseau des Carif-Oref", definition: JSON.stringify(rco) });
  await write(db, "organisme", { OF1: unOrganisme({ nom: 'Dupont ; "Fils"' }) });
  await write(db, "action", { A1: uneAction({ intitule: "=1+1" }) });
  await write(db, "session", { "A1-00": uneSessionDe("A1") });
  const [edition] = await db("edition").insert({ etat: "faite", horloge: db.fn.now(), profils: ["rco"] }, [
    "id",
  ]);
  const raison = { niveau: "profil", avant: 30, sansCause: 21, seuil: { part: 0.05, sessions: 20 } };
  const [hold] = await db("feed_retenue").insert(
    {
      profil: "rco",
      edition_id: edition?.id,
      jugee_edition_id: edition?.id,
      raisons: JSON.stringify([raison]),
      avant: 30,
      sans_cause: 21,
    },
    ["id"],
  );
  const row = { retenue_id: hold?.id, action: "A1", organisme: "OF1", cause: "absent_de_la_source" };
  await db("feed_retenue_session").insert(numeros("A1", 21).map((session) => ({ ...row, session })));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

test("what is held is listed and shown by OF, shortened or whole, or as a table that computes nothing", async () => {
  const [listed, shown, csv] = await Promise.all([
    cli("list"),
    cli("show", "rco"),
    cli("show", "rco", "--csv"),
  ]);
  expect(listed.stdout).toMatch(/Réseau des Carif-Oref \(rco\) : retenu depuis.*\n.*21 de ses 30 sessions/);
  expect(listed.code).toBe(1);
  expect(shown.stdout).toMatch(/OF1 Dupont ; "Fils" : 21\n {4}A1-00 {2}=1\+1 \(absente de la base source\)/);
  expect(shown.stdout).toMatch(/A1-04[^\n]*\n {4}… et 16 autres/);
  const lines = csv.stdout.trimEnd().split("\n");
  expect(lines).toHaveLength(22);
  expect(lines[1]).toBe(`OF1;"Dupont ; ""Fils""";A1;'=1+1;A1-00;absente de la base source`);
});

test("a release is confirmed and says why; done once, nothing is held any more", async () => {
  const { db } = database;
  const unsure = await cli("release", "rco", "--motif", "Fermeture");
  expect(unsure).toMatchObject({ code: 1, stderr: expect.stringContaining("Rien n'a été fait") });
  expect(await openHolds(db)).toHaveLength(1);
  const released = await cli("release", "rco", "--motif", "Fermeture", "--yes");
  expect(released.stdout).toContain("Les 21 sessions retenues quittent le flux « rco »");
  expect(await db("feed_retenue")).toMatchObject([
    { etat: "liberee", motif: "Fermeture", acteur: expect.stringMatching(/^console:/) },
  ]);
  expect(await openHolds(db)).toEqual([]);
});
