import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { afterAll, describe, expect, test } from "vitest";
import { CASES, caseFile, readCase } from "../../fixtures/cases/index.ts";
import { buildOffre } from "../../src/feed/index.ts";
import { ENVELOPE, serialise } from "../../src/lheo/index.ts";
import { schemaVerdicts } from "../support/xsdVerdict.ts";

/** `UPDATE_GOLDEN=1 npx vitest run tests/golden` writes the files again; the difference is for a human to read. */
const UPDATE = process.env.UPDATE_GOLDEN === "1";

const xsd = schemaVerdicts();
afterAll(() => xsd.close());

function produce(name: string): { readonly xml: string; readonly notices: string } {
  const { entree, contexte } = readCase(name);
  const { formation, actions, notices } = buildOffre(entree, contexte);
  const xml =
    ENVELOPE.open() +
    serialise("formation", { ...formation, action: actions.map(({ action }) => action) }) +
    ENVELOPE.close();
  return { xml, notices: `${JSON.stringify(notices, null, 2)}\n` };
}

const read = (name: string, file: string): string => readFileSync(caseFile(name, file), "utf8");

test("there are cases", () => {
  expect(CASES.length).toBeGreaterThanOrEqual(12);
});

describe.each(CASES)("%s", (name) => {
  const produced = produce(name);
  if (UPDATE) {
    writeFileSync(caseFile(name, "expected.xml"), produced.xml);
    writeFileSync(caseFile(name, "notices.json"), produced.notices);
  }

  test("gives its expected.xml", () => {
    expect(produced.xml).toBe(read(name, "expected.xml"));
  });

  test("gives its notices.json", () => {
    expect(produced.notices).toBe(read(name, "notices.json"));
  });

  test("is valid by the schema", () => {
    expect(xsd.messages(read(name, "expected.xml"))).toEqual([]);
  });

  test("is explained", () => {
    expect(existsSync(caseFile(name, "README.md"))).toBe(true);
  });
});
