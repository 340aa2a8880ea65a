import { describe, expect, test } from "vitest";
import { type XsdDefect, xsdNotices } from "../../../src/validation/index.ts";

/** A defect as the worker gives it, at a path from the formation. */
function defect(message: string, path: string, fields: Partial<XsdDefect> = {}): XsdDefect {
  const steps = ["lheo", "offres", "formation", ...path.split("/").filter((step) => step !== "")].map(
    (step) => {
      const [, name = step, rank = "1"] = /^(.*?)(?:\[(\d+)\])?$/.exec(step) ?? [];
      return { name, rank: Number(rank) };
    },
  );
  return {
    kind: "xsd",
    message: message.replaceAll("{}", "{http://lheo.gouv.fr/2.3}"),
    line: 12,
    column: 0,
    steps,
    value: "",
    attributes: {},
    children: [],
    siblings: [],
    position: 0,
    numbers: { formation: "F", action: "A", session: "S" },
    ...fields,
  };
}

const only = (defects: readonly XsdDefect[]) => {
  const [first, ...others] = xsdNotices(defects);
  expect(others).toEqual([]);
  return first;
};

const PERIODE = "action/session/periode/debut";

describe("a message of libxml2 becomes a sentence in French", () => {
  test("a bad date, whose length and pattern are both refused, is one notice", () => {
    const value = "2026-09-07";
    const found = only([
      defect(
        "Element '{}debut': [facet 'length'] The value has a length of '10'; this differs from the allowed length of '8'.",
        PERIODE,
        { value },
      ),
      defect(
        "Element '{}debut': [facet 'pattern'] The value '2026-09-07' is not accepted by the pattern '[0-9]{4}…'.",
        PERIODE,
        { value },
      ),
      defect(
        "Element '{}debut': '2026-09-07' is not a valid value of the atomic type '{}date-lheo'.",
        PERIODE,
        { value },
      ),
    ]);
    expect(found).toMatchObject({
      code: "xsd-date",
      severity: "bloquant",
      path: "action[1]/session[1]/periode/debut",
      value,
      action: "F",
      session: "S",
    });
    expect(found?.message).toContain("« 2026-09-07 » n'est pas une date LHEO. Écrivez AAAAMMJJ");
  });

  test("six certifications say 6 for 5", () => {
    const found = only([
      defect(
        "Element '{}certification': This element is not expected. Expected is one of ( {}code-type-formation, {}code-niveau-sortie, {}url-formation, {}action ).",
        "certification[6]",
        { siblings: [...Array(6).fill("certification"), "action"], position: 5 },
      ),
    ]);
    expect(found).toMatchObject({ code: "xsd-trop-d-elements", value: "6", path: "certification[6]" });
    expect(found?.message).toBe(
      "Trop d'éléments « Certification préparée » (certification) : 6 pour un maximum de 5. Gardez-en 5 au plus.",
    );
  });

  test("a length over the bound is counted in characters, as libxml2 does", () => {
    const found = only([
      defect(
        "Element '{}ligne': [facet 'maxLength'] The value has a length of '51'; this exceeds the allowed maximum length of '50'.",
        "action/lieu-de-formation/coordonnees/adresse/ligne",
        { value: "😀".repeat(51) },
      ),
    ]);
    expect(found?.message).toContain("51 caractères pour 50 au plus");
  });

  test.each([
    [
      "xsd-texte-trop-court",
      "Element '{}intitule-formation': [facet 'minLength'] The value has a length of '0'; this underruns the allowed minimum length of '1'.",
      "intitule-formation",
      "",
      "est vide : il faut au moins 1 caractère",
    ],
    [
      "xsd-longueur",
      "Element '{}SIRET': [facet 'length'] The value has a length of '13'; this differs from the allowed length of '14'.",
      "organisme-formation-responsable/SIRET-organisme-formation/SIRET",
      "2990000180010",
      "13 caractères au lieu de 14",
    ],
    [
      "xsd-code-inconnu",
      "Element '{}modalites-entrees-sorties': [facet 'enumeration'] The value '2' is not an element of the set {'0', '1'}.",
      "action/modalites-entrees-sorties",
      "2",
      "0 (entrées/sorties à dates fixes), 1 (entrées/sorties permanentes)",
    ],
    [
      "xsd-nombre",
      "Element '{}nombre-heures-total': 'abc' is not a valid value of the atomic type '{}nombre-0-99999'.",
      "action/nombre-heures-total",
      "abc",
      "un nombre entier de 0 à 99999",
    ],
    [
      "xsd-nombre",
      "Element '{}duree-cycle': [facet 'maxInclusive'] The value '100' is greater than the maximum value allowed ('99').",
      "action/duree-cycle",
      "100",
      "un nombre entier de 0 à 99",
    ],
    [
      "xsd-attribut-manquant",
      "Element '{}code-public-vise': The attribute 'ref' is required but missing.",
      "action/code-public-vise",
      "80056",
      "n'a pas d'attribut « ref »",
    ],
    [
      "xsd-texte-inattendu",
      "Element '{}session': Character content other than whitespace is not allowed because the content type is 'element-only'.",
      "action/session",
      "voir le site",
      "voir le site",
    ],
    [
      "xsd-autre",
      "Element '{}ville': The element is not 'nillable'.",
      "action/lieu-de-formation/coordonnees/adresse/ville",
      "Pessac",
      "Message d'origine, en anglais",
    ],
  ])("%s: %s", (code, message, path, value, sentence) => {
    const found = only([defect(message, path, { value })]);
    expect(found?.code).toBe(code);
    expect(found?.message).toContain(sentence);
  });

  test("each child that is missing is a cause", () => {
    const notices = xsdNotices([
      defect(
        "Element '{}periode': Missing child element(s). Expected is ( {}debut ).",
        "action/session/periode",
      ),
    ]);
    expect(notices.map(({ code, path }) => [code, path])).toEqual([
      ["xsd-element-manquant", "action[1]/session[1]/periode/debut"],
      ["xsd-element-manquant", "action[1]/session[1]/periode/fin"],
    ]);
  });

  test("what is met where a required child should stand: the child is missing, or out of order", () => {
    const message = "Element '{}ville': This element is not expected. Expected is ( {}codepostal ).";
    const path = "action/lieu-de-formation/coordonnees/adresse/ville";
    expect(only([defect(message, path, { siblings: ["ligne", "ville"], position: 1 })])).toMatchObject({
      code: "xsd-element-manquant",
      path: "action[1]/lieu-de-formation[1]/coordonnees/adresse/codepostal",
    });
    expect(
      only([defect(message, path, { siblings: ["ligne", "ville", "codepostal"], position: 1 })]),
    ).toMatchObject({
      code: "xsd-element-mal-place",
      path: "action[1]/lieu-de-formation[1]/coordonnees/adresse/ville",
    });
  });

  test("an element that LHEO does not have there, ours or not", () => {
    for (const name of ["machin", "{urn:autre}machin", "debut"]) {
      const found = only([
        defect(`Element '${name}': This element is not expected. Expected is ( {}certifiante ).`, name, {
          siblings: [name],
          position: 0,
        }),
      ]);
      expect(found).toMatchObject({ code: "xsd-element-inconnu", value: name });
    }
  });

  test("an element in a text is one cause, though the text is then empty", () => {
    const path = "action/lieu-de-formation/coordonnees/adresse/ville";
    const found = only([
      defect(
        "Element '{}ville': Element content is not allowed, because the content type is a simple type definition.",
        path,
        { children: ["b"] },
      ),
      defect(
        "Element '{}ville': [facet 'minLength'] The value has a length of '0'; this underruns the allowed minimum length of '1'.",
        path,
      ),
    ]);
    expect(found).toMatchObject({ code: "xsd-element-dans-texte", value: "b" });
  });

  test("attributes: unknown, ill-written", () => {
    const attributes = { couleur: "bleu", "horodatage-export": "hier" };
    const [unknown, bad] = xsdNotices([
      defect("Element '{}action', attribute 'couleur': The attribute 'couleur' is not allowed.", "action", {
        attributes,
      }),
      defect(
        "Element '{}action', attribute 'horodatage-export': 'hier' is not a valid value of the atomic type 'xs:dateTime'.",
        "action",
        { attributes },
      ),
    ]);
    expect(unknown).toMatchObject({
      code: "xsd-attribut-inconnu",
      path: "action[1]/@couleur",
      value: "bleu",
    });
    expect(bad).toMatchObject({
      code: "xsd-attribut-invalide",
      path: "action[1]/@horodatage-export",
      value: "hier",
    });
  });

  test.each([
    ["PCDATA invalid Char value 11", "le caractère U+000B y est interdit"],
    ["xmlParseCharRef: invalid xmlChar value 11", "le caractère U+000B y est interdit"],
    [
      "Opening and ending tag mismatch: ville line 43 and vile",
      "la balise « ville » ouverte ligne 43 du passage est fermée par « vile »",
    ],
    ["Entity 'eacute' not defined", "l'entité « &eacute; » n'existe pas en XML"],
    ["xmlParseEntityRef: no name", "le signe « & » y est seul"],
    ["StartTag: invalid element name", "le signe « < » y est seul"],
    ["DOCTYPE is refused", "il déclare un DOCTYPE"],
    ["Something else", "message d'origine, en anglais : Something else"],
  ])("not XML: %s", (message, sentence) => {
    const found = only([{ ...defect(message, ""), kind: "xml", steps: [] }]);
    expect(found?.code).toBe("xml-mal-forme");
    expect(found?.message).toContain(sentence);
  });
});

