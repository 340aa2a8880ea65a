import { expect, test } from "vitest";
import { generateDemo } from "../../../fixtures/demo/index.ts";
import { type Session, TYPES_ENTREE, VOIES } from "../../../src/published/contract/index.ts";

/** The smallest demo shows everything: this is what a newcomer looks at, and what the feed is tried on. */
const offer = generateDemo("small", "20261124");
const actions = [...offer.actions()].map(({ contenu }) => contenu);
const sessions = [...offer.sessions()].map(({ contenu }) => contenu);
const organismes = [...offer.organismes()].map(({ contenu }) => contenu);

const values = <T>(rows: readonly T[], of: (row: T) => unknown): unknown[] =>
  [...new Set(rows.flatMap((row) => of(row) as unknown[]))].sort();
const range = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, i) => String(from + i));
const share = (test: (session: Session) => boolean): number => sessions.filter(test).length / sessions.length;

test("voies: continuing training is the most of it, the three others are there", () => {
  expect(values(sessions, ({ voie }) => [voie])).toEqual([...VOIES].sort());
  expect(share(({ voie }) => voie === "formation_continue")).toBeGreaterThan(0.6);
  for (const voie of VOIES) expect(share((session) => session.voie === voie)).toBeGreaterThan(0.01);
});

test("an apprenticeship session belongs to a body that holds Qualiopi for it (S64)", () => {
  const byNumero = new Map([...offer.organismes()].map(({ numero, contenu }) => [numero, contenu]));
  const bearer = new Map([...offer.actions()].map(({ numero, contenu }) => [numero, contenu.organisme]));
  for (const { voie, action } of sessions) {
    if (voie !== "apprentissage") continue;
    expect(byNumero.get(bearer.get(action) ?? "")?.qualiopi).toContain("apprentissage");
  }
});

test("types of entry, modalities and validations", () => {
  expect(values(sessions, ({ type_entree }) => [type_entree])).toEqual([...TYPES_ENTREE].sort());
  expect(values(actions, ({ modalites }) => [modalites.modalites_enseignement])).toEqual(["0", "1", "2"]);
  expect(values(actions, ({ validation }) => [validation])).toEqual(["attestation", "autre", "rncp"]);
  expect(
    values(sessions, ({ certifications }) => certifications.flatMap(({ validation }) => validation ?? [])),
  ).toEqual(["mixte", "partielle", "totale"]);
  expect(values(actions, ({ parcours }) => [parcours])).toEqual(range(1, 4));
});

test("recruitment: each code, and information collective with its place, day, hours and seats", () => {
  const all = sessions.flatMap(({ recrutements }) => recrutements);
  expect(values(all, ({ modalite }) => [modalite])).toEqual(range(0, 9));
  const meeting = all.find(({ modalite }) => modalite === "9");
  expect(meeting).toMatchObject({
    adresse: { ville: expect.any(String) },
    nb_places: expect.any(Number),
    periode: { debut: expect.stringMatching(/^\d{8}$/) },
    heure_debut: expect.stringMatching(/^\d\dh\d\d$/),
  });
  expect(values(sessions, ({ etat_recrutement }) => [etat_recrutement ?? "sans"])).toEqual([
    ...range(1, 3),
    "sans",
  ]);
});

test("hours: by modality, in centre and in company", () => {
  const modalities = actions.flatMap(({ modalites }) => modalites.heures_par_modalite ?? []);
  expect(values(modalities, ({ modalite }) => [modalite])).toEqual(["entreprise", "foad", "jour", "soir"]);
  expect(actions.some(({ modalites }) => modalites.nombre_heures_total)).toBe(true);
});

