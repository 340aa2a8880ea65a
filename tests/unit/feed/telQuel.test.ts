import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applyTelQuel, diffTelQuel } from "../../../src/feed/index.ts";
import { type AsRead, ELEMENTS, type Formation, serialise } from "../../../src/lheo/index.ts";
import { zTelQuel } from "../../../src/published/contract/index.ts";
import { arbitraryElement } from "../../support/lheoArbitrary.ts";

const NAME = "organisme-formation-responsable";
const element = arbitraryElement(NAME, "plain");

describe("what is laid over a built value", () => {
  test("adds attributes and elements, on the record's element and below", () => {
    const built = {
      "intitule-formation": "CAP",
      action: [{ session: [{ periode: { debut: "20260101" } }] }],
    };
    const laid = applyTelQuel(built, [
      { chemin: "", attributs: { href: "h" }, elements: { positionnement: "1" } },
      { chemin: "intitule-formation", attributs: { uri: "u" } },
      { chemin: "action[1]/session[1]/periode/debut", attributs: { info: "i" } },
    ]);
    expect(laid).toEqual({
      "@": { href: "h" },
      "intitule-formation": { "@": { uri: "u" }, "#": "CAP" },
      action: [{ session: [{ periode: { debut: { "@": { info: "i" }, "#": "20260101" } } }] }],
      positionnement: "1",
    });
  });

  test("never replaces what was built", () => {
    const built = { "@": { numero: "1" }, ville: "Pau", ligne: ["a"] };
    const laid = applyTelQuel(built, [
      {
        chemin: "",
        attributs: { numero: "2", ref: "r" },
        elements: { ville: "Dax", ligne: ["b"] },
      },
    ]);
    expect(laid).toEqual({ "@": { numero: "1", ref: "r" }, ville: "Pau", ligne: ["a", "b"] });
  });

  test("is left out with the element that it was laid on", () => {
    const built = { ligne: ["a"] };
    const telQuel = [
      { chemin: "ligne[2]", attributs: { info: "i" } },
      { chemin: "adresse/ville", attributs: { info: "i" } },
      { chemin: "ligne[1]/x/y", attributs: { info: "i" } },
    ];
    expect(applyTelQuel(built, telQuel)).toEqual(built);
  });

  test("nothing to lay gives back the same object", () => {
    const built = { ville: "Pau" };
    expect(applyTelQuel(built, [])).toBe(built);
  });

  test("the value given is not changed", () => {
    fc.assert(
      fc.property(element, element, (original, built) => {
        const before = structuredClone(built);
        applyTelQuel(built, diffTelQuel(original, built).tel_quel);
        expect(built).toEqual(before);
      }),
      { numRuns: 50 },
    );
  });
});

describe("the difference between an original and what we build", () => {
  test("is nothing between equals", () => {
    fc.assert(
      fc.property(element, (value) => {
        expect(diffTelQuel(value, structuredClone(value))).toEqual({ tel_quel: [], perdus: [] });
      }),
      { numRuns: 50 },
    );
  });

  test("over nothing, brings the whole original back", () => {
    fc.assert(
      fc.property(element, (original) => {
        const { tel_quel, perdus } = diffTelQuel(original, {});
        expect(perdus).toEqual([]);
        expect(serialise(NAME, applyTelQuel({}, tel_quel))).toBe(serialise(NAME, original));
      }),
      { numRuns: 50 },
    );
  });

  test("laid over any other value, takes nothing from it, leaves nothing to add, and says again what is lost", () => {
    fc.assert(
      fc.property(element, element, (original, built) => {
        const { tel_quel, perdus } = diffTelQuel(original, built);
        expect(zTelQuel.safeParse(JSON.parse(JSON.stringify(tel_quel))).success).toBe(true);
        const laid = applyTelQuel(built, tel_quel);
        expect(diffTelQuel(original, laid)).toEqual({ tel_quel: [], perdus });
        expect(diffTelQuel(built, laid)).toEqual({ tel_quel: [], perdus: [] });
      }),
      { numRuns: 200 },
    );
  });

  test("extras are a bag: their order is nobody's, and two equal ones are two", () => {
    const extras = (info: string) => ({ "@": { info }, "*": [["extra", "1"]] });
    const original = { extras: [extras("b"), extras("a"), extras("a")] };
    const { tel_quel, perdus } = diffTelQuel(original, { extras: [extras("a"), extras("c")] });
    expect(perdus).toEqual([]);
    expect(tel_quel).toEqual([{ chemin: "", elements: { extras: [extras("b"), extras("a")] } }]);
  });

  test("says where a value is lost, and what it was", () => {
    const original: AsRead<Formation> = {
      "@": { numero: "1", datemaj: "20180101" },
      "domaine-formation": { "code-FORMACODE": [{ "@": { ref: "V11" }, "#": "34582" }] },
    };
    const built: AsRead<Formation> = {
      "@": { numero: "1", datemaj: "20260101" },
      "domaine-formation": { "code-FORMACODE": [{ "@": { ref: "V14" }, "#": "34583" }] },
    };
    expect(diffTelQuel(original, built)).toEqual({
      tel_quel: [],
      perdus: [
        { path: "@datemaj", value: "20180101" },
        { path: "domaine-formation/code-FORMACODE[1]/@ref", value: "V11" },
        { path: "domaine-formation/code-FORMACODE[1]", value: "34582" },
      ],
    });
  });
});

test("the element the properties are about has attributes, lists, leaves and extras", () => {
  const { attributes, children } = ELEMENTS[NAME];
  expect(attributes.length).toBeGreaterThan(0);
  expect(children.map(({ name }) => name)).toEqual(
    expect.arrayContaining(["numero-activite", "contact-organisme", "extras"]),
  );
});
