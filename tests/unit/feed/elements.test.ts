import { describe, expect, test } from "vitest";
import { buildOffre, ecrireCode, keyOfCertification, premieresParCle } from "../../../src/feed/index.ts";
import { actionOf, CONTEXTE, certificationOf, entreeOf, organismeOf, sessionOf } from "./entree.ts";

type Parts = Parameters<typeof entreeOf>[0];
const headOf = (parts: Parts) => buildOffre(entreeOf(parts), CONTEXTE).formation;
const actionBuilt = (parts: Parts) => buildOffre(entreeOf(parts), CONTEXTE).actions[0]?.action;
const sessionBuilt = (fields: Parameters<typeof sessionOf>[0], parts: Parts = {}) =>
  actionBuilt({ ...parts, sessions: [sessionOf(fields)] })?.session?.[0];

describe("codes of certifications", () => {
  test.each([
    ["RNCP", "RNCP35819", "35819"],
    ["RNCP", "35819", "35819"],
    ["RNCP", " rncp 35819 ", "35819"],
    ["RS", "5080", "RS5080"],
    ["RS", "RS5080", "RS5080"],
    ["CERTIFINFO", "83899", "83899"],
    ["CPF", "206", "CPF206"],
    ["ELU", "ELU1001", "ELU1001"],
  ] as const)("%s %j is written %j", (repertoire, given, written) => {
    expect(ecrireCode(repertoire, given)).toBe(written);
  });

  test("what cannot be read is left as given, for the rules to say", () => {
    expect(ecrireCode("RNCP", "RNCP00000")).toBe("RNCP00000");
    expect(ecrireCode("RNCP", "RS5080")).toBe("RS5080");
    expect(ecrireCode("RNCP", "  ")).toBeUndefined();
  });

  test.each([
    [{ code_rncp: "35819", code_rs: "5080", code_certifinfo: "112173" }, "RNCP35819"],
    [{ code_rs: "5080", code_certifinfo: "1" }, "RS5080"],
    [{ code_certifinfo: "83899" }, "CERTIFINFO83899"],
    [{ code_rncp: "RNCP00000", code_certifinfo: "83899" }, "CERTIFINFO83899"],
    [{ code_rncp: null }, undefined],
  ])("%j is known as %s", (codes, key) => {
    expect(keyOfCertification(codes)).toBe(key);
  });

  test("the first mise en ligne with each, whichever way its codes were written", () => {
    const [first, later] = [new Date("2025-01-01T00:00:00Z"), new Date("2026-01-01T00:00:00Z")];
    expect(
      premieresParCle([
        { codes: { code_rncp: "35819" }, depuis: later },
        { codes: { code_rncp: "RNCP35819", code_certifinfo: "112173" }, depuis: first },
        { codes: { code_rs: "5080" }, depuis: later },
        { codes: {}, depuis: first },
      ]),
    ).toEqual(
      new Map([
        ["RNCP35819", first],
        ["RS5080", later],
      ]),
    );
  });

  test("certifiante follows the certifications, unless it is said", () => {
    expect(headOf({})?.certifiante).toBe("0");
    expect(headOf({ action: actionOf({ certifications: [{ code_rncp: "1" }] }) })?.certifiante).toBe("1");
    expect(headOf({ action: actionOf({ certifiante: true }) })?.certifiante).toBe("1");
  });
});

describe("thesaurus codes", () => {
  test("carry the version given, ours otherwise; the first FORMACODE is the main one", () => {
    const action = actionOf({ formacodes: [{ code: "11111", ref: "V11" }, { code: "22222" }] });
    expect(headOf({ action })["domaine-formation"]?.["code-FORMACODE"]).toEqual([
      { "@": { ref: "V11", tag: "principal" }, "#": "11111" },
      { "@": { ref: "V14" }, "#": "22222" },
    ]);
  });

  test("without a FORMACODE the element is there, empty", () => {
    expect(headOf({})["domaine-formation"]).toEqual({});
  });
});

