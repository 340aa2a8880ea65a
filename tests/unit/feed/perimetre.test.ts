import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type CodeHorsPerimetre,
  estBloquante,
  type MotifHorsPerimetre,
  PROFILS,
  type Profil,
  partageDuPerimetre,
  perimetre,
  sentenceOfMotif,
  viaOf,
  zProfils,
} from "../../../src/feed/index.ts";
import { addDays, lastDay } from "../../../src/lheo/index.ts";
import { isNoticeCode, notice } from "../../../src/notices/index.ts";
import { MOTIFS_DE_RETRAIT, TYPES_ENTREE, VOIES } from "../../../src/published/contract/index.ts";
import { actionOf, entreeOf, organismeOf, sessionOf } from "./entree.ts";

const JOUR = "20260302";

function profil(id: string): Profil {
  const found = PROFILS.find((candidate) => candidate.id === id);
  if (found === undefined) throw new Error(`no profile ${id}`);
  return found;
}

type Champs = NonNullable<Parameters<typeof sessionOf>[0]>;

/** An apprenticeship session that every outlet takes; a test breaks one thing. */
const APPRENTI: Champs = {
  voie: "apprentissage",
  fin: "20280630",
  lieux: [{ uai: "0331234A", coordonnees: {} }],
  certifications: [{ code_rncp: "37537" }],
};
const CFA = organismeOf({ qualiopi: ["apprentissage"], compte_kairos: true });

function codeOf(id: string, session: Champs, organisme = CFA): string {
  const verdict = perimetre(profil(id), entreeOf({ organisme }), sessionOf(session), JOUR);
  return verdict.dans ? "dans" : verdict.motif.code;
}

describe("the destinations of the guide", () => {
  test("are these nine, with their modes and delays", () => {
    expect(PROFILS.map(({ id, mode, attente, visibilite }) => [id, mode, attente, visibilite])).toEqual([
      ["rco", ["push"], 0, 2],
      ["kairos", ["push"], 3, 4],
      ["francetravail", ["push"], 3, 4],
      ["moteur-pro", ["pull", "push"], 0, 4],
      ["cmaformation", ["pull", "push"], 0, 4],
      ["lba", { via: "rco" }, 0, 4],
      ["cmonalternance", { via: "rco" }, 0, 4],
      ["parcoursup", { via: "rco" }, 0, 4],
      ["affelnet", { via: "rco" }, 0, 4],
    ]);
  });

  test.each([
    ["rco", ["dans", "dans", "dans", "dans"]],
    ["kairos", ["dans", "voie-exclue", "voie-exclue", "voie-exclue"]],
    ["francetravail", ["dans", "dans", "voie-exclue", "voie-exclue"]],
    ["moteur-pro", ["dans", "dans", "dans", "dans"]],
    ["cmaformation", ["dans", "dans", "dans", "dans"]],
    ["lba", ["voie-exclue", "voie-exclue", "dans", "voie-exclue"]],
    ["cmonalternance", ["voie-exclue", "voie-exclue", "dans", "voie-exclue"]],
    ["parcoursup", ["voie-exclue", "voie-exclue", "dans", "voie-exclue"]],
    ["affelnet", ["voie-exclue", "voie-exclue", "dans", "voie-exclue"]],
  ])("%s by voie d'accès", (id, expected) => {
    expect(VOIES.map((voie) => codeOf(id, { ...APPRENTI, voie }))).toEqual(expected);
  });

  test("Kairos wants the account of the OF", () => {
    expect(codeOf("kairos", {}, organismeOf())).toBe("sans-compte-kairos");
  });

  test.each(["lba", "cmonalternance", "parcoursup", "affelnet"])("%s wants Qualiopi apprentissage", (id) => {
    expect(codeOf(id, APPRENTI, organismeOf({ qualiopi: ["formation"] }))).toBe(
      "sans-qualiopi-apprentissage",
    );
  });

  test.each(["parcoursup", "affelnet"])("%s wants the UAI of the place and an RNCP code", (id) => {
    expect(codeOf(id, { ...APPRENTI, lieux: [{ uai: " ", coordonnees: {} }] })).toBe("sans-uai-du-lieu");
    expect(codeOf(id, { ...APPRENTI, certifications: [{ code_rs: "RS5080" }] })).toBe(
      "sans-certification-rncp",
    );
    expect(codeOf(id, { ...APPRENTI, certifications: [] })).toBe("sans-certification-rncp");
  });

  test("a session that names no certification is of those of its action", () => {
    const entree = entreeOf({
      organisme: CFA,
      action: actionOf({ certifications: [{ code_rncp: "37537" }] }),
    });
    const session = sessionOf({ ...APPRENTI, certifications: [] });
    expect(perimetre(profil("parcoursup"), entree, session, JOUR)).toEqual({ dans: true, via: "rco" });
  });
});

