import { describe, expect, test } from "vitest";
import { buildOffre, type Entree, TOUT_PUBLIC } from "../../../src/feed/index.ts";
import type { DefautKind } from "../../../src/lheo/index.ts";
import { CATALOGUE, type NoticeCode, noticesDesDefauts } from "../../../src/notices/index.ts";
import { actionOf, CONTEXTE, certificationOf, entreeOf, organismeOf, sessionOf } from "./entree.ts";

const lieu = { coordonnees: { adresse: { lignes: ["1 rue X"], code_postal: "64000", ville: "Pau" } } };
const bureaux = { adresse: { lignes: ["2 rue Y"], code_postal: "33000", ville: "Bordeaux" } };

const noticesOf = (entree: Entree) => buildOffre(entree, CONTEXTE).notices;
const valueSaid = (entree: Entree, code: NoticeCode) => noticesOf(entree).find((n) => n.code === code)?.value;

/** An entry that leaves everything blank that can be. */
const BLANK = entreeOf({
  organisme: organismeOf({ coordonnees: bureaux }),
  action: actionOf({ validation: "attestation" }),
  sessions: [sessionOf({ lieux: [lieu] })],
});

/** An entry that says everything the others do not. */
const SAID = entreeOf({
  organisme: organismeOf({ contacts: [{ coordonnees: { nom: "Larrieu" } }] }),
  action: actionOf({
    resultats_attendus: "Attestation",
    contacts: [{ coordonnees: { nom: "Etcheverry" } }],
    parcours: "1",
    niveau_entree: "1",
    modalites: {
      rythme: "Temps plein",
      publics: [{ code: "81050" }],
      niveau_entree_obligatoire: false,
      modalites_alternance: "-",
      modalites_enseignement: "0",
      prerequis: "Savoir lire",
      prise_en_charge_possible: false,
    },
  }),
  sessions: [
    sessionOf({
      adresse_inscription: { code_postal: "64000", ville: "Pau" },
      formateurs: [{ siret: "21330063500017", raison_sociale: "X" }],
    }),
  ],
});

describe("blocs listed without their type of validation", () => {
  const rncp = { code_rncp: "RNCP35819" };
  const bloc = (rang: number) => ({ code: `RNCP35819BC0${rang}`, libelle: `Bloc ${rang}` });
  const said = (listed: number) =>
    valueSaid(
      entreeOf({
        action: actionOf({ certifications: [rncp] }),
        sessions: [sessionOf({ certifications: [{ ...rncp, blocs: [bloc(1), bloc(2)].slice(0, listed) }] })],
        certifications: new Map([["RNCP35819", certificationOf({ blocs: [bloc(1), bloc(2)] })]]),
      }),
      "validation-blocs-complete-par-defaut",
    );

  test("are a totale when all those of the register are listed, else a partielle; it is said", () => {
    expect(said(2)).toBe("totale");
    expect(said(1)).toBe("partielle");
  });
});

