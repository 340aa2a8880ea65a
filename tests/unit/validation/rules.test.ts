import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse } from "../../../src/lheo/index.ts";
import { blocksFor } from "../../../src/notices/index.ts";
import { checkAction, checkFormation, RULES_VERSION } from "../../../src/validation/index.ts";
import { arbitraryElement } from "../../support/lheoArbitrary.ts";
import { replaced } from "../../support/noticeFixtures.ts";

const formationOf = (document: string) =>
  parse("formation", /<formation[\s\S]*<\/formation>/.exec(document)?.[0] ?? "").value;

/** Codes of the rules on the offer of reference, with one passage replaced. */
function codes(find = "", put = ""): string[] {
  const value = formationOf(replaced(find === "" ? [] : [[find, put]]));
  return [
    ...checkFormation(value),
    ...(value.action ?? []).flatMap((action) => checkAction(action, value)),
  ].map(({ code }) => code);
}

const SIRET = "<SIRET-organisme-formation>\n<SIRET>29900001800109";
const siret = (value: string) => codes(SIRET, `<SIRET-organisme-formation>\n<SIRET>${value}`);
const nda = (value: string) => codes("<numero-activite>75330123433", `<numero-activite>${value}`);
const ADRESSE =
  "<codepostal>33600</codepostal>\n<ville>Pessac</ville>\n<departement>33</departement>\n<code-INSEE-commune>33318</code-INSEE-commune>\n<region>75</region>";
const adresse = (codepostal: string, departement: string, commune: string, region: string) =>
  codes(
    ADRESSE,
    `<codepostal>${codepostal}</codepostal>\n<ville>Ville</ville>\n<departement>${departement}</departement>\n<code-INSEE-commune>${commune}</code-INSEE-commune>\n<region>${region}</region>`,
  );
const dates = (debut: string, fin: string) =>
  codes("<debut>20260907</debut>\n<fin>20270630</fin>", `<debut>${debut}</debut>\n<fin>${fin}</fin>`);
const telephone = (value: string) =>
  codes(
    "<prenom>Jeanne</prenom>\n<telfixe>\n<numtel>05 36 49 12 34",
    `<prenom>Jeanne</prenom>\n<telfixe>\n<numtel>${value}`,
  );
const courriel = (value: string) => codes("jeanne.darcueil@garonne.exemple.fr", value);
const url = (value: string) => codes("https://www.garonne.exemple.fr/ais", value);
const intitule = (value: string) =>
  codes("<intitule-formation>Administrateur d'infrastructures sécurisées", `<intitule-formation>${value}`);
const heure = (value: string) => codes("<heure-debut>9h", `<heure-debut>${value}`);
const prix = (value: string) => codes("<prix-total-TTC>7000", `<prix-total-TTC>${value}`);
const rncp = (value: string) => codes("<code-RNCP>37680", `<code-RNCP>${value}`);

test("nothing is said of the offer of reference", () => {
  expect(codes()).toEqual([]);
});

describe("identifiers", () => {
  test.each([
    ["35600000098757", []], // La Poste: no Luhn, the sum of the digits is a multiple of 5.
    ["35600000000048", []], // La Poste's head office, which has the key.
    ["35600000098758", ["siret-cle"]],
    ["MONACOCONFO001", ["siret-monaco"]],
    ["00000000000000", ["siret-factice"]],
    ["11111111111111", ["siret-factice"]],
    ["299 000 018 001", ["siret-forme"]],
    ["ABCDEFGHIJKLMN", ["siret-forme"]],
  ])("SIRET %s", (value, expected) => {
    expect(siret(value)).toEqual(expected);
  });

  test.each([
    ["94202123420", []], // Corsica.
    ["97970123497", []],
    ["00000000000", ["nda-factice"]],
    ["99999999999", ["nda-factice"]],
    ["7533012343", ["nda-forme"]],
    ["75330123464", ["nda-composition"]],
  ])("NDA %s", (value, expected) => {
    expect(nda(value)).toEqual(expected);
  });
});

