import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  ACCOMPAGNEMENT_VAE,
  buildOffre,
  type DroitCpf,
  type Entree,
  mentionCpf,
  mentionsCpf,
  ouvertureMentionCpf,
} from "../../../src/feed/index.ts";
import { parisDay } from "../../../src/lheo/index.ts";
import {
  actionOf,
  CONTEXTE,
  certificationOf,
  entreeOf,
  habilitationOf,
  organismeOf,
  sessionOf,
} from "./entree.ts";

const DAY_MS = 86_400_000;
const DEPUIS = new Date("2026-02-02T09:30:00Z");

const droit = (fields: Partial<DroitCpf> = {}): DroitCpf => ({
  certifieeDepuis: DEPUIS,
  certification: certificationOf(),
  habilitation: habilitationOf(),
  ...fields,
});

describe("the law of the mention", () => {
  const instant = fc.date({
    min: new Date("2024-01-01T00:00:00Z"),
    max: new Date("2030-01-01T00:00:00Z"),
    noInvalidDate: true,
  });

  const lapses = fc.oneof(fc.constantFrom(-1, 0, 1), fc.integer({ min: -2 * DAY_MS, max: 2 * DAY_MS }));

  test("it opens 24 hours after the first mise en ligne, to the millisecond, and never before", () => {
    fc.assert(
      fc.property(instant, lapses, (certifieeDepuis, lapse) => {
        const maintenant = new Date(certifieeDepuis.getTime() + DAY_MS + lapse);
        const verdict = mentionCpf(droit({ certifieeDepuis }), maintenant);
        expect(verdict.affichee).toBe(lapse >= 0);
        if (!verdict.affichee)
          expect(verdict.raison).toEqual({ code: "delai", jusqua: ouvertureMentionCpf(certifieeDepuis) });
      }),
    );
  });

  test("24 hours are hours: over the spring change it opens an hour later on the clock", () => {
    const before = new Date("2026-03-28T10:00:00+01:00");
    expect(ouvertureMentionCpf(before)).toEqual(new Date("2026-03-29T11:00:00+02:00"));
  });

  test("it is there on the days of the registration and of the right, both ends included, and on no other", () => {
    const jour = fc
      .date({
        min: new Date("2026-01-01T12:00:00Z"),
        max: new Date("2027-12-31T12:00:00Z"),
        noInvalidDate: true,
      })
      .map(parisDay);
    fc.assert(
      fc.property(jour, jour, jour, jour, instant, (debut_validite, fin_validite, debut, fin, maintenant) => {
        const verdict = mentionCpf(
          {
            certifieeDepuis: new Date("2020-01-01T00:00:00Z"),
            certification: certificationOf({ debut_validite, fin_validite }),
            habilitation: habilitationOf({ debut, fin }),
          },
          maintenant,
        );
        const today = parisDay(maintenant);
        const within = debut_validite <= today && today <= fin_validite && debut <= today && today <= fin;
        expect(verdict.affichee).toBe(within);
        if (verdict.affichee) {
          expect(verdict.debut).toBe(debut > debut_validite ? debut : debut_validite);
          expect(verdict.fin).toBe(fin < fin_validite ? fin : fin_validite);
        }
      }),
    );
  });

  test("the last day ends at midnight in Paris", () => {
    const until = droit({ certification: certificationOf({ fin_validite: "20260630" }) });
    expect(mentionCpf(until, new Date("2026-06-30T21:59:59Z")).affichee).toBe(true);
    expect(mentionCpf(until, new Date("2026-06-30T22:00:00Z"))).toEqual({
      affichee: false,
      raison: { code: "certification-inactive" },
    });
  });

  test.each([
    ["20260000", "20261231"],
    ["20260600", "20260630"],
    ["99999999", undefined],
    [undefined, undefined],
  ])("an end written %s is %s", (fin_validite, fin) => {
    const verdict = mentionCpf(
      droit({ certification: certificationOf({ fin_validite }) }),
      new Date("2026-06-15T10:00:00Z"),
    );
    expect(verdict).toEqual({ affichee: true, debut: undefined, fin });
  });

  test("a certification that the register does not know, or an OF without the right, has none", () => {
    const maintenant = new Date("2026-06-15T10:00:00Z");
    expect(mentionCpf(droit({ certification: undefined }), maintenant)).toMatchObject({
      raison: { code: "certification-inconnue" },
    });
    expect(mentionCpf(droit({ habilitation: undefined }), maintenant)).toMatchObject({
      raison: { code: "organisme-non-habilite" },
    });
    expect(
      mentionCpf(droit({ habilitation: habilitationOf({ fin: "20260614" }) }), maintenant),
    ).toMatchObject({
      raison: { code: "organisme-non-habilite" },
    });
  });
});

