import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { auteurOfKey, readStructure } from "../../src/catalogue/index.ts";
import { runCli } from "../support/cli.ts";
import { useDatabase } from "../support/database.ts";
import { ficheOrganisme, SIRETS } from "../support/structures.ts";

/** Structures, accounts of members and keys, at the terminal: how an agency begins. */
const database = useDatabase();
const dir = mkdtempSync(path.join(tmpdir(), "offre-info-structures-"));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
const cli = (args: readonly string[], input?: string) =>
  runCli(args, dir, { DATABASE_URL: database.url }, input);

test("the agency, an OF from its file, a member with its profile, and a key", {
  timeout: 120_000,
}, async () => {
  const file = path.join(dir, "of.json");
  writeFileSync(file, JSON.stringify(ficheOrganisme({ siret: "12345678901234" })));
  const [agence, wrong, compte] = await Promise.all([
    cli(["structures", "create", "agence", "--numero", "AGENCE", "--nom", "Cap Métiers"]),
    cli(["structures", "create", "organisme", "--fichier", file]),
    cli(["accounts", "create", "anne", "--role", "membre"], "quatre mots bien choisis"),
  ]);
  expect(agence).toMatchObject({ code: 0, stdout: "La structure « AGENCE » est créée.\n" });
  expect(wrong).toMatchObject({ code: 1, stderr: expect.stringMatching(/siret : Ce SIRET est faux/) });
  expect(compte).toMatchObject({ code: 0, stdout: expect.stringContaining("membre d'une structure") });

  // What is said at the terminal goes before what the file holds.
  const made = await cli(["structures", "create", "organisme", "--fichier", file, "--siret", SIRETS[0]]);
  expect(made).toMatchObject({ code: 0 });
  expect(await readStructure(database.db, SIRETS[0])).toMatchObject({ ville: "Pessac" });
  const [attached, key] = await Promise.all([
    cli(["structures", "attach", "anne", SIRETS[0], "general", "--referent"]),
    cli(["structures", "key", SIRETS[0], "--nom", "Logiciel"]),
  ]);
  expect(attached.stdout).toContain("Gestionnaire OF général");
  expect(await auteurOfKey(database.db, `Bearer ${key.stdout.trim()}`)).toMatchObject({ role: "of" });
  const members = await cli(["structures", "members", SIRETS[0], "--json"]);
  expect(JSON.parse(members.stdout)).toMatchObject([
    { identifiant: "anne", profil: "general", referent: true },
  ]);
});