describe("addresses", () => {
  test.each([
    ["20000", "2A", "2A004", "94", []],
    ["20200", "2B", "2B033", "94", []],
    ["97400", "974", "97411", "04", []],
    ["97133", "977", "97701", "01", []],
    ["75116", "75", "75116", "11", []],
    ["69123", "69", "69123", "84", []],
    ["20200", "2A", "2A004", "94", ["codepostal-departement"]],
    ["33600", "33", "2A004", "75", ["commune-departement"]],
    ["33600", "33", "33318", "72", ["region-ancienne"]],
    ["35000", "35", "35238", "53", []],
    ["33600", "33", "33318", "53", ["region-departement"]],
    ["ABCDE", "33", "33318", "75", ["codepostal-forme"]],
  ])("%s %s %s %s", (codepostal, departement, commune, region, expected) => {
    expect(adresse(codepostal, departement, commune, region)).toEqual(expected);
  });

  test("a foreign address has no French codes to check", () => {
    const belge = "<codepostal>B1000</codepostal>\n<ville>Bruxelles</ville>\n<pays>BE";
    expect(codes(`${ADRESSE}\n<pays>FR`, belge)).toEqual([]);
  });

  test("a bad postal code sets the session aside for the network when it is the place's, not a contact's", () => {
    const [place] = checkAction(
      formationOf(replaced([[ADRESSE, ADRESSE.replace("33600", "ABCDE")]])).action?.[0] ?? {},
      {},
    ).filter(({ code }) => code === "codepostal-forme");
    expect(place && blocksFor(place, "rco")).toBe(true);
    const inscription =
      "<adresse-inscription>\n<adresse>\n<ligne>102 avenue de Canéjan</ligne>\n<codepostal>33600";
    const [other] = checkAction(
      formationOf(replaced([[inscription, inscription.replace("33600", "ABCDE")]])).action?.[0] ?? {},
      {},
    ).filter(({ code }) => code === "codepostal-forme");
    expect(other && blocksFor(other, "rco")).toBe(false);
  });
});

describe("dates of the session", () => {
  test.each([
    ["20260907", "20260907", []],
    ["20260907", "20260900", ["date-partielle"]], // It may end on the 30th.
    ["20260907", "20260800", ["date-partielle", "fin-avant-debut"]],
    ["20260000", "20260101", ["date-partielle"]],
    ["00000000", "99999999", ["date-debut-inconnue", "date-fin-inconnue"]],
    ["99999999", "20270630", ["date-inconnue-mal-ecrite"]],
    ["20260907", "00000000", ["date-inconnue-mal-ecrite"]],
    ["20260229", "20270630", ["date-impossible"]],
    ["20240229", "20240301", []],
    ["20261301", "20270630", ["date-impossible"]],
  ])("%s to %s", (debut, fin, expected) => {
    const said = dates(debut, fin).filter((code) => !/^(?:heures|inscription|recrutement)-/.test(code));
    expect(said).toEqual(expected);
  });
});

describe("how to reach someone", () => {
  test.each([
    "05 36 49 12 34",
    "0536491234",
    "05.36.49.12.34",
    "+33 5 36 49 12 34",
    "+33 (0)5 36 49 12 34",
    "3949",
    "05 36 49 12 34 poste 12",
    "28 12 34",
  ])("%s is a telephone number", (value) => {
    expect(telephone(value)).toEqual([]);
  });
  test.each([
    ["05 36 49 12", "telephone-forme"],
    ["voir le site", "telephone-forme"],
    ["05 36 49 12 34 / 06 39 98 12 34", "telephone-forme"],
    ["00 00 00 00 00", "telephone-factice"],
    ["01 23 45 67 89", "telephone-factice"],
  ])("%s: %s", (value, expected) => {
    expect(telephone(value)).toEqual([expected]);
  });

  test.each(["o'neil+cv@garonne.exemple.fr", "éric@garonne.exemple.fr", "a@b-c.fr"])(
    "%s is an e-mail address",
    (value) => {
      expect(courriel(value)).toEqual([]);
    },
  );
  test.each([
    ["jeanne", "courriel-forme"],
    ["a@b", "courriel-forme"],
    ["a@b.fr, c@d.fr", "courriel-forme"],
    ["jeanne @b.fr", "courriel-forme"],
    ["test@b.fr", "courriel-factice"],
    ["jeanne@example.org", "courriel-factice"],
  ])("%s: %s", (value, expected) => {
    expect(courriel(value)).toEqual([expected]);
  });

  test.each(["http://garonne.exemple.fr", "https://garonne.exemple.fr/a?b=c#d", "https://écoles.fr/été"])(
    "%s is a web address",
    (value) => {
      expect(url(value)).toEqual([]);
    },
  );
  test.each([
    ["garonne.exemple.fr", "url-sans-protocole"],
    ["https://garonne", "url-forme"],
    ["https://a b.fr", "url-forme"],
    ["javascript:alert(1)", "url-forme"],
    ["ftp://garonne.exemple.fr", "url-forme"],
    ["néant", "url-forme"],
  ])("%s: %s", (value, expected) => {
    expect(url(value)).toEqual([expected]);
  });
});

