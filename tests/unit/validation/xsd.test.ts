import { afterAll, describe, expect, test } from "vitest";
import { publishedXsd, startXsd, XSD_VERSION, XsdWorkerError } from "../../../src/validation/index.ts";
import { mutations } from "../../support/mutations.ts";
import { replaced } from "../../support/noticeFixtures.ts";

const formationOf = (document: string): string => /<formation[\s\S]*<\/formation>/.exec(document)?.[0] ?? "";
const GOOD = formationOf(replaced([]));
const BAD = GOOD.replace("<debut>20260907", "<debut>2026-09-07");

const xsd = startXsd();
afterAll(() => xsd.close());

describe("fragments", () => {
  test("each has its own defects, in order, in one lot or many", async () => {
    const many = Array.from({ length: 200 }, (_, i) => (i % 50 === 7 ? BAD : GOOD));
    const results = await xsd.validate(many);
    expect(results.map((defects, i) => (defects.length > 0 ? i : -1)).filter((i) => i >= 0)).toEqual([
      7, 57, 107, 157,
    ]);
  });

  test("none is no work", async () => {
    expect(await xsd.validate([])).toEqual([]);
  });

  test("as bytes or as a text, with any character", async () => {
    const text = GOOD.replace("Temps plein", "Été 😀 l’œuvre");
    expect(await xsd.validate([text, Buffer.from(text)])).toEqual([[], []]);
  });

  test("a defect says where: line, path, numbers, value, siblings", async () => {
    const [[defect] = []] = await xsd.validate([BAD]);
    expect(defect).toMatchObject({
      kind: "xsd",
      line: BAD.split("\n").findIndex((line) => line.includes("2026-09-07")) + 1,
      value: "2026-09-07",
      siblings: ["debut", "fin"],
      position: 0,
      numbers: { formation: "75_201000000001", action: "75_00100001", session: "00100001" },
    });
    expect(defect?.steps.map(({ name }) => name).join("/")).toBe(
      "lheo/offres/formation/action/session/periode/debut",
    );
  });

  test("a defect of an action of one session is the session's", async () => {
    const [[defect] = []] = await xsd.validate([
      GOOD.replace("<modalites-entrees-sorties>0", "<modalites-entrees-sorties>7"),
    ]);
    expect(defect?.numbers.session).toBe("00100001");
  });

  test("two that would make up for each other are both refused", async () => {
    const open = GOOD.replace("<certifiante>", "<!--<certifiante>");
    const shut = GOOD.replace("<certifiante>", "--><certifiante>");
    const results = await xsd.validate([open, shut, GOOD]);
    expect(results.map((defects) => defects.length > 0)).toEqual([true, true, false]);
  });

  test("two formations are not one", async () => {
    const [defects = []] = await xsd.validate([GOOD + GOOD]);
    expect(defects.map(({ message }) => message)).toEqual(["not one formation"]);
  });

  test("the same id in two fragments is no defect: they are documents of their own", async () => {
    const withId = GOOD.replace("<periode>", '<periode id="p">');
    expect(await xsd.validate([withId, withId])).toEqual([[], []]);
  });
});

describe("documents", () => {
  test("of any root, with a declaration of any encoding since they are decoded", async () => {
    const index = '<?xml version="1.0" encoding="ISO-8859-1"?><lheo-index xmlns="http://lheo.gouv.fr/2.3"/>';
    expect(await xsd.validateDocument(index)).toEqual([]);
  });

  test("a DTD is refused, and its entities are neither expanded nor fetched", async () => {
    const entities = Array.from({ length: 12 }, (_, i) => `<!ENTITY e${i + 1} "${`&e${i};`.repeat(10)}">`);
    const bomb = `<!DOCTYPE lheo [<!ENTITY e0 "xxxxxxxxxx">${entities.join("")}]><lheo>&e12;</lheo>`;
    const fetch =
      '<!DOCTYPE lheo [<!ENTITY e SYSTEM "file:///etc/passwd">]><lheo xmlns="http://lheo.gouv.fr/2.3">&e;</lheo>';
    for (const xml of [bomb, fetch]) {
      const defects = await xsd.validateDocument(xml);
      expect(defects.map(({ kind }) => kind)).toEqual(["xml"]);
    }
  });
});

describe("the published reading", () => {
  /** libxml2 2.9, which recorded the verdicts, does not collapse the blanks of an xs:long; XML Schema asks for it. */
  const ENGINE = /: nombre " 5 "$/;

  test("gives the published verdict on every mutation, and accepts whatever ours does", async () => {
    const all = mutations();
    const published = await Promise.all(all.map(({ xml }) => xsd.validateDocument(xml, "publiee")));
    const wrong = all.filter(
      ({ what, published: accepted }, i) => !ENGINE.test(what) && (published[i]?.length === 0) !== accepted,
    );
    expect(wrong.map(({ base, what }) => `${base} ${what}`)).toEqual([]);
    expect(
      all.filter(({ strict, published: accepted, what }) => strict && !accepted && !ENGINE.test(what)),
    ).toEqual([]);
    expect(all.filter(({ strict, published: accepted }) => !strict && accepted).length).toBeGreaterThan(50);
  });

  test("is derived from our schema, and fails loudly when it cannot be", () => {
    expect(publishedXsd()).toContain("anyAttribute");
    expect(() => publishedXsd("<xs:schema/>")).toThrow(/has 0 of/);
  });

  test("the version names the reading and the bytes", () => {
    expect(XSD_VERSION).toMatch(/^2\.3-[a-z0-9-]+\+[0-9a-f]{8}$/);
    expect(xsd.version).toBe(XSD_VERSION);
  });
});

describe("closed", () => {
  test("refuses work, and what was under way", async () => {
    const other = startXsd();
    const refused = expect(other.validate([GOOD])).rejects.toThrow(XsdWorkerError);
    await other.close();
    await refused;
    await expect(other.validate([GOOD])).rejects.toThrow(/fermé/);
  });
});
