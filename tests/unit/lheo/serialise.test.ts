import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Action,
  ELEMENTS,
  type ElementName,
  ENVELOPE,
  type Formation,
  LheoError,
  normalise,
  parse,
  serialise,
  serialiseAround,
  serialiseDocument,
} from "../../../src/lheo/index.ts";
import { arbitraryElement } from "../../support/lheoArbitrary.ts";
import { builderXml } from "../../support/lheoBuilder.ts";

const NAMES = Object.keys(ELEMENTS) as ElementName[];
const formation = arbitraryElement("formation");

/** The same value with the keys of each object in another order. */
function shuffled(value: unknown, seed: number): unknown {
  if (Array.isArray(value)) return value.map((item) => shuffled(item, seed));
  if (typeof value !== "object" || value === null) return value;
  const keys = Object.entries(value).map(([key, item]) => [key, shuffled(item, seed)] as const);
  return Object.fromEntries(keys.sort(([a], [b]) => hash(a, seed) - hash(b, seed)));
}

const hash = (text: string, seed: number): number =>
  [...text].reduce((sum, c) => (Math.imul(sum, 31) + c.charCodeAt(0)) | 0, seed);

describe("serialise and parse", () => {
  test.each(NAMES)("%s comes back normalised", (name) => {
    fc.assert(
      fc.property(arbitraryElement(name), (value) => {
        const { value: read, defauts } = parse(name, serialise(name, value));
        expect(read).toEqual(normalise(name, value));
        expect(defauts).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });

  test("normalise is idempotent, and written the same", () => {
    fc.assert(
      fc.property(formation, (value) => {
        const once = normalise("formation", value);
        expect(normalise("formation", once)).toEqual(once);
        expect(serialise("formation", parse("formation", serialise("formation", once)).value)).toBe(
          serialise("formation", once),
        );
      }),
      { numRuns: 50 },
    );
  });

  test("the order of keys and of attributes never matters", () => {
    fc.assert(
      fc.property(formation, fc.integer(), (value, seed) => {
        const other = shuffled(value, seed) as Formation;
        expect(serialise("formation", other)).toBe(serialise("formation", value));
      }),
      { numRuns: 100 },
    );
  });

  test.each(NAMES)("%s is what xmlbuilder2 writes", (name) => {
    fc.assert(
      fc.property(arbitraryElement(name, "plain"), (value) => {
        const ours = serialise(name, value)
          .replaceAll(/>\n(?=<)/g, ">")
          .trimEnd();
        expect(ours).toBe(builderXml(name, value));
      }),
      { numRuns: 10 },
    );
  });
});

describe("serialiseAround", () => {
  test("before, the children and after make the whole", () => {
    fc.assert(
      fc.property(formation, fc.integer(), (value, seed) => {
        const { action, ...rest } = shuffled(value, seed) as Formation;
        const { before, after } = serialiseAround("formation", rest, "action");
        const actions = action.map((item: Action) => serialise("action", item)).join("");
        expect(before + actions + after).toBe(serialise("formation", value));
      }),
      { numRuns: 100 },
    );
  });

  test("refuses what serialise refuses", () => {
    const value = { inconnu: "x" } as object;
    expect(() => serialiseAround("formation", value, "action")).toThrow(LheoError);
  });
});

describe("layout", () => {
  test("formation begins and ends at the start of a line", () => {
    const xml = serialise("formation", { "@": { numero: "75_1" }, "intitule-formation": "Titre" });
    expect(xml).toBe(
      '<formation numero="75_1">\n<intitule-formation>Titre</intitule-formation>\n</formation>\n',
    );
  });

  test("the envelope and the formations make a document, extras of the root at its end", () => {
    const extras = [
      { "@": { info: "flux" }, "*": [["extra", { "@": { info: "date-export" }, "#": "20260101" }]] },
    ] as const;
    const lheo = {
      "@": { datemaj: "20260101" },
      offres: { formation: [{ "intitule-formation": "a" }] },
      extras,
    };
    const xml =
      ENVELOPE.open({ datemaj: "20260101" }) +
      serialise("formation", { "intitule-formation": "a" }) +
      ENVELOPE.close(extras);
    expect(xml).toBe(serialiseDocument("lheo", lheo));
    expect(xml.split("\n").slice(0, 4)).toEqual([
      '<?xml version="1.0" encoding="UTF-8"?>',
      '<lheo xmlns="http://lheo.gouv.fr/2.3" datemaj="20260101">',
      "<offres>",
      "<formation>",
    ]);
    expect(ENVELOPE.open() + ENVELOPE.close()).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n<lheo xmlns="http://lheo.gouv.fr/2.3">\n<offres>\n</offres>\n</lheo>\n',
    );
  });
});

describe("a file that cannot be read is never written", () => {
  const refused: readonly (readonly [string, ElementName, unknown])[] = [
    ["an unknown child", "periode", { debut: "20260101", fin: "20260102", milieu: "x" }],
    ["a child of another place", "periode", { debut: "20260101", fin: "20260102", nom: "x" }],
    ["an unknown attribute", "periode", { "@": { href: "x" }, debut: "20260101", fin: "20260102" }],
    ["a name that is no attribute", "extra", { "@": { 'a="1" b': "x" }, "#": "x" }],
    ["a control character", "nom", "a\u0001"],
    ["half a character", "nom", "a\ud83d"],
    ["a control character in an attribute", "nom", { "@": { info: "\u000b" }, "#": "x" }],
    ["a number", "nom", 3],
    ["null", "nom", null],
    ["a text for a list", "telfixe", { numtel: "05" }],
    ["raw XML left open", "extra", { "<>": "<b>" }],
    ["raw XML that closes us", "extra", { "<>": "</extra><extra>" }],
    ["raw XML with an entity", "extra", { "<>": "&eacute;" }],
    ["raw XML with a prefix of nowhere", "extra", { "<>": "<x:b/>" }],
    ["raw XML elsewhere than in extra", "nom", { "<>": "<b/>" }],
    ["another thing in extras", "extras", { "*": [["nom", "x"]] }],
  ];
  test.each(refused)("%s", (_what, name, value) => {
    expect(() => serialise(name, value as string)).toThrow(LheoError);
  });
});
