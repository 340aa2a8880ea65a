import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { DICTS, ELEMENTS, parse, serialise, serialiseDocument } from "../../../src/lheo/index.ts";
import { arbitraryElement } from "../../support/lheoArbitrary.ts";
import { mutations } from "../../support/mutations.ts";
import { schemaVerdicts } from "../../support/xsdVerdict.ts";

const schema = schemaVerdicts();
afterAll(schema.close);

describe("xsd/lheo-2.3.xsd", () => {
  test("declares the whole language", () => {
    const codes = Object.values(DICTS).flatMap((labels) => Object.keys(labels));
    expect(Object.keys(ELEMENTS)).toHaveLength(170);
    expect(Object.keys(DICTS)).toHaveLength(19);
    expect(codes).toHaveLength(133);
  });

  test("gives the strict verdict on every mutation", () => {
    const all = mutations();
    const wrong = all.filter(({ xml, strict }) => (schema.messages(xml).length === 0) !== strict);
    expect(
      wrong.map(({ base, what, strict }) => `${base}, ${what}: ${strict ? "valid" : "invalid"}`),
    ).toEqual([]);
    expect(all.length).toBeGreaterThan(4000);
    expect(all.filter(({ strict }) => !strict).length).toBeGreaterThan(2000);
  });

  test("mutations meet every element that can be spoiled", () => {
    const spoiled = new Set(
      mutations()
        .filter(({ strict }) => !strict)
        .map(({ what }) => what.split(" : ")[0]),
    );
    expect(Object.keys(ELEMENTS).filter((name) => !spoiled.has(name))).toEqual([]);
  });
});

describe("what we write, the schema accepts", () => {
  test.each(["lheo", "lheo-index", "lheo-plus"] as const)("%s", (root) => {
    fc.assert(
      fc.property(arbitraryElement(root), (value) => {
        expect(schema.messages(serialiseDocument(root, value))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});

describe("what the schema accepts, we read whole", () => {
  const valid = mutations().filter(({ strict }) => strict);

  test.each(["lheo", "lheo-index", "lheo-plus"] as const)("%s", (root) => {
    const all = valid.filter(({ xml }) => xml.includes(`<${root} xmlns=`));
    // Reading them all takes long and says no more.
    const own = all.length < 300 ? all : all.filter((_, i) => i % 3 === 0);
    const told = own.flatMap(({ what, xml }) => {
      const { value, defauts } = parse(root, xml);
      const again = parse(root, serialise(root, value));
      expect(again.value).toEqual(value);
      expect(schema.messages(serialiseDocument(root, value))).toEqual([]);
      // An attribute of XML Schema itself is not the language's.
      return defauts
        .filter(({ path }) => !path.includes("@xsi:"))
        .map(({ kind, path }) => `${what}: ${kind} ${path}`);
    });
    expect(own.length).toBeGreaterThan(10);
    expect(told).toEqual([]);
  });
});
