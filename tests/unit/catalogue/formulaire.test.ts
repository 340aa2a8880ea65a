import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Element,
  type Formulaire,
  format,
  formulaireAction,
  formulaireSession,
  parse,
  type Saisies,
} from "../../../src/catalogue/formulaire/index.ts";
import { zBrouillonAction, zBrouillonSession } from "../../../src/catalogue/index.ts";
import { saisieAction, saisieSession } from "../../support/catalogue.ts";
import { offreArbitrary } from "../../support/offreArbitrary.ts";

const ACTION = formulaireAction("conventionnee");
const BLOCS = [
  { code: "RNCP35819BC01", libelle: "Organiser" },
  { code: "RNCP35819BC02", libelle: "Rendre compte" },
];
const SESSION = formulaireSession({
  cadre: "initiale",
  certifications: [
    { cle: "RNCP35819", intitule: "Assistant de direction", blocs: BLOCS },
    { cle: "RS5500", intitule: "Anglais", blocs: [] },
  ],
});

/** Records as they are stored, everything that a feed may hold. */
const actions = offreArbitrary.map(({ action: { contenu } }) => {
  const { organisme: _, conventionnee: __, ...reste } = contenu;
  return zBrouillonAction.parse(reste);
});
const sessions = offreArbitrary.map(({ sessions: [first] }) => {
  const { action: _, ...reste } = first?.contenu ?? {};
  return zBrouillonSession.parse(reste);
});

/** What a browser makes of line breaks on the way. */
const sent = (saisies: Saisies): Saisies =>
  new Map(
    [...saisies].map(([nom, textes]) => [nom, textes.map((texte) => texte.replaceAll(/\r\n?|\n/g, "\r\n"))]),
  );

const typed = (saisies: Record<string, string | readonly string[]>): Saisies =>
  new Map(Object.entries(saisies).map(([nom, texte]) => [nom, typeof texte === "string" ? [texte] : texte]));

