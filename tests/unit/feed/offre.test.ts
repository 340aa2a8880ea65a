import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  buildActions,
  buildOffre,
  buildTete,
  numeroAction,
  numeroFormation,
  numeroOrganisme,
  numeroSession,
} from "../../../src/feed/index.ts";
import { serialise, serialiseAround } from "../../../src/lheo/index.ts";
import { zSession } from "../../../src/published/contract/index.ts";
import { modalites } from "../../support/arbitraries/modalites.ts";
import { contact, coordonnees, date, texte } from "../../support/arbitraries/pieces.ts";
import {
  certificationsVisees,
  cycle,
  formateur,
  lieu,
  recrutement,
} from "../../support/arbitraries/session.ts";
import { actionOf, CONTEXTE, entreeOf, organismeOf, PUBLIEE, sessionOf, versionOf } from "./entree.ts";

const numeros = (sessions: readonly string[]) =>
  buildOffre(entreeOf({ sessions: sessions.map((numero) => sessionOf({}, numero)) }), CONTEXTE).actions;

describe("one LHEO action for each session", () => {
  test("in the order of their numbers, whatever the order given", () => {
    expect(numeros(["00003", "00001", "00002"]).map(({ session }) => session)).toEqual([
      "00001",
      "00002",
      "00003",
    ]);
  });

  test("numbers are text: 10 comes before 9", () => {
    expect(numeros(["9", "10"]).map(({ session }) => session)).toEqual(["10", "9"]);
  });

  test("each has its session and no other", () => {
    for (const { session, action } of numeros(["1", "2"]))
      expect(action.session?.map((built) => built["@"]?.numero)).toEqual([session]);
  });

  test("an action without a session has a head and no action", () => {
    const { formation, actions } = buildOffre(entreeOf({ sessions: [] }), CONTEXTE);
    expect(actions).toEqual([]);
    expect(formation).toEqual(buildOffre(entreeOf(), CONTEXTE).formation);
  });

  test("the head and parts of the sessions, put together, are the whole", () => {
    const sessions = ["1", "2", "3"].map((numero) => sessionOf({}, numero));
    const entree = entreeOf({ sessions });
    const whole = buildOffre(entree, CONTEXTE);
    const parts = [sessions.slice(0, 2), sessions.slice(2)].map((part) =>
      buildActions(entree, part, CONTEXTE),
    );
    expect(buildTete(entree, CONTEXTE).formation).toEqual(whole.formation);
    expect(parts.flatMap(({ actions }) => actions)).toEqual(whole.actions);
  });
});

describe("numbers", () => {
  test("ours get the base in front, but the session's", () => {
    const { formation, actions } = buildOffre(entreeOf(), CONTEXTE);
    expect(formation["@"]?.numero).toBe("75_A1");
    expect(actions[0]?.action["@"]?.numero).toBe("75_S1");
    expect(actions[0]?.action.session?.[0]?.["@"]?.numero).toBe("S1");
    expect(formation["organisme-formation-responsable"]?.["@"]?.numero).toBe("75_OF1");
  });

  test("those of others stay as received, even empty or odd", () => {
    fc.assert(
      fc.property(fc.string(), (numero) => {
        expect(numeroFormation("75", actionOf({ numero_lheo: numero }))).toBe(numero);
        expect(numeroAction("75", sessionOf({ numero_action_lheo: numero }))).toBe(numero);
        expect(numeroSession(sessionOf({ numero_lheo: numero }))).toBe(numero);
        expect(numeroOrganisme("75", organismeOf({ numero_lheo: numero }))).toBe(numero);
      }),
    );
  });

  test("without a base there is no prefix", () => {
    expect(numeroFormation("", actionOf())).toBe("A1");
  });

  test("a body has one number, as responsable and as formateur", () => {
    const formateurs = [{ numero: "OF1", siret: "21330063500017", raison_sociale: "Organisme d'essai" }];
    const sessions = [sessionOf({ formateurs })];
    const { actions } = buildOffre(entreeOf({ sessions }), CONTEXTE);
    expect(actions[0]?.action["organisme-formateur"]?.[0]?.["@"]).toEqual({ numero: "75_OF1" });
  });
});

