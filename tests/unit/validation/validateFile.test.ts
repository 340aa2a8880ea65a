import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import {
  type BilanFichier,
  startXsd,
  type ValidateFileOptions,
  type ValidationEvent,
  validateFile,
} from "../../../src/validation/index.ts";
import { replaced } from "../../support/noticeFixtures.ts";

const folder = mkdtempSync(path.join(tmpdir(), "validate-"));
const xsd = startXsd();
afterAll(async () => {
  await xsd.close();
  rmSync(folder, { recursive: true });
});

interface Seen {
  readonly notices: readonly Extract<ValidationEvent, { kind: "notice" }>[];
  readonly bilan: BilanFichier;
}

async function validated(content: string | Uint8Array, options: ValidateFileOptions = {}): Promise<Seen> {
  const file = path.join(folder, "offre.xml");
  writeFileSync(file, content);
  const events: ValidationEvent[] = [];
  for await (const event of validateFile(file, { xsd, ...options })) events.push(event);
  const last = events.at(-1);
  if (last?.kind !== "bilan") throw new Error("no bilan");
  return { notices: events.filter((event) => event.kind === "notice"), bilan: last.bilan };
}

const BASE = replaced([]);
const FORMATION = /<formation[\s\S]*<\/formation>\n/.exec(BASE)?.[0] ?? "";