describe("blocs de compétences", () => {
  const A = { code: "RNCP35819BC01", libelle: "A" };
  const B = { code: "RNCP35819BC02", libelle: "B" };
  const registre = new Map([["RNCP35819", certificationOf({ blocs: [A, B] })]]);
  const blocsOf = (
    visee: NonNullable<NonNullable<Parameters<typeof sessionOf>[0]>["certifications"]>[number],
    certifications = registre,
  ) => sessionBuilt({ certifications: [{ code_rncp: "35819", ...visee }] }, { certifications });

  test.each([
    ["partielle", "0"],
    ["mixte", "2"],
  ] as const)("%s is code %s, with the blocs", (validation, code) => {
    const built = blocsOf({ validation, blocs: [A] });
    expect(built?.["blocs-competences"]).toEqual([
      {
        "validation-blocs": code,
        "reference-certification": { "reference-code-RNCP": "35819" },
        "bloc-competences": [{ "libelle-bloc": "A", "code-bloc": "RNCP35819BC01" }],
      },
    ]);
    expect(built?.["reference-certification"]).toEqual([{ "reference-code-RNCP": "35819" }]);
  });

  test("totale says nothing more than its reference", () => {
    const built = blocsOf({ validation: "totale" });
    expect(built?.["reference-certification"]).toEqual([{ "reference-code-RNCP": "35819" }]);
    expect(built?.["blocs-competences"]).toBeUndefined();
  });

  test("totale with all the blocs of the register is code 1, with some of them it is not written", () => {
    expect(
      blocsOf({ validation: "totale", blocs: [A, B] })?.["blocs-competences"]?.[0]?.["validation-blocs"],
    ).toBe("1");
    expect(blocsOf({ validation: "totale", blocs: [A] })?.["blocs-competences"]).toBeUndefined();
    const unknown = blocsOf({ validation: "totale", blocs: [A] }, new Map());
    expect(unknown?.["blocs-competences"]?.[0]?.["validation-blocs"]).toBe("1");
  });

  test("partielle without its blocs is left for the schema to refuse", () => {
    expect(blocsOf({ validation: "partielle" })?.["blocs-competences"]?.[0]?.["bloc-competences"]).toEqual(
      [],
    );
  });

  test("a certification of the RS has none", () => {
    const built = sessionBuilt({ certifications: [{ code_rs: "5080", validation: "partielle" }] });
    expect(built?.["blocs-competences"]).toBeUndefined();
    expect(built?.["reference-certification"]).toEqual([{ "reference-code-RS": "RS5080" }]);
  });

  test("blocs whose validation nobody said: all of them or some", () => {
    expect(blocsOf({ blocs: [A] })?.["blocs-competences"]?.[0]?.["validation-blocs"]).toBe("0");
    expect(blocsOf({ blocs: [B, A] })?.["blocs-competences"]?.[0]?.["validation-blocs"]).toBe("1");
  });

  test("a bare code gets its certification, a blank label that of the register, any other text stays", () => {
    const blocs = [
      { code: "BC01", libelle: " " },
      { code: "module 2", libelle: "" },
    ];
    expect(
      blocsOf({ validation: "partielle", blocs })?.["blocs-competences"]?.[0]?.["bloc-competences"],
    ).toEqual([
      { "libelle-bloc": "A", "code-bloc": "RNCP35819BC01" },
      { "libelle-bloc": "", "code-bloc": "module 2" },
    ]);
  });
});

