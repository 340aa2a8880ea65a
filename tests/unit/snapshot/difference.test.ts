import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { RECORDS } from "../../../src/published/contract/index.ts";
import { CONTENANTS, LIBELLES } from "../../../src/snapshot/difference/labels.ts";
import { comparerContenus, extraits, phraseDeChamp } from "../../../src/snapshot/index.ts";

const said = (avant: unknown, apres: unknown): string[] => comparerContenus(avant, apres).map(phraseDeChamp);

describe("what changed in a record", () => {
  test.each([
    [{ fin: "20270312" }, { fin: "20270319" }, "La date de fin passe du 12/03/2027 au 19/03/2027."],
    [{}, { commentaire: "Oui" }, "Ajout du commentaire : « Oui »."],
    [{ siret: "1" }, {}, "Suppression du SIRET (c'était « 1 »)."],
    [{ rome: ["A"] }, { rome: ["A", "B"] }, "Les codes ROME passent de « A » à « A, B »."],
    [
      { modalites: { prix_total_ttc: "2500" } },
      { modalites: { prix_total_ttc: "2600.50" } },
      "Le prix total TTC passe de « 2500 € » à « 2600,50 € ».",
    ],
    [
      { modalites: { modalites_enseignement: "0" } },
      { modalites: { modalites_enseignement: "2" } },
      "La modalité d'enseignement passe de « formation entièrement présentielle (0) » à « formation entièrement à distance (2) ».",
    ],
    [
      { lieux: [{ coordonnees: { adresse: { ville: "Pessac" } } }] },
      { lieux: [{ coordonnees: { adresse: { ville: "Bordeaux" } } }] },
      "La ville (lieu 1) passe de « Pessac » à « Bordeaux ».",
    ],
    [
      { periode_inscription: { debut: "20270101", fin: "20270201" } },
      { periode_inscription: { debut: "20270102", fin: "20270201" } },
      "La date de début (période d'inscription) passe du 01/01/2027 au 02/01/2027.",
    ],
    [
      { voie: "apprentissage" },
      { voie: "formation_continue" },
      "La voie d'accès passe de « contrat d'apprentissage » à « formation continue hors alternance ».",
    ],
    [
      { conventionnee: false },
      { conventionnee: true },
      "Le conventionnement de l'action passe de « non » à « oui ».",
    ],
  ])("%j → %j", (avant, apres, phrase) => {
    expect(said(avant, apres)).toEqual([phrase]);
  });

  test("what says the same in another order, or says nothing, is no change", () => {
    expect(said({ a: "1", b: null, c: [], d: "" }, { a: "1" })).toEqual([]);
    expect(said({ a: { b: "1", c: "2" } }, { a: { c: "2", b: "1" } })).toEqual([]);
  });

  test("any JSON is compared without a fault: nothing between equals, and as much both ways", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
        expect(comparerContenus(one, one)).toEqual([]);
        expect(comparerContenus(one, other)).toHaveLength(comparerContenus(other, one).length);
      }),
    );
  });
});

test("every field of the contract has a name that people read", () => {
  const names = new Set<string>();
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) for (const one of node) walk(one);
    else if (typeof node === "object" && node !== null) {
      if ("properties" in node && typeof node.properties === "object" && node.properties !== null)
        for (const name of Object.keys(node.properties)) names.add(name);
      for (const inner of Object.values(node)) walk(inner);
    }
  };
  for (const kind of ["organisme", "action", "session"] as const)
    walk(z.toJSONSchema(RECORDS[kind], { io: "input" }));
  expect(names.size).toBeGreaterThan(100);
  expect([...names].filter((name) => !(name in LIBELLES) && !(name in CONTENANTS)).sort()).toEqual([]);
});

test("two long texts are cut to where they differ, never more than they hold", () => {
  const text = fc.string({ maxLength: 400 });
  fc.assert(
    fc.property(text, text, text, text, (head, one, other, tail) => {
      const cut = extraits(head + one + tail, head + other + tail);
      expect(head + one + tail).toContain(cut.avant.replace(/^…/, "").replace(/…$/, ""));
      if (one !== other) expect(cut.avant).not.toBe(cut.apres);
    }),
  );
  const long = "x".repeat(1_000);
  const { avant, apres } = extraits(`${long}A${long}`, `${long}B${long}`);
  expect(avant).toMatch(/^…x{60}Ax{60}…$/);
  expect(apres).toMatch(/^…x{60}Bx{60}…$/);
});