/** A file of many formations, each with numbers of its own, some of them spoiled. */
function many(
  count: number,
  spoil: (formation: string, i: number) => string = (formation) => formation,
): string {
  const formations = Array.from({ length: count }, (_, i) =>
    spoil(FORMATION.replace(/(<(?:formation|action|session) numero="[^"]*)"/g, `$1-${i}"`), i),
  );
  return BASE.replace(FORMATION, () => formations.join(""));
}

describe("two verdicts", () => {
  test("a good file passes both", async () => {
    const { notices, bilan } = await validated(BASE);
    expect(notices).toEqual([]);
    expect(bilan).toMatchObject({
      racine: "lheo",
      version: "2.3",
      formations: 1,
      actions: 1,
      sessions: 1,
      xsdPubliee: true,
      offreInfo: true,
      octets: Buffer.byteLength(BASE),
    });
  });

  test.each([
    // What each reading says: [published, ours].
    ["what every schema refuses", "<certifiante>1", "<certifiante>oui", [false, false]],
    ["what the published one lets through", "<debut>20260907", "<debut>20261931", [true, false]],
    ["a code between spaces", "<certifiante>1", "<certifiante> 1 ", [true, false]],
    ["what no schema sees and everyone refuses", "<fin>20270630", "<fin>20200630", [true, false]],
    [
      "what is only doubtful",
      "<ville>Pessac</ville>\n<departement>",
      "<ville>-</ville>\n<departement>",
      [true, true],
    ],
  ])("%s", async (_, find, put, verdicts) => {
    const { bilan } = await validated(replaced([[find, put]]));
    expect([bilan.xsdPubliee, bilan.offreInfo]).toEqual(verdicts);
  });

  test("what one profile refuses fails the second verdict for it alone", async () => {
    const file = replaced([["<prix-total-TTC>7000", "<prix-total-TTC>7000 EUR"]]);
    expect((await validated(file)).bilan.offreInfo).toBe(true);
    expect((await validated(file, { profil: "rco" })).bilan.offreInfo).toBe(false);
    expect((await validated(file, { profil: "kairos" })).bilan.offreInfo).toBe(true);
  });

  test("the published XSD alone judges nothing else", async () => {
    const file = replaced([["<debut>20260907", "<debut>20261931"]]);
    const { notices, bilan } = await validated(file, { publieeSeule: true });
    expect(notices).toEqual([]);
    expect(bilan).toMatchObject({ xsdPubliee: true, offreInfo: undefined, formations: 1 });
  });

  test("a notice says whether the published XSD refuses the file for it", async () => {
    const file = replaced([
      ["<debut>20260907", "<debut>20261931"],
      ["<certifiante>1", "<certifiante>oui"],
    ]);
    const { notices } = await validated(file);
    expect(notices.map(({ notice, publiee }) => [notice.code, publiee])).toEqual([
      ["xsd-code-inconnu", true],
      ["xsd-date", false],
    ]);
  });
});

describe("notices", () => {
  test("come in the order of the file, with their lines and numbers, whatever the batches", async () => {
    const spoiled = [3, 80, 150, 199];
    const file = many(200, (formation, i) =>
      spoiled.includes(i) ? formation.replace("<debut>20260907", "<debut>hier") : formation,
    );
    const { notices, bilan } = await validated(file);
    const lines = file.split("\n").flatMap((line, i) => (line.includes("hier") ? [i + 1] : []));
    expect(notices.map(({ notice }) => [notice.code, notice.action, notice.session, notice.line])).toEqual(
      spoiled.map((i, rank) => ["xsd-date", `75_201000000001-${i}`, `00100001-${i}`, lines[rank]]),
    );
    expect(bilan).toMatchObject({ formations: 200, actions: 200, sessions: 200, codes: { "xsd-date": 4 } });
  });

  test("one for one cause, when the XSD and the rules meet at the same place", async () => {
    const short = "<SIRET-organisme-formation>\n<SIRET>2990000180010";
    const { notices } = await validated(replaced([[`${short}9`, short]]));
    expect(notices.map(({ notice }) => notice.code)).toEqual(["xsd-longueur"]);
  });

  test("numbers are compared across the whole file", async () => {
    const { notices } = await validated(
      many(150, (formation) => formation.replace(/(<action numero="75_00100001)-\d+/, "$1")),
    );
    expect(notices).toHaveLength(149);
    expect(new Set(notices.map(({ notice }) => notice.code))).toEqual(new Set(["numero-action-en-double"]));
  });

  test("what stands around the formations is checked, at its line", async () => {
    const file = replaced([["</offres>", "</offres>\n<machin/>"]]);
    const { notices, bilan } = await validated(file);
    const line = file.split("\n").findIndex((text) => text.includes("<machin/>")) + 1;
    expect(notices).toMatchObject([{ publiee: true, notice: { code: "xsd-element-inconnu", line } }]);
    expect(bilan).toMatchObject({ xsdPubliee: false, offreInfo: false });
  });
});

describe("files as they come", () => {
  test("gzip, whatever the name", async () => {
    const { bilan } = await validated(gzipSync(many(30)));
    expect(bilan).toMatchObject({ formations: 30, xsdPubliee: true, offreInfo: true });
  });

  test("LHEO 2.2 is checked as 2.3", async () => {
    const file = replaced([["http://lheo.gouv.fr/2.3", "http://www.lheo.org/2.2"]]);
    const { notices, bilan } = await validated(file);
    expect(notices.map(({ notice }) => notice.code)).toEqual(["fichier-version"]);
    expect(bilan).toMatchObject({ version: "2.2", xsdPubliee: true, offreInfo: true });
  });

  test("cut short: what comes before is checked, and the file refused at its line", async () => {
    const whole = many(100, (formation, i) =>
      i === 2 ? formation.replace("<certifiante>1", "<certifiante>3") : formation,
    );
    const { notices, bilan } = await validated(whole.slice(0, whole.length - 3000));
    expect(notices.map(({ notice }) => notice.code)).toEqual(["xsd-code-inconnu", "xml-mal-forme"]);
    expect(notices.at(-1)?.notice.line).toBeGreaterThan(10_000);
    expect(bilan).toMatchObject({ formations: 99, xsdPubliee: false, offreInfo: false });
  });

  test("a DTD, an empty file, a file of another kind: refused, not thrown", async () => {
    const dtd = BASE.replace("<lheo", '<!DOCTYPE lheo [<!ENTITY e "x">]>\n<lheo');
    for (const content of [dtd, "", "{}", "<catalogue/>", Buffer.from([0xff, 0xfe, 0x00])]) {
      const { bilan } = await validated(content);
      expect([bilan.xsdPubliee, bilan.offreInfo]).toEqual([false, false]);
    }
  });

  test("an index is checked as a whole with the published XSD", async () => {
    const offre = `<resume-offre><domaine-formation><code-FORMACODE>31054</code-FORMACODE></domaine-formation><intitule-formation>A</intitule-formation><nom-organisme>B</nom-organisme><SIRET>29900001800109</SIRET><ville>Pessac</ville><departement>33</departement><certifiante>1</certifiante><code-niveau-entree>0</code-niveau-entree><prise-en-charge-frais-possible>1</prise-en-charge-frais-possible><code-public-vise>80056</code-public-vise></resume-offre>`;
    const index = (inner: string) =>
      `<lheo-index xmlns="http://lheo.gouv.fr/2.3"><resumes-offres>${inner}</resumes-offres></lheo-index>`;
    const good = await validated(index(offre.repeat(3)));
    expect(good.notices.map(({ notice }) => notice.code)).toEqual(["fichier-index"]);
    expect(good.bilan).toMatchObject({ racine: "lheo-index", xsdPubliee: true, offreInfo: undefined });
    const bad = await validated(index(offre.replace("<ville>Pessac</ville>", "")));
    expect(bad.notices.map(({ notice }) => notice.code)).toEqual(["fichier-index", "xsd-element-manquant"]);
    expect(bad.bilan.xsdPubliee).toBe(false);
  });

  test("a file that cannot be read is the system's error", async () => {
    const reading = validateFile(path.join(folder, "absent.xml"), { xsd });
    await expect(reading.next()).rejects.toMatchObject({ code: "ENOENT" });
  });

  test("a gzip file cut short is a refusal", async () => {
    const bytes = gzipSync(many(50));
    const { notices, bilan } = await validated(bytes.subarray(0, bytes.length - 200));
    expect(notices.map(({ notice }) => notice.code)).toContain("xml-mal-forme");
    expect(bilan.xsdPubliee).toBe(false);
  });
});
