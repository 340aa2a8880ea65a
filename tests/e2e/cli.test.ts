import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { SPOILED } from "../../fixtures/demo/index.ts";
import { runCli } from "../support/cli.ts";

const dir = mkdtempSync(path.join(tmpdir(), "offre-info-cli-"));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const LONG = 120_000;
const fixture = (name: string): string => fileURLToPath(new URL(`../../fixtures/${name}`, import.meta.url));
const read = (...names: string[]): string => readFileSync(path.join(dir, ...names), "utf8");

describe("help and usage", () => {
  test("help is in French and exits 0", async () => {
    const { code, stdout } = await runCli(["--help"], dir);
    expect(code).toBe(0);
    expect(stdout).toContain("Usage : offre-info <commande>");
    expect(stdout).not.toMatch(/Commands:|display help|default:/);
  });

  test.each([
    [["nimporte"], "Commande inconnue : « nimporte »"],
    [["feed", "--profile", "rco"], "Option obligatoire manquante"],
    [["validate"], "Argument manquant"],
    [["feed", "--demo", "small", "--profile", "inconnu", "--out", "D"], "Profil « inconnu » inconnu"],
    [["feed", "--demo", "immense", "--profile", "rco", "--out", "D"], "Taille « immense » inconnue"],
    [["feed", "--demo", "small", "--profile", "lba", "--out", "D"], "alimenté par « rco »"],
  ])("%j is a wrong usage, said on stderr", { timeout: LONG }, async (args, sentence) => {
    const { code, stdout, stderr } = await runCli(args, dir);
    expect(stderr).toContain(sentence);
    expect(stdout).toBe("");
    expect(code).toBe(2);
  });

  test("wrong settings are all named at once", async () => {
    const { code, stderr } = await runCli(["doctor"], dir, { PORT: "abc", DATABASE_URL: "ftp://x" });
    expect(stderr).toContain("PORT « abc »");
    expect(stderr).toContain("DATABASE_URL");
    expect(stderr).not.toContain("ftp://x");
    expect(code).toBe(3);
  });

  test("a database that does not answer is said in French, without stack", async () => {
    const { code, stderr } = await runCli(["migrate"], dir, {
      DATABASE_URL: "postgres://a:secret@127.0.0.1:1/b",
    });
    expect(stderr).toContain("ne répond pas");
    expect(stderr).not.toMatch(/secret|\n\s+at /);
    expect(code).toBe(3);
  });
});

test("feed writes four files that say the same thing, and validate accepts the feed", {
  timeout: LONG,
}, async () => {
  const fed = await runCli(["feed", "--demo", "small", "--profile", "rco", "--out", "D", "--json"], dir);
  expect(fed.code).toBe(0);
  const summary = JSON.parse(fed.stdout);
  const manifest = JSON.parse(read("D", "manifest.json"));
  expect(manifest.files[0].sha256).toBe(summary.sha256);
  expect(manifest.counts).toMatchObject({ formations: summary.formations, sessions: summary.sessions });
  const { notices } = JSON.parse(read("D", "notices.json"));
  const blocking = notices.filter((one: { severity: string }) => one.severity === "bloquant");
  const spoiled = new Set(SPOILED.map(({ numero }) => numero));
  const strangers = blocking.filter(
    (one: { session?: string; action?: string; organisme?: string }) =>
      ![one.session, one.action, one.organisme].some((numero) => numero !== undefined && spoiled.has(numero)),
  );
  expect(strangers).toEqual([]);
  expect(blocking.length).toBeGreaterThan(0);

  const verdict = await runCli(["validate", "D/offre-info.xml.gz", "--profile", "rco"], dir);
  expect(verdict.stdout).toMatch(/XSD publié\s+: ACCEPTÉ/);
  expect(verdict.stdout).toMatch(/Règles Offre Info\s+: ACCEPTÉ/);
  expect(verdict.code).toBe(0);
});

test("validate refuses a broken file with its line, and a missing one", async () => {
  writeFileSync(
    path.join(dir, "casse.xml"),
    '<lheo xmlns="http://lheo.gouv.fr/2.3">\n<offres>\n<formation>\n',
  );
  const broken = await runCli(["validate", "casse.xml"], dir);
  expect(broken.stdout).toMatch(/BLOQUANT · xml-mal-forme/);
  expect(broken.code).toBe(1);
  const missing = await runCli(["validate", "absent.xml"], dir);
  expect(missing.stderr).toContain("ne peut pas être lu (ENOENT)");
  expect(missing.code).toBe(3);
});

test("import, trial first, then feed gives the imported numbers back", { timeout: LONG }, async () => {
  const file = fixture("import/francilien-2.2.xml");
  const essai = await runCli(["import", "--essai", file], dir);
  expect(essai.stdout).toContain("Essai : rien n'a été écrit.");
  const done = await runCli(["import", file, "--json"], dir);
  const rapport = JSON.parse(done.stdout);
  expect(rapport.sessions.ecrits).toBeGreaterThan(0);
  const again = JSON.parse((await runCli(["import", file, "--json"], dir)).stdout);
  expect(again.sessions).toMatchObject({ ecrits: 0, inchanges: rapport.sessions.lus });
});

test("doctor says that all is well, and exits 0", { timeout: LONG }, async () => {
  const { code, stdout } = await runCli(["doctor"], dir);
  expect(stdout).toContain("✓ Version de Node");
  expect(stdout).not.toContain("✗");
  expect(code).toBe(0);
});
