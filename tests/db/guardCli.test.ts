import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openHolds } from "../../src/snapshot/index.ts";
import { runCli } from "../support/cli.ts";
import { useDatabase } from "../support/database.ts";
import { holdFeed } from "../support/garde.ts";

/** What an operator sees of a held feed at the terminal, and decides there. */
const database = useDatabase();
let dir = "";
const cli = (...args: string[]) => runCli(["guard", ...args], dir, { DATABASE_URL: database.url });

beforeAll(async () => {
  const { db } = database;
  dir = await mkdtemp(path.join(tmpdir(), "offre-info-garde-cli-"));
  await holdFeed(db);
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