describe("defaults", () => {
  test("each is said, with the value written", () => {
    expect(Object.fromEntries(noticesOf(BLANK).map(({ code, value }) => [code, value]))).toEqual({
      "resultats-attendus-complete-par-defaut": "Attestation de fin de formation",
      "contact-formation-complete-par-defaut": "coordonnées de l'organisme",
      "parcours-complete-par-defaut": "4",
      "niveau-entree-complete-par-defaut": "0",
      "contact-organisme-complete-par-defaut": "coordonnées de l'organisme",
      "rythme-complete-par-defaut": "Rythme à demander à l'organisme de formation",
      "public-vise-complete-par-defaut": TOUT_PUBLIC.code,
      "niveau-entree-obligatoire-complete-par-defaut": "0",
      "modalites-alternance-complete-par-defaut": "Sans alternance",
      "modalites-enseignement-complete-par-defaut": "0",
      "conditions-specifiques-complete-par-defaut": "aucune",
      "prise-en-charge-complete-par-defaut": "1",
      "adresse-inscription-complete-par-defaut": "2 rue Y, 33000 Bordeaux",
      "organisme-formateur-complete-par-defaut": "Organisme d'essai SARL",
    });
  });

  test("are information, never a fault", () => {
    expect(new Set(noticesOf(BLANK).map(({ severity }) => severity))).toEqual(new Set(["information"]));
  });

  test("what is said is not completed", () => {
    expect(noticesOf(SAID)).toEqual([]);
  });

  test("a blank of the action is said once for all its sessions, one of a session for each", () => {
    const sessions = ["1", "2", "3"].map((numero) => sessionOf({ lieux: [lieu] }, numero));
    const codes = noticesOf({ ...BLANK, sessions }).map(({ code }) => code);
    const times = (code: NoticeCode) => codes.filter((one) => one === code).length;
    expect(times("rythme-complete-par-defaut")).toBe(1);
    expect(times("adresse-inscription-complete-par-defaut")).toBe(3);
  });

  test("a code of completion that nothing can trigger would be a lie", () => {
    const triggered = new Set([
      ...noticesOf(BLANK).map(({ code }) => code),
      ...noticesOf(
        entreeOf({
          sessions: [
            sessionOf({
              voie: "professionnalisation",
              cycle: { annees: [1] },
              certifications: [
                { code_rncp: "1", blocs: [{ code: "RNCP1BC01", libelle: "A" }] },
                { code_rncp: "2", validation: "totale", blocs: [{ code: "RNCP2BC01", libelle: "A" }] },
              ],
            }),
          ],
          certifications: new Map([
            [
              "RNCP2",
              certificationOf({
                blocs: [
                  { code: "RNCP2BC01", libelle: "A" },
                  { code: "RNCP2BC02", libelle: "B" },
                ],
              }),
            ],
          ]),
        }),
      ).map(({ code }) => code),
    ]);
    const codes = Object.keys(CATALOGUE).filter((code) => code.endsWith("-complete-par-defaut"));
    expect(codes.filter((code) => !triggered.has(code))).toEqual([]);
    expect(triggered).toContain("cycle-sans-voie");
    expect(triggered).toContain("blocs-validation-totale-incomplets");
  });
});

describe("where no default is legitimate nothing is written", () => {
  test("results that nobody named", () => {
    const { formation, notices } = buildOffre(entreeOf(), CONTEXTE);
    expect(formation["resultats-attendus"]).toBeUndefined();
    expect(notices.map(({ code }) => code)).not.toContain("resultats-attendus-complete-par-defaut");
  });

  test("modality without a place nor hours, address to enrol at without any address", () => {
    const [built] = buildOffre(entreeOf(), CONTEXTE).actions;
    expect(built?.action["modalites-enseignement"]).toBeUndefined();
    expect(built?.action.session?.[0]?.["adresse-inscription"]).toBeUndefined();
  });

  test("no filler ever comes from us", () => {
    for (const entree of [BLANK, entreeOf()]) {
      const { formation, actions } = buildOffre(entree, CONTEXTE);
      expect(JSON.stringify([formation, actions])).not.toMatch(/non renseign|"-"|RNCP0|"0{5,}"/i);
    }
  });
});

