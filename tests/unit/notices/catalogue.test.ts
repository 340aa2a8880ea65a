import { existsSync, readFileSync } from "node:fs";
import { afterAll, describe, expect, test } from "vitest";
import { CATALOGUE, isNoticeCode, type NoticeCode, notice, ruleOf } from "../../../src/notices/index.ts";
import { startXsd } from "../../../src/validation/index.ts";
import { noticeFixtureCodes, noticesOf, readNoticeFixture } from "../../support/noticeFixtures.ts";

const ROOT = new URL("../../../", import.meta.url);
const codes = Object.keys(CATALOGUE).filter(isNoticeCode);
const PROFILS = [
  "rco",
  "kairos",
  "francetravail",
  "moteur-pro",
  "cmaformation",
  "lba",
  "cmonalternance",
  "parcoursup",
  "affelnet",
];

/** The last resorts: nothing else may go without being triggered. */
const SECOURS = ["ecriture-impossible"];

describe("the catalogue of notices", () => {
  test("has a fixture for each code, and none for another", () => {
    expect(noticeFixtureCodes().sort()).toEqual([...codes].sort());
  });

  test("codes are kebab-case", () => {
    expect(codes.filter((code) => !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(code))).toEqual([]);
  });

  test("each has a title, a source, a sentence in French that ends", () => {
    const place = { path: "x", value: "valeur vue", attendu: "valeur attendue", champ: "Le champ" };
    const wrong = codes.filter((code) => {
      const { titre, source } = ruleOf(code);
      const { message } = notice(code, place);
      const whole =
        /^[\p{Lu}«].*[.»)]$|anglais : valeur attendue$/su.test(message) &&
        !/undefined|\[object|\bnull\b/.test(message);
      return !whole || !/^[\p{Lu}«]/u.test(titre) || source === "";
    });
    expect(wrong).toEqual([]);
  });

  test("blocks for profiles that exist", () => {
    const profils = codes.flatMap((code) => ruleOf(code).bloquantPour ?? []);
    expect(profils.filter((profil) => !PROFILS.includes(profil))).toEqual([]);
  });

  test("a sentence says the value that was seen", () => {
    const MUETS = new Set<string>([
      // The value is empty: what is said is that nothing is there.
      "numero-absent",
      "numero-session-absent",
      "numero-organisme-absent",
      "lieu-absent",
      "formateur-absent",
      "import-numero-absent",
      "import-organisme-sans-numero",
      "import-mention-cpf",
      "sync-numero-absent",
      "sync-champ-absent",
      "texte-blanc",
      "ecriture-impossible",
      "champ-obligatoire",
      "action-sans-session",
    ]);
    const silent = codes.filter((code) => {
      const { message } = notice(code, { path: "", value: "ZQ42", attendu: "x", champ: "Le champ" });
      return !message.includes("ZQ42") && !MUETS.has(code);
    });
    expect(silent).toEqual([]);
  });
});

describe("each code is triggered by its fixture, alone", () => {
  const xsd = startXsd();
  afterAll(() => xsd.close());
  const fixtures = codes.filter((code) => existsSync(new URL(`fixtures/notices/${code}.json`, ROOT)));
  test.each(fixtures)("%s", async (code) => {
    const fixture = readNoticeFixture(code);
    if (fixture.kind === "secours") {
      expect(SECOURS).toContain(code);
      return;
    }
    if (fixture.kind === "test") {
      expect(readFileSync(new URL(fixture.test, ROOT), "utf8")).toContain(`"${code}"`);
      return;
    }
    const found = await noticesOf(fixture, xsd);
    expect([...new Set(found.map((seen) => seen.code))].sort()).toEqual([code, ...fixture.avec].sort());
    const seen = found.find(
      (candidate) => candidate.code === code && candidate.path === fixture.attendu.path,
    );
    expect(
      found.filter((candidate) => candidate.code === code).map(({ path, value }) => ({ path, value })),
    ).toContainEqual({
      path: fixture.attendu.path,
      value: fixture.attendu.value === undefined ? seen?.value : shown(fixture.attendu.value),
    });
    expect(seen?.severity).toBe(ruleOf(code as NoticeCode).severity);
  });
});

/** As a notice shows it. */
function shown(value: string): string {
  const characters = [...value];
  return characters.length > 200 ? `${characters.slice(0, 200).join("")}…` : value;
}