describe("dates of the records", () => {
  const later = new Date("2026-02-20T23:30:00Z");
  const datesOf = (value: { readonly "@"?: Readonly<Record<string, string>> | undefined } | undefined) =>
    [value?.["@"]?.datecrea, value?.["@"]?.datemaj] as const;

  test("are the days of mise en ligne, in Paris", () => {
    const action = { ...actionOf(), version: 2, misEnLigneAt: later };
    const { formation, actions } = buildOffre(entreeOf({ action }), CONTEXTE);
    expect(datesOf(formation)).toEqual(["20260202", "20260221"]);
    expect(datesOf(actions[0]?.action.session?.[0])).toEqual(["20260202", "20260202"]);
  });

  test("an LHEO action is as new as the newer of its two records", () => {
    const newer = { ...versionOf("S1", sessionOf().contenu), misEnLigneAt: later };
    const ofSession = buildOffre(entreeOf({ sessions: [newer] }), CONTEXTE);
    expect(datesOf(ofSession.actions[0]?.action)).toEqual(["20260202", "20260221"]);
    const ofAction = buildOffre(entreeOf({ action: { ...actionOf(), misEnLigneAt: later } }), CONTEXTE);
    expect(datesOf(ofAction.actions[0]?.action)).toEqual(["20260202", "20260221"]);
  });

  test("those of the source win", () => {
    const action = actionOf({ datecrea: "20150112", datemaj: "20180301" });
    const sessions = [
      sessionOf({
        datecrea: "20150113",
        datemaj: "20180228",
        tel_quel: [{ chemin: "", attributs: { datemaj: "20170101", datecrea: "20150114" } }],
      }),
    ];
    const { formation, actions } = buildOffre(entreeOf({ action, sessions }), CONTEXTE);
    expect(datesOf(formation)).toEqual(["20150112", "20180301"]);
    expect(datesOf(actions[0]?.action)).toEqual(["20150114", "20170101"]);
    expect(datesOf(actions[0]?.action.session?.[0])).toEqual(["20150113", "20180228"]);
  });
});

describe("modalités", () => {
  const build = (
    action: NonNullable<Parameters<typeof actionOf>[0]>["modalites"],
    session: NonNullable<Parameters<typeof sessionOf>[0]>["modalites"],
  ) => {
    const parts = {
      action: actionOf(action === undefined ? {} : { modalites: action }),
      sessions: [sessionOf(session === undefined ? {} : { modalites: session })],
    };
    return buildOffre(entreeOf(parts), CONTEXTE).actions[0]?.action;
  };

  test("of the action, unless the session says its own", () => {
    const built = build({ rythme: "Temps plein", transport: "Tram A" }, { rythme: "En soirée" });
    expect(built?.["rythme-formation"]).toBe("En soirée");
    expect(built?.transport).toBe("Tram A");
  });

  test("null says nothing, an empty list says none", () => {
    const built = build({ rythme: "Temps plein", langues: ["fr"] }, { rythme: null, langues: [] });
    expect(built?.["rythme-formation"]).toBe("Temps plein");
    expect(built?.["langue-formation"]).toBeUndefined();
  });

  test("hours are said together", () => {
    const built = build(
      { nombre_heures_centre: 100, nombre_heures_entreprise: 50, nombre_heures_total: 150 },
      { heures_par_modalite: [{ modalite: "foad", heures: 20 }] },
    );
    expect(built?.["nombre-heures-centre"]).toBe("20");
    expect(built?.["nombre-heures-entreprise"]).toBeUndefined();
    expect(built?.["nombre-heures-total"]).toBe("20");
  });

  test.each([
    ["RAS", null, "aucune"],
    ["r.a.s.", "RAS", "aucune"],
    ["RAS", "Savoir lire", "Savoir lire"],
    ["Permis B", "RAS", "Permis B"],
    ["Permis B", "Savoir lire", "Permis B\nPrérequis : Savoir lire"],
    ["-", null, "-"],
  ])("conditions %j and %j are written %j", (conditions_acces, prerequis, expected) => {
    expect(build({ conditions_acces, prerequis }, {})?.["conditions-specifiques"]).toBe(expected);
  });
});

describe("any record of the contract", () => {
  const session = fc
    .record({
      voie: fc.constantFrom(
        "formation_continue",
        "professionnalisation",
        "apprentissage",
        "formation_initiale",
      ),
      debut: date,
      fin: date,
      type_entree: fc.constantFrom("dates_fixes", "permanentes", "sequencees"),
      lieux: fc.array(lieu, { maxLength: 2 }),
      formateurs: fc.array(formateur, { maxLength: 2 }),
      contacts: fc.array(contact, { maxLength: 2 }),
      recrutements: fc.array(recrutement, { maxLength: 2 }),
      certifications: certificationsVisees,
      cycle: fc.option(cycle),
      commentaire: fc.option(fc.oneof(texte(3000), fc.string({ unit: "binary" }))),
      modalites,
    })
    .map((fields) => zSession.parse({ action: "A1", ...fields }));

  test("is built without error, can be serialised, and is left as it was", () => {
    fc.assert(
      fc.property(session, modalites, coordonnees, (contenu, modalitesAction, coordonneesOf) => {
        const entree = entreeOf({
          action: actionOf({ modalites: modalitesAction }),
          organisme: organismeOf({ coordonnees: coordonneesOf }),
          sessions: [versionOf("S1", contenu, PUBLIEE)],
        });
        const before = structuredClone(entree);
        const { formation, actions } = buildOffre(entree, CONTEXTE);
        const action = actions.map((built) => built.action);
        expect(serialise("formation", { ...formation, action })).toContain("</formation>");
        expect(() => serialiseAround("formation", formation, "action")).not.toThrow();
        expect(entree).toEqual(before);
      }),
      { numRuns: 150 },
    );
  });
});