describe("texts", () => {
  test.each([
    "CAP",
    "BTS NDRC",
    "CACES R489",
    "Titre pro AIS",
    "Français langue étrangère (FLE)",
    "FIMO FCO",
  ])("%s is a title", (value) => {
    expect(intitule(value).filter((code) => code !== "intitule-court")).toEqual([]);
  });
  test.each([
    ["BUREAUTIQUE : EXCEL", ["intitule-majuscules"]],
    ["À définir", ["texte-factice"]],
    ["-", ["texte-tiret"]],
    ["   ", ["intitule-blanc"]],
    ["AIS", ["intitule-court"]],
  ])("%s: %j", (value, expected) => {
    expect(intitule(value)).toEqual(expected);
  });

  test.each(["Non renseigné.", "NON RENSEIGNÉ", "RAS", "r.a.s.", "N/A", "xxx", "test"])(
    "%s is a filler",
    (value) => {
      expect(codes("<rythme-formation>Temps plein", `<rythme-formation>${value}`)).toContain("texte-factice");
    },
  );
  test.each(["aucune", "Aucun prérequis", "néant", "Test de positionnement", "sans objet"])(
    "%s says something",
    (value) => {
      expect(codes("<conditions-specifiques>aucune", `<conditions-specifiques>${value}`)).toEqual([]);
    },
  );

  test("a dash for no alternance is what LHEO asks for", () => {
    const value = formationOf(
      replaced([
        ["<modalites-alternance>Contrat d'apprentissage", "<modalites-alternance>-"],
        ["<type-cycle>1", "<type-cycle>0"],
        ['<extra info="contrat-apprentissage">1', '<extra info="contrat-apprentissage">0'],
      ]),
    );
    expect((value.action ?? []).flatMap((action) => checkAction(action, value))).toEqual([]);
  });
});

describe("the rest of an action", () => {
  test.each(["9h", "9h30", "09:00", "14H15", "24h"])("%s is an hour", (value) => {
    expect(heure(value).filter((code) => code !== "heures-inversees")).toEqual([]);
  });
  test.each(["9", "25h", "9h60", "neuf"])("%s is no hour", (value) => {
    expect(heure(value)).toEqual(["heure-forme"]);
  });

  test.each([
    ["0", []],
    ["7000.50", []],
    ["7000,5", ["prix-virgule"]],
    ["gratuit", ["prix-illisible"]],
    ["7 000", ["prix-illisible"]],
    ["-10", ["prix-illisible"]],
  ])("price %s", (value, expected) => {
    expect(prix(value)).toEqual(expected);
  });

  test.each([
    ["RNCP37680", ["rncp-prefixe"]],
    ["RNCP00000", ["certification-factice"]],
    ["RS5500", ["rncp-forme"]],
  ])("RNCP code %s", (value, expected) => {
    expect(rncp(value).filter((code) => !code.startsWith("reference"))).toEqual(expected);
  });

  test("hours in the centre and in the company are compared with the total when both are known", () => {
    const centre = "<nombre-heures-centre>500</nombre-heures-centre>\n";
    expect(codes(centre, "")).toEqual([]);
    expect(codes(centre, centre.replace("500", "501"))).toEqual(["heures-incoherentes"]);
  });
});

describe("whatever the value", () => {
  test("rules never throw, and say what they say in whole sentences", () => {
    fc.assert(
      fc.property(arbitraryElement("formation"), (formation) => {
        const notices = [
          ...checkFormation(formation, { latin1: true }),
          ...formation.action.flatMap((action, i) => checkAction(action, formation, { rang: i + 1 })),
        ];
        for (const { message, path } of notices) {
          expect(message).not.toMatch(/undefined|\[object/);
          expect(path).not.toMatch(/undefined|\/\/|^\/|\/$/);
        }
      }),
      { numRuns: 150 },
    );
  });

  test("an empty formation and an empty action too", () => {
    expect(() => [...checkFormation({}), ...checkAction({}, {})]).not.toThrow();
  });
});

test("the version of the rules is that of their code", () => {
  expect(RULES_VERSION).toMatch(/^regles-[0-9a-f]{12}$/);
});
