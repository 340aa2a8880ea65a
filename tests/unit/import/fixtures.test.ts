import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type Lecture, lireFormation, type OffreImportee } from "../../../src/import/index.ts";
import { splitFormations } from "../../../src/lheo/index.ts";
import { feedOf } from "../../support/importedFeed.ts";
import { missingValues, valuesOf } from "../../support/lheoValues.ts";

const FOLDER = new URL("../../../fixtures/import/", import.meta.url);

interface Lue extends Lecture {
  readonly xml: string;
}

async function read(file: string): Promise<Lue[]> {
  const lues: Lue[] = [];
  for await (const event of splitFormations([readFileSync(new URL(file, FOLDER))])) {
    if (event.kind === "formation") lues.push({ xml: event.xml, ...lireFormation(event.xml, event.line) });
  }
  return lues;
}

function offreOf(
  { offre, notices }: Lue | undefined = { xml: "", offre: undefined, notices: [] },
): OffreImportee {
  if (offre === undefined) throw new Error(`refused: ${JSON.stringify(notices)}`);
  return offre;
}

/** Values that a notice tells: not written again, or written in another way. */
const told = ({ notices }: Lue): string[] =>
  notices
    .filter(({ code }) => code.startsWith("import-"))
    .map(({ code, value }) => `${code} ${value}`)
    .sort();

describe("every value of a file is in the feed, or a notice says which is not and why", () => {
  test("initial training, LHEO 2.2: nothing is lost", async () => {
    const lues = await read("initiale-2.2.xml");
    const [lue] = lues;
    expect(lues).toHaveLength(1);
    expect(missingValues(valuesOf(lue?.xml ?? ""), valuesOf(feedOf(offreOf(lue))))).toEqual([]);
    expect(lue === undefined ? [] : told(lue)).toEqual([]);
  });

  test("a regional feed of 2018: the number of the action of two sessions alone is not there", async () => {
    const [lue] = await read("francilien-2.2.xml");
    expect(missingValues(valuesOf(lue?.xml ?? ""), valuesOf(feedOf(offreOf(lue))))).toEqual([
      "formation/action/@numero = 14_SE_0000093700",
    ]);
    expect(lue === undefined ? [] : told(lue)).toEqual(["import-action-decoupee 14_SE_0000093700"]);
  });

  test("a regional feed of today: the prefix of RNCP codes alone is not there", async () => {
    const [lue] = await read("grand-est-2.3.xml");
    const missing = missingValues(valuesOf(lue?.xml ?? ""), valuesOf(feedOf(offreOf(lue))));
    expect(missing).toHaveLength(4);
    expect(missing.every((value) => /-RNCP = RNCP36804$/.test(value))).toBe(true);
    expect(lue === undefined ? [] : told(lue)).toEqual(Array(4).fill("import-valeur-reecrite RNCP36804"));
  });

  test("what was written of an imported file reads back as the same records", async () => {
    const files = readdirSync(FOLDER).filter((file) => file.endsWith(".xml"));
    const lues = (await Promise.all(files.map(read))).flat().filter(({ offre }) => offre !== undefined);
    expect(lues.length).toBeGreaterThanOrEqual(6);
    for (const lue of lues) {
      const once = feedOf(offreOf(lue));
      const again = lireFormation(once);
      expect(feedOf(again.offre ?? offreOf(undefined))).toBe(once);
    }
  });
});

test("placeholders, HTML and old thesauri are warnings: nothing is set aside for them", async () => {
  const [lue] = await read("initiale-2.2.xml");
  const codes = new Set(lue?.notices.map(({ code }) => code));
  expect([...codes]).toEqual(
    expect.arrayContaining(["texte-html", "texte-tiret", "nda-factice", "public-ref-ancienne"]),
  );
  expect(lue?.notices.filter(({ severity }) => severity === "bloquant")).toEqual([]);
});

test("numbers, dates and codes are kept as received", async () => {
  const [lue] = await read("francilien-2.2.xml");
  const { organisme, action, sessions } = offreOf(lue);
  expect([organisme.numero, organisme.contenu.numero_lheo]).toEqual(["14_OF_0000000981", "14_OF_0000000981"]);
  expect([action.numero, action.contenu.numero_lheo]).toEqual(["14_AF_0000011179", "14_AF_0000011179"]);
  expect(sessions.map(({ contenu }) => [contenu.numero_lheo, contenu.numero_action_lheo])).toEqual([
    ["SE_0000166001", "14_SE_0000093700_SE_0000166001"],
    ["SE_0000166002", "14_SE_0000093700_SE_0000166002"],
    ["SE_0000166001", "14_SE_0000093701"],
  ]);
  expect(sessions.map(({ contenu }) => [contenu.debut, contenu.fin])).toEqual([
    ["20170900", "20180600"],
    ["00000000", "99999999"],
    ["20180901", "20190630"],
  ]);
  expect(action.contenu.certifications).toEqual([{ code_rncp: "320", code_certifinfo: "53933" }]);
  // The one that says it is the main one goes first; each keeps the version it was taken from.
  expect(action.contenu.formacodes).toEqual([
    { code: "22454", ref: "V12" },
    { code: "22402", ref: "V12" },
  ]);
  expect(action.contenu.resultats_attendus).toBe("-");
});

test("the voie comes from the extras, and an extra that the contract models is not kept twice", async () => {
  const [lue] = await read("francilien-2.2.xml");
  const [first, , third] = offreOf(lue).sessions;
  expect(first?.contenu.voie).toBe("professionnalisation");
  expect(third?.contenu.voie).toBe("formation_continue");
  const extras = JSON.stringify(first?.contenu.tel_quel);
  expect(extras).not.toContain("contrat-professionnalisation");
  expect(extras).not.toContain("duree-hebdo");
  expect(extras).toContain("contrat-apprentissage");
  const [initiale] = await read("initiale-2.2.xml");
  expect(offreOf(initiale).sessions[0]?.contenu.voie).toBe("formation_initiale");
});

test("what all sessions share is said on the action, the rest on each session", async () => {
  const [lue] = await read("francilien-2.2.xml");
  const { action, sessions } = offreOf(lue);
  expect(action.contenu.modalites).toMatchObject({
    conditions_acces: "Savoir lire un plan",
    modalites_alternance: "-",
  });
  expect(action.contenu.modalites.rythme).toBeUndefined();
  expect(sessions.map(({ contenu }) => contenu.modalites.rythme)).toEqual([
    "Temps plein",
    "Temps plein",
    "Temps partiel",
  ]);
});

test("what LHEO has no place for and what has no number are told, with their lines", async () => {
  const lues = await read("defauts-2.3.xml");
  const notices = lues.flatMap((lue) => lue.notices);
  const seen = notices.map(({ code, path, value }) => [code, path, value]);
  expect(seen).toContainEqual(["import-session-double", "action[1]/session[2]/@numero", "S1"]);
  expect(seen).toContainEqual(["import-numero-absent", "action[1]/session[3]/@numero", ""]);
  expect(seen).toContainEqual(["import-numero-interdit", "action[2]/@numero", "A|2"]);
  expect(seen).toContainEqual(["import-valeur-non-reprise", "certifiante", "oui"]);
  expect(seen).toContainEqual(["attribut-inconnu", "@couleur", "bleu"]);
  expect(seen).toContainEqual(["import-formation-sans-session", "action", "D5"]);
  expect(lues.map(({ offre }) => offre?.action.numero)).toEqual([
    "D1",
    "D2",
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
  expect(notices.filter(({ line }) => line === undefined)).toEqual([]);
});
