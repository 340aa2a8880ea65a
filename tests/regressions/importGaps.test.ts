import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { buildOffre, type Entree } from "../../src/feed/index.ts";
import { lireFormation, type OffreImportee } from "../../src/import/index.ts";
import { serialise } from "../../src/lheo/index.ts";
import { zCertification, zHabilitation } from "../../src/published/contract/index.ts";
import { feedOf } from "../support/importedFeed.ts";
import { uneCertification, uneHabilitation } from "../support/offre.ts";

/** What an import once lost, or wrote otherwise than it came. */

const golden = readFileSync(
  new URL("../../fixtures/cases/apprentissage/expected.xml", import.meta.url),
  "utf8",
);
const FORMATION = /<formation [\s\S]*<\/formation>/.exec(golden)?.[0] ?? "";
const PUBLIEE = new Date("2026-11-01T10:00:00Z");
const MAINTENANT = new Date("2026-11-24T10:00:00Z");

/** Imports the formation of a golden case with something changed in it. */
function imported(change: (xml: string) => string): { offre: OffreImportee; lost: string[] } {
  const { offre, notices } = lireFormation(change(FORMATION));
  if (offre === undefined) throw new Error(JSON.stringify(notices));
  const lost = notices.filter(({ code }) => code === "import-valeur-non-reprise").map(({ value }) => value);
  return { offre, lost };
}

test("the golden case has what these tests change", () => {
  for (const text of [' ref="', "<type-alternance>1</type-alternance>", 'tag="principal">', "</session>"])
    expect(FORMATION).toContain(text);
});

test("a code imported without its version stays without, wherever it is", () => {
  const { offre, lost } = imported((xml) => xml.replaceAll(/ ref="[^"]*"/g, ""));
  expect(lost).toEqual([]);
  expect(feedOf(offre)).not.toContain(" ref=");
});

test("the alternance of an apprenticeship cycle keeps its type", () => {
  const { offre, lost } = imported((xml) =>
    xml.replace("<type-alternance>1</type-alternance>", "<type-alternance>0</type-alternance>"),
  );
  expect(lost).toEqual([]);
  expect(feedOf(offre)).toContain("<type-alternance>0</type-alternance>");
});

test("the first FORMACODE keeps another tag than principal", () => {
  const { offre, lost } = imported((xml) => xml.replace('tag="principal">', 'tag="secondaire">'));
  expect(lost).toEqual([]);
  expect(feedOf(offre)).toMatch(/<code-FORMACODE ref="[^"]+" tag="secondaire">/);
});

/** The mentions that the feed writes for a session imported with some, the register giving it one. */
function mentions(importees: readonly string[], codeCpf: string | null): string[] {
  const { offre } = imported((xml) =>
    xml.replace(
      "</session>",
      `${importees.map((attribut) => `<extras info="eligibilite-cpf"${attribut}><extra info="public">1</extra></extras>`).join("")}</session>`,
    ),
  );
  const published = { version: 1, misEnLigneAt: PUBLIEE, premiereMiseEnLigneAt: PUBLIEE };
  const certifications = [{ code_rncp: "35819", code_cpf: codeCpf }];
  const [session] = offre.sessions;
  if (session === undefined) throw new Error("no session");
  const entree: Entree = {
    organisme: { ...offre.organisme, ...published },
    action: {
      numero: "A1",
      contenu: { ...offre.action.contenu, certifications, tel_quel: [] },
      ...published,
    },
    sessions: [
      {
        numero: "S1",
        contenu: { ...session.contenu, voie: "formation_continue", certifications: [] },
        ...published,
      },
    ],
    certifications: new Map([["RNCP35819", zCertification.parse(uneCertification())]]),
    habilitations: new Map([["RNCP35819", zHabilitation.parse(uneHabilitation())]]),
    certifieeDepuis: new Map(),
  };
  const [built] = buildOffre(entree, { base: "75", maintenant: MAINTENANT }).actions;
  const xml = serialise("action", built?.action ?? {});
  return [...xml.matchAll(/<extras [^>]*info="eligibilite-cpf"[^>]*>/g)].map(
    ([tag]) => / numero="\d+"/.exec(tag)?.[0] ?? "",
  );
}

test("an imported CPF mention and a certification of the registers give one mention, not two", () => {
  expect(mentions([], "CPF206")).toEqual([' numero="206"']);
  expect(mentions([' numero="206"'], "CPF206")).toEqual([' numero="206"']);
  expect(mentions([' numero="206"'], null)).toEqual([' numero="206"']);
  expect(mentions([""], "CPF206")).toEqual([""]);
  // Another certification's: both are true.
  expect(mentions([' numero="999"'], "CPF206").sort()).toEqual([' numero="206"', ' numero="999"']);
});