describe("the mentions of a session", () => {
  const entree = (parts: Partial<Entree> = {}): Entree =>
    entreeOf({
      action: actionOf({ certifications: [{ code_rncp: "35819" }] }),
      certifications: new Map([["RNCP35819", certificationOf()]]),
      habilitations: new Map([["RNCP35819", habilitationOf()]]),
      certifieeDepuis: new Map([["RNCP35819", DEPUIS]]),
      ...parts,
    });
  const keys = (from: Entree, session = sessionOf()) =>
    mentionsCpf(from, session, CONTEXTE.maintenant).map(({ certification }) => certification);

  test("are those of the action when it names no certification", () => {
    expect(keys(entree())).toEqual(["RNCP35819"]);
  });

  test("are those that it aims at, whichever way the code is written", () => {
    expect(keys(entree(), sessionOf({ certifications: [{ code_rncp: "RNCP35819" }] }))).toEqual([
      "RNCP35819",
    ]);
    expect(keys(entree(), sessionOf({ certifications: [{ code_rs: "RS5080" }] }))).toEqual([]);
  });

  test("a later edit of the action or of the session does not start the wait again", () => {
    const action = { ...entree().action, version: 7, misEnLigneAt: CONTEXTE.maintenant };
    const session = { ...sessionOf(), version: 3, misEnLigneAt: CONTEXTE.maintenant };
    expect(keys(entree({ action }), session)).toEqual(["RNCP35819"]);
  });

  test("an action that has just got the certification waits, however old it is", () => {
    const certifieeDepuis = new Map([["RNCP35819", new Date(CONTEXTE.maintenant.getTime() - DAY_MS + 1)]]);
    expect(keys(entree({ certifieeDepuis }))).toEqual([]);
  });

  test("one that only the session names is counted from the first mise en ligne of the session", () => {
    const certifieeDepuis = new Map<string, Date>();
    const action = { ...entree().action, misEnLigneAt: CONTEXTE.maintenant };
    expect(keys(entree({ certifieeDepuis, action }))).toEqual(["RNCP35819"]);
    const premiereMiseEnLigneAt = new Date(CONTEXTE.maintenant.getTime() - DAY_MS + 1);
    expect(keys(entree({ certifieeDepuis }), { ...sessionOf(), premiereMiseEnLigneAt })).toEqual([]);
  });

  test.each(["professionnalisation", "apprentissage", "formation_initiale"] as const)(
    "%s has none",
    (voie) => {
      expect(keys(entree(), sessionOf({ voie }))).toEqual([]);
    },
  );

  test("support of a VAE asks the Qualiopi category and no habilitation", () => {
    const vae = (qualiopi: "vae" | "formation") =>
      entreeOf({
        action: actionOf({ certifications: [{ code_certifinfo: "83899" }] }),
        organisme: organismeOf({ qualiopi: [qualiopi] }),
        certifications: new Map([
          [ACCOMPAGNEMENT_VAE, certificationOf({ type: "autre", code_rncp: null, code_certifinfo: "83899" })],
        ]),
      });
    expect(keys(vae("vae"))).toEqual([ACCOMPAGNEMENT_VAE]);
    expect(keys(vae("formation"))).toEqual([]);
  });

  test("are derived: the head of the formation and the other elements do not change with the hour", () => {
    const before = buildOffre(entree(), { ...CONTEXTE, maintenant: DEPUIS });
    const after = buildOffre(entree(), CONTEXTE);
    expect(after.formation).toEqual(before.formation);
    const [built] = after.actions;
    const [extras] = built?.action.session?.[0]?.extras ?? [];
    expect(extras?.["@"]).toEqual({ info: "eligibilite-cpf" });
    expect({ ...built?.action, session: [] }).toEqual({ ...before.actions[0]?.action, session: [] });
    expect(before.actions[0]?.action.session?.[0]?.extras).toBeUndefined();
  });
});