describe("where", () => {
  const message = "Element '{}debut': [facet 'pattern'] The value 'x' is not accepted by the pattern '…'.";

  test("lines are those of the file when the fragment's is known", () => {
    expect(xsdNotices([defect(message, PERIODE)])[0]?.line).toBeUndefined();
    expect(xsdNotices([defect(message, PERIODE)], { line: 101 })[0]?.line).toBe(112);
  });

  test("the caller's numbers come before those of the fragment", () => {
    expect(
      xsdNotices([defect(message, PERIODE)], { action: "20", session: "00", organisme: "OF" })[0],
    ).toMatchObject({
      action: "20",
      session: "00",
      organisme: "OF",
    });
  });

  test("the actions of a slice are counted from the first of the formation", () => {
    expect(xsdNotices([defect(message, "action[2]/session/periode/debut")], { avant: 40 })[0]?.path).toBe(
      "action[42]/session[1]/periode/debut",
    );
  });

  test("outside a formation, the path is from the root", () => {
    const steps = ["lheo", "offres", "machin"].map((name) => ({ name, rank: 1 }));
    const found = xsdNotices([
      {
        ...defect(
          "Element '{}machin': This element is not expected. Expected is one of ( {}formation, {}extras ).",
          "",
        ),
        steps,
        siblings: ["machin"],
      },
    ]);
    expect(found[0]).toMatchObject({ code: "xsd-element-inconnu", path: "lheo/offres/machin" });
  });
});