describe("what comes back as it was shown leaves the record exactly as it was", () => {
  test.each([
    ["an action", ACTION, actions],
    ["a session", SESSION, sessions],
  ] as const)("%s", (_, formulaire, records) => {
    fc.assert(
      fc.property(records, (contenu) => {
        const {
          contenu: read,
          erreurs,
          remarques,
        } = parse(formulaire, contenu, sent(format(formulaire, contenu)));
        expect(read).toEqual(contenu);
        expect([...erreurs, ...remarques]).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });
});

describe("typing what a form shows into a blank one gives the same record, as far as it is shown", () => {
  test.each([
    ["an action", ACTION, actions],
    ["a session", SESSION, sessions],
  ] as const)("%s", (_, formulaire, records) => {
    fc.assert(
      fc.property(records, (record) => {
        // An old key is kept where it stands, and offered to nobody.
        const contenu = { ...record, ...("objectif_general" in record ? { objectif_general: "3" } : {}) };
        const once = parse(formulaire, {}, sent(format(formulaire, contenu)));
        expect([...once.erreurs]).toEqual([]);
        const shown = format(formulaire, once.contenu);
        const twice = parse(formulaire, {}, sent(shown));
        expect(twice.contenu).toEqual(once.contenu);
        expect([...twice.remarques]).toEqual([]);
        expect(format(formulaire, twice.contenu)).toEqual(shown);
      }),
      { numRuns: 25 },
    );
  });
});

describe("one field", () => {
  const read = (
    formulaire: Formulaire,
    saisies: Record<string, string | readonly string[]>,
    avant: object = {},
  ) => parse(formulaire, avant, typed(saisies));

  test.each([
    ["4/1/2027", "20270104"],
    ["04.01.27", "20270104"],
    ["2027-01-04", "20270104"],
    ["20270104", "20270104"],
    ["1er janvier 2027", "20270101"],
    ["12 août 2027", "20270812"],
    ["févr. 2027", "20270200"],
    ["9/2027", "20270900"],
    ["2027", "20270000"],
    ["inconnue", "00000000"],
  ])("a date typed « %s » is %s", (texte, date) => {
    expect(read(SESSION, { debut: texte }).contenu).toEqual({ debut: date });
  });

  test.each(["demain", "31/02/2027", "12/13/2027", "00/01/2027", "1/1/20270"])(
    "« %s » is no date: it is said, shown again, and not stored",
    (texte) => {
      const { contenu, erreurs, illisibles } = read(SESSION, { debut: texte }, { debut: "20260101" });
      expect(contenu).toEqual({ debut: "20260101" });
      expect(erreurs.get("debut")).toContain(`« ${texte} » n'est pas une date`);
      expect(illisibles.get("debut")).toEqual([texte]);
    },
  );

  test("numbers and prices are read as people write them", () => {
    const { contenu } = read(ACTION, {
      "modalites.heures_par_modalite[jour]": "1 200 h",
      "modalites.heures_par_modalite[foad]": "35",
      "modalites.duree_hebdo": "35 heures",
      "modalites.prix_total_ttc": "2 500,50 €",
    });
    expect(contenu).toEqual({
      modalites: {
        heures_par_modalite: [
          { modalite: "jour", heures: 1200 },
          { modalite: "foad", heures: 35 },
        ],
        duree_hebdo: 35,
        prix_total_ttc: "2500.50",
      },
    });
    expect([
      ...read(ACTION, {
        "modalites.duree_hebdo": "35,5",
        "modalites.prix_total_ttc": "sur devis",
      }).erreurs.keys(),
    ]).toEqual(["modalites.duree_hebdo", "modalites.prix_total_ttc"]);
  });

  test("a paste from Word keeps its lines and simple bullets, and what was put right is told (S56–S58)", () => {
    const { contenu, remarques } = read(ACTION, {
      contenu: "Au programme :\u000b\uf0b7\tla théorie\r\n·  la pratique\u0092",
    });
    expect(contenu).toEqual({ contenu: "Au programme :\n• la théorie\n• la pratique’" });
    expect(remarques.map(({ code, champ }) => [code, champ])).toEqual([
      ["texte-controle-word", "contenu"],
      ["texte-caractere-windows", "contenu"],
    ]);
  });

  test("a certification is typed by its code, whatever stands around; six are too many (S79, H2)", () => {
    const avant = { certifications: [{ code_rncp: "35819", code_certifinfo: "112173" }] };
    const { contenu } = read(
      ACTION,
      { certifications: ["RNCP35819", "rs 5500 : Anglais", "CertifInfo 83899", ""] },
      avant,
    );
    expect(contenu).toEqual({
      certifications: [avant.certifications[0], { code_rs: "RS5500" }, { code_certifinfo: "83899" }],
    });
    const six = read(ACTION, { certifications: [1, 2, 3, 4, 5, 6].map((n) => `RNCP${n}`) });
    expect(six.contenu).toEqual({});
    expect(six.erreurs.get("certifications")).toContain("au plus 5");
    expect(read(ACTION, { certifications: "35819" }).erreurs.get("certifications")).toContain(
      "avec son répertoire",
    );
  });

  test("a session chooses whole, part or both, and its blocs (S99–S103)", () => {
    const chosen = read(SESSION, {
      certifications: ["", "RNCP35819"],
      "certifications[RNCP35819].validation": "partielle",
      "certifications[RNCP35819].blocs": ["", "RNCP35819BC02"],
    }).contenu;
    expect(chosen).toEqual({
      certifications: [{ code_rncp: "RNCP35819", validation: "partielle", blocs: [BLOCS[1]] }],
    });
    const whole = new Map(format(SESSION, chosen));
    whole.set("certifications[RNCP35819].validation", ["totale"]);
    expect(parse(SESSION, chosen, whole).contenu).toEqual({
      certifications: [{ code_rncp: "RNCP35819", validation: "totale", blocs: [] }],
    });
  });
});

describe("lists that grow and shrink", () => {
  const lieu = (ville: string, uai: string) => ({
    principal: false,
    uai,
    coordonnees: {
      lignes: [],
      telfixe: ["05 00 00 00 00"],
      portable: [],
      fax: [],
      web: [],
      adresse: { lignes: ["1 rue"], code_postal: "33000", ville, latitude: "44.8" },
    },
  });
  const avant = { lieux: [lieu("Pau", "0640001A"), lieu("Dax", "0400001B")] };

  test("taking one out keeps all of the other; adding gives what the contract wants", () => {
    const saisies = new Map(format(SESSION, avant));
    for (const nom of saisies.keys()) if (nom.startsWith("lieux[0]")) saisies.delete(nom);
    saisies.set("lieux[7].coordonnees.adresse.ville", ["Bayonne"]);
    saisies.set("lieux[9].coordonnees.adresse.ville", ["  "]);
    const { lieux } = zBrouillonSession.parse(parse(SESSION, avant, saisies).contenu);
    expect(lieux?.[0]).toEqual(avant.lieux[1]);
    expect(lieux?.[1]?.coordonnees.adresse).toEqual({ lignes: [], code_postal: "", ville: "Bayonne" });
    expect(lieux).toHaveLength(2);
  });

  test("what cannot be read in a new item is named by the rank that it now has", () => {
    const { contenu, erreurs } = parse(
      SESSION,
      {},
      typed({ recrutements: "", "recrutements[2].nb_places": "vingt", "recrutements[2].heure_debut": "9h" }),
    );
    expect(contenu).toEqual({ recrutements: [{ modalite: "", heure_debut: "9h" }] });
    expect([...erreurs.keys()]).toEqual(["recrutements[0].nb_places"]);
  });

  test("emptying the list that is shown empties it, and a list that is not shown stays", () => {
    expect(parse(SESSION, avant, typed({ lieux: "" })).contenu).toEqual({ lieux: [] });
    expect(parse(SESSION, avant, typed({ debut: "" })).contenu).toEqual(avant);
  });

  test("names that no form has are ignored", () => {
    const saisies = typed({
      _csrf: "x",
      "lieux[0].__proto__": "x",
      "constructor.prototype": "x",
      reference: "1",
    });
    expect(parse(SESSION, avant, saisies).contenu).toEqual(avant);
  });
});

describe("the forms themselves", () => {
  const champs = (elements: readonly Element[], prefixe = ""): readonly { nom: string; element: Element }[] =>
    elements.flatMap((element) => {
      const nom = prefixe + element.nom;
      const start = element.genre === "repetition" ? `${nom}[].` : element.nom === "" ? prefixe : `${nom}.`;
      return [{ nom, element }, ...(element.genre === "champ" ? [] : champs(element.elements, start))];
    });
  const tous = (formulaire: Formulaire) => formulaire.sections.flatMap(({ elements }) => champs(elements));

  test("limits come from the schema (S59)", () => {
    const limite = (formulaire: Formulaire, nom: string) => {
      const found = tous(formulaire).find((one) => one.nom === nom)?.element;
      return found?.genre === "champ" ? found.limite : undefined;
    };
    expect(limite(ACTION, "intitule")).toBe(255);
    expect(limite(ACTION, "contenu")).toBe(3000);
    expect(limite(ACTION, "modalites.prerequis")).toBe(3000);
    expect(limite(SESSION, "lieux[].coordonnees.adresse.ville")).toBe(50);
  });

  test("no field is asked twice, each says where it comes from", () => {
    for (const formulaire of [ACTION, SESSION]) {
      const noms = tous(formulaire).filter(({ element }) => element.nom !== "");
      expect(new Set(noms.map(({ nom }) => nom)).size).toBe(noms.length);
      expect(noms.filter(({ element }) => element.source === "")).toEqual([]);
    }
  });

  test("the records of the tests of the catalogue go through", () => {
    expect(parse(ACTION, {}, format(ACTION, saisieAction())).erreurs.size).toBe(0);
    expect(parse(SESSION, {}, format(SESSION, saisieSession())).erreurs.size).toBe(0);
  });
});