test("places: the twelve départements, overseas, both Corsicas, arrondissements, several for one session", () => {
  const addresses = sessions.flatMap(({ lieux }) =>
    lieux.flatMap(({ coordonnees }) => coordonnees.adresse ?? []),
  );
  const departements = values(addresses, ({ departement }) => [departement]);
  for (const departement of "16 17 19 23 24 33 40 47 64 79 86 87 971 972 973 974 976 2A 2B 75 69 13".split(
    " ",
  )) {
    expect(departements).toContain(departement);
  }
  expect(addresses.some(({ code_insee_commune }) => code_insee_commune?.startsWith("2B"))).toBe(true);
  expect(addresses.some(({ code_insee_commune }) => code_insee_commune === "75113")).toBe(true);
  expect(sessions.some(({ lieux }) => lieux.length > 1)).toBe(true);
});

test("dates: full, partial and unknown", () => {
  const dates = sessions.flatMap(({ debut, fin }) => [debut, fin]);
  expect(dates).toContain("00000000");
  expect(dates).toContain("99999999");
  expect(dates.some((date) => /^20\d\d(0[1-9]|1[0-2])00$/.test(date))).toBe(true);
  expect(dates.some((date) => /^20\d\d0000$/.test(date))).toBe(true);
});

test("texts: accents, œ, curly quotes, no-break spaces, bullets, texts at their bounds", () => {
  const texts = [...actions.flatMap(({ intitule, objectif, contenu }) => [intitule, objectif, contenu])];
  const all = texts.join("\n");
  for (const mark of ["é", "œ", "Œ", "’", "\u00a0", "•", "–", "…", "ç"]) expect(all).toContain(mark);
  expect(actions.some(({ intitule }) => intitule.length >= 250 && intitule.length <= 255)).toBe(true);
  expect(actions.some(({ contenu }) => contenu.length === 3000)).toBe(true);
  expect(actions.some(({ modalites }) => modalites.conditions_acces === "RAS")).toBe(true);
});

test("words pasted with their control characters, title in capitals, markup: kept, and to be told", () => {
  const contents = actions.map(({ contenu }) => contenu);
  expect(contents.some((text) => text.includes("\u000b"))).toBe(true);
  expect(contents.some((text) => text.includes("\r\n"))).toBe(true);
  expect(actions.some(({ objectif }) => objectif.includes("<b>"))).toBe(true);
  expect(actions.some(({ intitule }) => intitule.trim() !== "" && intitule === intitule.toUpperCase())).toBe(
    true,
  );
});

test("certifications: RNCP with and without its prefix, RS, Certif Info, five at most but the spoiled one", () => {
  const codes = actions.flatMap(({ certifications }) => certifications);
  expect(codes.some(({ code_rncp }) => code_rncp?.startsWith("RNCP"))).toBe(true);
  expect(codes.some(({ code_rncp }) => /^\d+$/.test(code_rncp ?? ""))).toBe(true);
  expect(codes.some(({ code_rs }) => code_rs?.startsWith("RS"))).toBe(true);
  expect(codes.some(({ code_certifinfo }) => code_certifinfo === "83899")).toBe(true);
  expect(actions.some(({ certifications }) => certifications.length === 5)).toBe(true);
});

test("money: conventionnée with its funders, prices, hourly prices", () => {
  expect(actions.some(({ conventionnee }) => conventionnee)).toBe(true);
  expect(actions.some(({ modalites }) => modalites.prix_total_ttc && modalites.prix_total_ttc !== "0")).toBe(
    true,
  );
  expect(actions.some(({ modalites }) => modalites.prix_horaire_ttc)).toBe(true);
  expect(
    values(actions, ({ modalites }) => modalites.financeurs?.map(({ code }) => code) ?? []).length,
  ).toBeGreaterThan(5);
});

test("mailboxes and telephones belong to nobody", () => {
  const contacts = [...organismes, ...actions, ...sessions].flatMap(({ contacts }) => contacts);
  for (const { coordonnees } of contacts) {
    expect(coordonnees.courriel ?? "").toMatch(/@[a-z0-9-]+\.(example|exemple\.fr)$/);
    for (const numero of [...coordonnees.telfixe, ...coordonnees.portable]) {
      expect(numero).toMatch(/^(01 99 00|02 61 91|03 53 01|04 65 71|05 36 49|06 39 98) \d\d \d\d$/);
    }
  }
});