describe("what each default is derived from", () => {
  const action = (fields: Parameters<typeof actionOf>[0]) => ({ ...BLANK, action: actionOf(fields) });
  const session = (fields: Parameters<typeof sessionOf>[0]) => ({ ...BLANK, sessions: [sessionOf(fields)] });

  test.each([
    [{ duree_hebdo: 28 }, "28 heures par semaine"],
    [
      {
        duree_hebdo: 28,
        heures_par_modalite: [
          { modalite: "jour" as const, heures: 30 },
          { modalite: "foad" as const, heures: 10 },
          { modalite: "soir" as const, heures: 0 },
        ],
      },
      "cours du jour : 30 h, formation à distance : 10 h",
    ],
  ])("rythme of %j", (modalites, expected) => {
    expect(valueSaid(action({ modalites }), "rythme-complete-par-defaut")).toBe(expected);
  });

  test.each([
    ["apprentissage", "Alternance", "Contrat d'apprentissage", "1"],
    ["professionnalisation", "Alternance", "Contrat de professionnalisation", "1"],
    ["formation_initiale", "Rythme à demander à l'organisme de formation", "Sans alternance", "0"],
  ] as const)("voie %s", (voie, rythme, alternance, priseEnCharge) => {
    const entree = session({ voie, lieux: [lieu] });
    expect(valueSaid(entree, "rythme-complete-par-defaut")).toBe(rythme);
    expect(valueSaid(entree, "modalites-alternance-complete-par-defaut")).toBe(alternance);
    expect(valueSaid(entree, "prise-en-charge-complete-par-defaut")).toBe(priseEnCharge);
  });

  test.each([
    [[["foad", 20]], "2"],
    [
      [
        ["foad", 20],
        ["entreprise", 10],
      ],
      "2",
    ],
    [
      [
        ["foad", 20],
        ["jour", 10],
      ],
      "1",
    ],
    [
      [
        ["jour", 10],
        ["foad", 0],
      ],
      "0",
    ],
  ] as const)("hours %j are modality %s", (split, expected) => {
    const heures_par_modalite = split.map(([modalite, heures]) => ({ modalite, heures }));
    expect(
      valueSaid(action({ modalites: { heures_par_modalite } }), "modalites-enseignement-complete-par-defaut"),
    ).toBe(expected);
  });

  test("results: the titles of the certifications, else the box ticked", () => {
    const certifications = new Map([["RNCP35819", certificationOf({ intitule: "Master Santé" })]]);
    const entree = action({
      validation: "rncp",
      certifications: [{ code_rncp: "35819" }, { code_rs: "5080" }],
    });
    expect(valueSaid({ ...entree, certifications }, "resultats-attendus-complete-par-defaut")).toBe(
      "Master Santé",
    );
    expect(valueSaid(entree, "resultats-attendus-complete-par-defaut")).toBe(
      "Diplôme ou certification inscrit(e) au RNCP",
    );
  });

  test("contacts of the formation: those of the organisme first", () => {
    const organisme = organismeOf({ contacts: [{ type_contact: "4", coordonnees: { nom: "Larrieu" } }] });
    const { formation, notices } = buildOffre({ ...BLANK, organisme }, CONTEXTE);
    expect(formation["contact-formation"]?.[0]?.coordonnees?.nom).toBe("Larrieu");
    expect(notices.find(({ code }) => code === "contact-formation-complete-par-defaut")?.value).toBe(
      "contacts de l'organisme",
    );
  });

  test("address to enrol at: the organisme's, else the principal place", () => {
    const principal = {
      principal: true,
      coordonnees: { adresse: { lignes: [], code_postal: "40100", ville: "Dax" } },
    };
    const entree = { ...session({ lieux: [lieu, principal] }), organisme: organismeOf() };
    expect(valueSaid(entree, "adresse-inscription-complete-par-defaut")).toBe("40100 Dax");
  });
});

test("each kind of defect of a value has its notice", () => {
  const kinds: Readonly<Record<DefautKind, NoticeCode>> = {
    "caractere-interdit": "texte-caractere-interdit",
    "surrogat-isole": "texte-surrogat-isole",
    "retour-chariot": "texte-retour-chariot",
    "controle-word": "texte-controle-word",
    "caractere-windows": "texte-caractere-windows",
    "caractere-perdu": "texte-caractere-perdu",
    html: "texte-html",
    "trop-long": "texte-trop-long",
    "trop-court": "texte-trop-court",
    "texte-blanc": "texte-blanc",
    "element-inconnu": "element-inconnu",
    "attribut-inconnu": "attribut-inconnu",
    forme: "valeur-mal-formee",
    "brut-mal-forme": "extra-mal-forme",
    ordre: "element-hors-ordre",
    repete: "element-repete",
    "texte-inattendu": "texte-hors-element",
    "espace-de-noms": "espace-de-noms-inattendu",
  };
  const place = { path: "action", session: "S1" };
  for (const [kind, code] of Object.entries(kinds)) {
    const [made] = noticesDesDefauts([{ kind, path: "a/b", value: "vu", attendu: "3" }], place);
    expect(made).toMatchObject({ code, path: "action/a/b", session: "S1", value: "vu" });
    expect(made?.message).not.toMatch(/undefined/);
  }
});