describe("voies d'accès", () => {
  const said = (
    voie: "formation_continue" | "professionnalisation" | "apprentissage" | "formation_initiale",
  ) => {
    const built = actionBuilt({ sessions: [sessionOf({ voie, formateurs: [] })] });
    const extras = built?.extras?.map((item) => [item["@"]?.info, JSON.stringify(item["*"])]);
    return { extras, cycle: built?.session?.[0]?.cycle };
  };
  const un = (info: string) => JSON.stringify([["extra", { "@": { info }, "#": "1" }]]);

  test("formation continue is the absence of all others", () => {
    expect(said("formation_continue")).toEqual({ extras: undefined, cycle: undefined });
  });

  test("apprenticeship has its extra and its cycle", () => {
    expect(said("apprentissage")).toEqual({
      extras: [["dispositif", un("contrat-apprentissage")]],
      cycle: [{ "type-cycle": "1", alternance: { "type-alternance": "1" } }],
    });
  });

  test("contrat de professionnalisation has its extra and no cycle", () => {
    expect(said("professionnalisation")).toEqual({
      extras: [["dispositif", un("contrat-professionnalisation")]],
      cycle: undefined,
    });
  });

  test("initial training has its extra and its cycle, without alternance", () => {
    expect(said("formation_initiale")).toEqual({
      extras: [["type-action", un("formation-initiale")]],
      cycle: [{ "type-cycle": "0" }],
    });
  });
});

describe("small things that readers trip over", () => {
  test("a position is both coordinates or none", () => {
    const adresse = { lignes: ["1 rue X"], code_postal: "64000", ville: "Pau", latitude: "43.29" };
    const built = sessionBuilt({ adresse_inscription: { ...adresse, longitude: " " } });
    expect(built?.["adresse-inscription"]?.adresse?.geolocalisation).toBeUndefined();
    const whole = sessionBuilt({ adresse_inscription: { ...adresse, longitude: "-0.37" } });
    expect(whole?.["adresse-inscription"]?.adresse?.geolocalisation).toEqual({
      latitude: "43.29",
      longitude: "-0.37",
    });
  });

  test("blank lines and blank optional texts are not written", () => {
    const organisme = organismeOf({
      coordonnees: { nom: " ", lignes: ["", "Accueil"], telfixe: [" "], web: [], courriel: "" },
    });
    expect(headOf({ organisme })["organisme-formation-responsable"]?.["coordonnees-organisme"]).toEqual({
      coordonnees: { ligne: ["Accueil"] },
    });
  });

  test("séquencées are code 1 and say so", () => {
    const built = actionBuilt({ sessions: [sessionOf({ type_entree: "sequencees" })] });
    expect(built?.["modalites-entrees-sorties"]).toBe("1");
    expect(JSON.stringify(built?.extras)).toContain('"#":"sequencees"');
    const permanentes = actionBuilt({ sessions: [sessionOf({ type_entree: "permanentes" })] });
    expect(permanentes?.["modalites-entrees-sorties"]).toBe("1");
    expect(permanentes?.extras).toBeUndefined();
  });

  test("the principal place and contact say so, the others do not", () => {
    const contacts = [
      { principal: true, coordonnees: { nom: "A" } },
      { principal: false, coordonnees: { nom: "B" } },
    ];
    const built = sessionBuilt({ contacts });
    expect(built?.["contact-session"]?.map((contact) => contact["@"])).toEqual([
      { tag: "principal" },
      undefined,
    ]);
  });

  test("a conventionnée says so, and no other says it is not", () => {
    expect(actionBuilt({ action: actionOf({ conventionnee: true }) })?.conventionnement).toBe("1");
    expect(actionBuilt({})?.conventionnement).toBeUndefined();
    expect(
      actionBuilt({ action: actionOf({ modalites: { conventionnement: false } }) })?.conventionnement,
    ).toBe("0");
  });

  test("a zero is a value", () => {
    const action = actionOf({
      modalites: { nombre_heures_entreprise: 0, prix_total_ttc: "0", duree_hebdo: 0 },
    });
    const built = actionBuilt({ action });
    expect(built?.["nombre-heures-entreprise"]).toBe("0");
    expect(built?.["prix-total-TTC"]).toBe("0");
    expect(JSON.stringify(built?.extras)).toContain('"#":"0"');
  });
});