describe("a session that is over", () => {
  const dates = fc
    .date({ min: new Date("2025-01-01"), max: new Date("2027-01-01"), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10).replaceAll("-", ""));

  test("stays 30 days after its last day, then leaves every feed", () => {
    fc.assert(
      fc.property(dates, fc.integer({ min: -400, max: 400 }), (fin, after) => {
        const verdict = perimetre(profil("rco"), entreeOf(), sessionOf({ fin }), addDays(fin, after));
        expect(verdict.dans).toBe(after <= 30);
      }),
    );
  });

  test.each(["00000000", "99999999", "20269999", "", "abc"])("%j never ends", (fin) => {
    expect(codeOf("rco", { fin })).toBe("dans");
  });

  test.each(["20260100", "20250000", "20260115"])("%s ends on its last possible day", (fin) => {
    const last = lastDay(fin) ?? "";
    const at = (after: number) =>
      perimetre(profil("rco"), entreeOf(), sessionOf({ fin }), addDays(last, after));
    expect(at(30)).toEqual({ dans: true, via: undefined });
    expect(at(31)).toEqual({ dans: false, motif: { code: "session-terminee", fin: last, jours: 30 } });
  });
});

describe("every session has an answer", () => {
  const retraits = fc.option(
    fc.record(
      {
        organisme: fc.constantFrom(...MOTIFS_DE_RETRAIT),
        action: fc.constantFrom(...MOTIFS_DE_RETRAIT),
        sessions: fc.constantFrom(...MOTIFS_DE_RETRAIT).map((motif) => new Map([["S1", motif]])),
      },
      { requiredKeys: [] },
    ),
    { nil: {} },
  );
  const session = fc
    .record({
      voie: fc.constantFrom(...VOIES),
      type_entree: fc.constantFrom(...TYPES_ENTREE),
      fin: fc.constantFrom("20200101", "20260301", "20260200", "99999999", "20991231", "?"),
      lieux: fc.constantFrom<NonNullable<Champs["lieux"]>[]>(
        [],
        [{ coordonnees: {} }],
        [{ uai: "0331234A", coordonnees: {} }],
      ),
      certifications: fc.constantFrom<NonNullable<Champs["certifications"]>[]>(
        [],
        [{ code_rncp: "37537" }],
        [{ code_rs: "RS5080" }],
      ),
    })
    .map((fields) => sessionOf(fields));
  const organisme = fc
    .record({ compte_kairos: fc.boolean(), qualiopi: fc.subarray(["formation", "apprentissage"] as const) })
    .map((fields) => organismeOf(fields));

  test("in, or out with a motif that has a sentence, whatever the profile and the record", () => {
    fc.assert(
      fc.property(fc.constantFrom(...PROFILS), session, organisme, retraits, (destination, one, of, gone) => {
        const entree = entreeOf({ organisme: of, sessions: [one], retraits: gone });
        const verdict = perimetre(destination, entree, one, JOUR);
        const { dedans, dehors } = partageDuPerimetre(destination, entree, JOUR);
        expect([dedans.length, dehors.length]).toEqual(verdict.dans ? [1, 0] : [0, 1]);
        if (verdict.dans) {
          expect(verdict.via).toBe(viaOf(destination));
          expect(Object.keys(gone)).toEqual([]);
          const relais = PROFILS.find(({ id }) => id === verdict.via);
          if (relais !== undefined) expect(perimetre(relais, entree, one, JOUR).dans).toBe(true);
        } else {
          const sentence = sentenceOfMotif(verdict.motif, destination);
          expect(sentence).toMatch(/^[A-ZÀÉ].*\.$/s);
          expect(sentence).not.toMatch(/undefined|null|NaN/);
        }
      }),
      { numRuns: 500 },
    );
  });

  test("what its own relay leaves out is out, and says through whom", () => {
    const [rco, lba] = [profil("rco"), profil("lba")];
    const strict = { ...rco, perimetre: { ...rco.perimetre, certification_rncp: true } };
    const one = sessionOf({ ...APPRENTI, certifications: [] });
    const verdict = perimetre(lba, entreeOf({ organisme: CFA }), one, JOUR, [strict, lba]);
    expect(verdict).toEqual({
      dans: false,
      motif: { code: "hors-du-relais", via: "rco", motif: { code: "sans-certification-rncp" } },
    });
  });
});

