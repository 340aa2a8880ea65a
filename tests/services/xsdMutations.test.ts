import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Mutation, mutations } from "../support/mutations.ts";
import { XSD } from "../support/xsdVerdict.ts";

const LOT = 400;
const all = mutations();
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "lheo-mutations-"));
  for (const [i, { xml }] of all.entries()) writeFileSync(path.join(folder, `${i}.xml`), xml);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The verdict of xmllint on each, by its number. */
function verdicts(lot: readonly Mutation[], first: number): Map<number, boolean> {
  const files = lot.map((_, i) => `${first + i}.xml`);
  const run = spawnSync("xmllint", ["--noout", "--schema", fileURLToPath(XSD), ...files], {
    cwd: folder,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  if (run.error !== undefined) throw run.error;
  const said = run.stderr.matchAll(/^(\d+)\.xml (validates|fails to validate)$/gm);
  return new Map([...said].map(([, number, verdict]) => [Number(number), verdict === "validates"]));
}

test("xmllint with our schema gives the strict verdict on every mutation", { timeout: 120_000 }, () => {
  const seen = new Map<number, boolean>();
  for (let i = 0; i < all.length; i += LOT) {
    for (const [number, valid] of verdicts(all.slice(i, i + LOT), i)) seen.set(number, valid);
  }
  const wrong = all.flatMap(({ base, what, strict }, i) =>
    seen.get(i) === strict ? [] : [`${base}, ${what}`],
  );
  expect(wrong).toEqual([]);
  expect(seen.size).toBe(all.length);
});
