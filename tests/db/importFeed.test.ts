import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Knex } from "knex";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildFeed } from "../../src/edition/index.ts";
import { PROFILS } from "../../src/feed/index.ts";
import { importFile } from "../../src/import/index.ts";
import { startXsd, type Xsd } from "../../src/validation/index.ts";
import { useDatabase } from "../support/database.ts";
import { missingValues, valuesOf } from "../support/lheoValues.ts";

const first = useDatabase();
const second = useDatabase();
const dir = mkdtempSync(path.join(tmpdir(), "offre-info-import-"));
let xsd: Xsd;
beforeAll(() => {
  xsd = startXsd({ workers: 1 });
});
afterAll(async () => {
  await xsd.close();
  rmSync(dir, { recursive: true });
});

const FIXTURES = ["initiale-2.2.xml", "grand-est-2.3.xml"];
const fixture = (file: string): string => new URL(`../../fixtures/import/${file}`, import.meta.url).pathname;

/** The feed of the national base, on a day when the sessions of the fixtures are not over. */
async function feed(db: Knex, name: string): Promise<string> {
  const [rco] = PROFILS;
  if (rco === undefined) throw new Error("no profile");
  const folder = path.join(dir, name);
  const maintenant = new Date("2026-12-01T10:00:00Z");
  const { compte } = await buildFeed(db, { profil: rco, base: "75", xsd, dir: folder, maintenant });
  expect(compte).toMatchObject({ formations: 3, sessions: 4, formationsEcartees: 0, sessionsEcartees: 0 });
  return readFileSync(path.join(folder, "offre-info.xml"), "utf8");
}

const formations = (xml: string): string => xml.slice(xml.indexOf("<formation "), xml.indexOf("</offres>"));

test("files → base → feed → base → feed: all values are in the first, and the second is the first", async () => {
  for (const file of FIXTURES) await importFile(first.db, fixture(file));
  const written = await feed(first.db, "first");
  const received = FIXTURES.map((file) => formations(readFileSync(fixture(file), "utf8"))).join("");
  const missing = missingValues(valuesOf(`<o>${received}</o>`), valuesOf(`<o>${formations(written)}</o>`));
  // A code has one writing; each of these was told at the import.
  expect(missing.filter((value) => !/-RNCP = RNCP36804$/.test(value))).toEqual([]);

  const rapport = await importFile(second.db, path.join(dir, "first", "offre-info.xml"));
  expect([rapport.refuses, rapport.nonRepris]).toEqual([[], []]);
  expect(formations(await feed(second.db, "second"))).toBe(formations(written));
});