test("each motif has its own sentence", () => {
  const motifs: { readonly [C in CodeHorsPerimetre]: Extract<MotifHorsPerimetre, { code: C }> } = {
    "organisme-retire": { code: "organisme-retire", retrait: "suppression" },
    "action-retiree": { code: "action-retiree", retrait: "archivage" },
    "session-retiree": { code: "session-retiree", retrait: "retrait_organisme" },
    "session-terminee": { code: "session-terminee", fin: "20260115", jours: 30 },
    "voie-exclue": { code: "voie-exclue", voie: "apprentissage", voies: ["formation_continue"] },
    "sans-compte-kairos": { code: "sans-compte-kairos" },
    "sans-qualiopi-apprentissage": { code: "sans-qualiopi-apprentissage" },
    "sans-uai-du-lieu": { code: "sans-uai-du-lieu" },
    "sans-certification-rncp": { code: "sans-certification-rncp" },
    "hors-du-relais": { code: "hors-du-relais", via: "rco", motif: { code: "sans-uai-du-lieu" } },
  };
  const sentences = Object.values(motifs).map((motif) => sentenceOfMotif(motif, { nom: "Kairos" }));
  expect(new Set(sentences).size).toBe(sentences.length);
  expect(sentences[3]).toContain("15/01/2026");
});

describe("profiles as data", () => {
  const rco = {
    id: "rco",
    nom: "RCO",
    mode: ["push"],
    visibilite: 2,
    perimetre: { voies: ["apprentissage"] },
  };

  test.each([
    ["the same id twice", [rco, rco]],
    ["a relay that does not exist", [{ ...rco, mode: { via: "nobody" } }]],
    [
      "a relay that has a relay",
      [rco, { ...rco, id: "a", mode: { via: "rco" } }, { ...rco, id: "b", mode: { via: "a" } }],
    ],
    ["no voie", [{ ...rco, perimetre: { voies: [] } }]],
    ["an unknown key", [{ ...rco, perimetre: { ...rco.perimetre, region: "75" } }]],
    ["no mode", [{ ...rco, mode: [] }]],
  ])("refuses %s", (_what, profils) => {
    expect(zProfils.safeParse(profils).success).toBe(false);
  });

  test("their blocking rules are codes of the catalogue", () => {
    expect(
      PROFILS.flatMap(({ regles_bloquantes }) => regles_bloquantes).filter((code) => !isNoticeCode(code)),
    ).toEqual([]);
  });

  test("a notice blocks by its severity, by its partners or those of the relay, or because the profile says so", () => {
    const warning = notice("texte-blanc", { path: "" });
    const lba = profil("lba");
    expect(estBloquante({ ...warning, severity: "bloquant" }, lba)).toBe(true);
    expect(estBloquante(warning, lba)).toBe(false);
    expect(estBloquante({ ...warning, partners: ["lba"] }, lba)).toBe(true);
    expect(estBloquante({ ...warning, partners: ["rco"] }, lba)).toBe(true);
    expect(estBloquante({ ...warning, partners: ["kairos"] }, lba)).toBe(false);
    expect(estBloquante(warning, { ...lba, regles_bloquantes: ["texte-blanc"] })).toBe(true);
  });
});
