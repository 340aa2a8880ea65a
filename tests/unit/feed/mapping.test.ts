import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { CASES, caseFile } from "../../../fixtures/cases/index.ts";
import { ELEMENTS, isElementName } from "../../../src/lheo/index.ts";
import { CATALOGUE } from "../../../src/notices/index.ts";
import * as contract from "../../../src/published/contract/index.ts";

/** Each section of the page and the schema whose fields it lists. */
const SECTIONS: Readonly<Record<string, z.ZodObject>> = {
  Action: contract.zAction,
  Modalités: contract.zModalites,
  Session: contract.zSession,
  Organisme: contract.zOrganisme,
  Lieu: contract.zLieu,
  Formateur: contract.zFormateur,
  Recrutement: contract.zRecrutement,
  "Certification aimed at": contract.zCertificationVisee,
  Bloc: contract.zBloc,
  Cycle: contract.zCycle,
  "Codes of a certification": contract.zCodesCertification,
  Contact: contract.zContact,
  Coordonnées: contract.zCoordonnees,
  Adresse: contract.zAdresse,
  Période: contract.zPeriode,
  "Code of a thesaurus": contract.zCodeRef,
  "Register: certification": contract.zCertification,
  "Register: habilitation": contract.zHabilitation,
};

/** Objects that have a section of their own; a session's modalités are the same, all optional. */
const OWN_SECTION = new Set<unknown>(Object.values(SECTIONS));
const isModalites = (object: z.ZodObject): boolean =>
  Object.keys(object.shape).join() === Object.keys(contract.zModalites.shape).join();

function unwrapped(schema: unknown): unknown {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault)
    return unwrapped(schema.unwrap());
  return schema instanceof z.ZodArray ? unwrapped(schema.element) : schema;
}

/** The fields of a schema; those of an object that has no section are told with a dot. */
function fieldsOf(object: z.ZodObject, prefix = ""): string[] {
  return Object.entries(object.shape).flatMap(([name, schema]) => {
    const inner = unwrapped(schema);
    const path = prefix + name;
    const nested = inner instanceof z.ZodObject && name !== "tel_quel" && !OWN_SECTION.has(inner);
    return nested && !isModalites(inner) ? fieldsOf(inner, `${path}.`) : [path];
  });
}

interface Row {
  readonly section: string;
  readonly field: string;
  readonly xpath: string;
  readonly example: string;
}

const page = readFileSync(new URL("../../../docs/mapping.md", import.meta.url), "utf8");
const bare = (cell: string): string => cell.trim().replace(/^`(.*)`$/s, "$1");

/** The cells of every table, by section; the two lines of its head left out. */
const cells = page.split("\n## ").flatMap((text) => {
  const [section = "", ...lines] = text.split("\n");
  const rows = lines.filter((line) => line.startsWith("|")).slice(2);
  return rows.map((line) => ({ section, cells: line.slice(1, -1).split("|").map(bare) }));
});
const rows: readonly Row[] = cells
  .filter(({ section }) => section in SECTIONS)
  .map(({ section, cells: [field = "", xpath = "", , example = ""] }) => ({
    section,
    field,
    xpath,
    example,
  }));

/** Why a path cannot be met in a document, or undefined when it can. */
function defectOf(xpath: string): string | undefined {
  const [first = "", ...steps] = xpath.replace(/\[@info="[^"]+"\]/g, "").split("/");
  if (!isElementName(first)) return `${first} is no element`;
  let spec = ELEMENTS[first];
  for (const step of steps) {
    if (step.startsWith("@")) {
      return spec.attributes.includes(step.slice(1)) ? undefined : `${spec.name} has no ${step}`;
    }
    const child = spec.children.find(({ name }) => name === step);
    if (child === undefined) return `${spec.name} has no ${step}`;
    spec = ELEMENTS[child.name];
  }
  return undefined;
}

/** An example is written on one line. */
const oneLine = (xml: string): string => xml.replaceAll(/>\s*\n\s*</g, "><");
const outputs = CASES.map((name) => oneLine(readFileSync(caseFile(name, "expected.xml"), "utf8")));

describe.each(Object.entries(SECTIONS))("docs/mapping.md, %s", (section, schema) => {
  const listed = rows.filter((row) => row.section === section);

  test("lists each field of the contract, and no other", () => {
    expect([...new Set(listed.map(({ field }) => field))].sort()).toEqual(fieldsOf(schema).sort());
  });

  test("has paths that exist in the language", () => {
    const wrong = listed.map(({ xpath }) => (xpath === "—" ? undefined : defectOf(xpath)));
    expect(wrong.filter((defect) => defect !== undefined)).toEqual([]);
  });

  test("has examples that stand in a golden case", () => {
    const missing = listed.filter(
      ({ xpath, example }) => xpath !== "—" && !outputs.some((xml) => xml.includes(example)),
    );
    expect(missing.map(({ field, example }) => `${field}: ${example}`)).toEqual([]);
  });

  test("has an example of what its path names", () => {
    const wrong = listed.filter(({ xpath, example }) => {
      const last =
        xpath
          .replace(/\[[^\]]*\]/g, "")
          .split("/")
          .at(-1) ?? "";
      const shown = last.startsWith("@") ? `${last.slice(1)}="` : last;
      return xpath !== "—" && !["action", "formation", "organisme-formation-responsable"].includes(last)
        ? !example.includes(shown)
        : false;
    });
    expect(wrong.map(({ field, xpath }) => `${field}: ${xpath}`)).toEqual([]);
  });
});

test("the case of all elements has each element that a path of the page names", () => {
  const xml = readFileSync(caseFile("tous-les-elements", "expected.xml"), "utf8");
  const steps = new Set(
    rows
      .filter(({ xpath }) => xpath !== "—")
      .flatMap(({ xpath }) => xpath.split("/"))
      .filter((step) => !step.startsWith("@")),
  );
  const missing = [...steps].filter((step) => {
    const [, name = step, info] = /^(.+)\[@info="(.+)"\]$/.exec(step) ?? [];
    return !new RegExp(`<${name}[^>]*${info === undefined ? "" : ` info="${info}"`}[^>]*>`).test(xml);
  });
  expect(missing).toEqual([]);
});

test("the page lists each default, where it is written", () => {
  const defaults = cells.filter(({ section }) => section === "Defaults");
  expect(defaults.map(({ cells: [code] }) => code).sort()).toEqual(
    Object.keys(CATALOGUE)
      .filter((code) => code.endsWith("-complete-par-defaut"))
      .sort(),
  );
  expect(defaults.flatMap(({ cells: [, xpath = ""] }) => defectOf(xpath) ?? [])).toEqual([]);
});
