import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  difference,
  estPermanente,
  fabriquer,
  formulaireAction,
  formulaireSession,
  parsePeriodes,
  placeOf,
  reconduire,
  zBrouillonSession,
} from "../../../src/catalogue/index.ts";
import { isFullDate } from "../../../src/lheo/index.ts";
import type { Lieu } from "../../../src/published/contract/index.ts";
import { saisieSession } from "../../support/catalogue.ts";

const SESSION = formulaireSession({ cadre: "non_conventionnee", certifications: [] });
const lieu = (ville: string): Lieu => ({
  principal: false,
  coordonnees: {
    lignes: [],
    telfixe: [],
    portable: [],
    fax: [],
    web: [],
    adresse: { lignes: ["1 rue"], code_postal: "64000", ville },
  },
});

describe("sessions made in one go", () => {
  test("each date, place and voie gives one, with all the rest of the model but its numbers", () => {
    const modele = zBrouillonSession.parse(
      saisieSession({ commentaire: "Repris", numero_lheo: "1", datemaj: "20260101" }),
    );
    const made = fabriquer(modele, {
      periodes: [
        { debut: "20270104", fin: "20270108" },
        { debut: "20270201", fin: "20270205" },
      ],
      lieux: [lieu("Pau"), lieu("Dax"), lieu("Bayonne")],
      voies: ["formation_continue", "apprentissage"],
    });
    const seen = made.map(
      ({ voie, debut, lieux }) => `${voie} ${debut} ${lieux?.[0]?.coordonnees.adresse?.ville}`,
    );
    expect(new Set(seen).size).toBe(12);
    expect(made[0]).toMatchObject({ commentaire: "Repris", type_entree: "dates_fixes" });
    expect(made.some((one) => "numero_lheo" in one || "datemaj" in one || "tel_quel" in one)).toBe(false);
  });

  test("dates are read one period a line, however they are written", () => {
    expect(
      parsePeriodes(
        "4/1/2027 au 8/1/2027\r\n\r\nDu 1er février 2027 au 05/02/2027\n12/03/2027\n09/2027 → 06/2028",
      ),
    ).toEqual({
      periodes: [
        { debut: "20270104", fin: "20270108" },
        { debut: "20270201", fin: "20270205" },
        { debut: "20270312", fin: "20270312" },
        { debut: "20270900", fin: "20280600" },
      ],
    });
    expect(parsePeriodes("04/01/2027 au 31/02/2027")).toMatchObject({
      erreur: expect.stringContaining("31/02/2027"),
    });
  });
});

describe("annual sessions (S106)", () => {
  test("the year after has the same days, the 29 February aside", () => {
    const opened = reconduire({ debut: "20280229", fin: "20281231", type_entree: "permanentes" });
    expect(opened).toEqual({ debut: "20290228", fin: "20291231", type_entree: "permanentes" });
    expect(reconduire({ debut: "20270900", fin: "99999999" })).toEqual({
      debut: "20280900",
      fin: "99999999",
    });
  });

  test("a full date stays one, a year later", () => {
    const day = fc.date({ min: new Date("2024-01-01"), max: new Date("2090-12-31"), noInvalidDate: true });
    fc.assert(
      fc.property(day, (date) => {
        const debut = date.toISOString().slice(0, 10).replaceAll("-", "");
        const { debut: next = "" } = reconduire({ debut });
        expect([isFullDate(next), Number(next.slice(0, 4)) - Number(debut.slice(0, 4))]).toEqual([true, 1]);
      }),
    );
  });

  test("only those that are entered all along are", () => {
    const dates = { debut: "20270101", fin: "20271231" };
    expect(estPermanente({ ...dates, type_entree: "sequencees" })).toBe(true);
    expect(estPermanente({ ...dates, type_entree: "dates_fixes" })).toBe(false);
    expect(estPermanente({ type_entree: "permanentes" })).toBe(false);
  });
});

describe("fields by name", () => {
  test.each([
    ["lieux[1].coordonnees.adresse.ville", "lieux[1].coordonnees.adresse.ville", "Lieu 2, Ville"],
    ["lieux[0].coordonnees.adresse.code_insee_commune", "lieux[0].coordonnees.adresse", "Lieu 1, Adresse"],
    ["lieux", "lieux", "Lieux"],
    ["contacts[0].coordonnees.courriel", "contacts[0].coordonnees.courriel", "Contact 1, Courriel"],
    ["certifications[0].validation", "certifications", "Certifications visées"],
    ["modalites.heures_par_modalite[jour]", "modalites.heures_par_modalite", "Durées"],
    ["periode_inscription.debut", "periode_inscription.debut", "Période d'inscription, Du"],
  ])("%s shows at %s", (champ, nom, titre) => {
    expect(placeOf(SESSION, champ)).toEqual({ nom, titre });
  });

  test("what no form has shows nowhere", () => {
    expect(placeOf(formulaireAction("non_conventionnee"), "organisme.siret")).toBeUndefined();
    expect(placeOf(SESSION, "tel_quel")).toBeUndefined();
  });
});

test("two versions are compared field by field, in words", () => {
  const [before, after] = [
    { debut: "20270104", type_entree: "dates_fixes", lieux: [lieu("Pau")], numero_lheo: "1" },
    { debut: "20270201", type_entree: "permanentes", lieux: [lieu("Pau"), lieu("Dax")], numero_lheo: "2" },
  ];
  expect(difference(SESSION, before, after).map(({ nom, de, vers }) => [nom, de, vers])).toEqual([
    ["debut", "04/01/2027", "01/02/2027"],
    ["type_entree", "À dates fixes", "Entrées et sorties permanentes"],
    [
      "lieux",
      expect.stringMatching(/^Lieu 1 : .*Pau$/),
      expect.stringMatching(/Lieu 1 : .*Pau\nLieu 2 : .*Dax$/),
    ],
  ]);
  expect(difference(SESSION, after, after)).toEqual([]);
});
