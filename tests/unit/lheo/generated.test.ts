import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const TSX = path.join(ROOT, "node_modules/.bin/tsx");

test("src/lheo/generated is what the schema gives", () => {
  const said = execFileSync(TSX, ["scripts/generateElements.ts", "--check"], { cwd: ROOT, encoding: "utf8" });
  expect(said).toContain("170 elements, 19 dictionaries: up to date.");
});

test("a schema that was changed alone fails the check and says what to do", () => {
  const copy = mkdtempSync(path.join(tmpdir(), "lheo-generate-"));
  try {
    for (const folder of ["xsd", "scripts", "src/lheo/generated"]) {
      cpSync(path.join(ROOT, folder), path.join(copy, folder), { recursive: true });
    }
    cpSync(path.join(ROOT, "package.json"), path.join(copy, "package.json"));
    symlinkSync(path.join(ROOT, "node_modules"), path.join(copy, "node_modules"));
    const xsd = path.join(copy, "xsd/lheo-2.3.xsd");
    writeFileSync(
      xsd,
      readFileSync(xsd, "utf8").replace('"code-NSF" minOccurs="0" maxOccurs="3"', '"code-NSF"'),
    );
    const run = spawnSync(TSX, ["scripts/generateElements.ts", "--check"], { cwd: copy, encoding: "utf8" });
    expect(run.status).toBe(1);
    expect(run.stderr).toContain("npm run generate");
    expect(run.stderr).toContain("elements.ts");
    expect(run.stderr).not.toContain("dicts.ts");
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
});
