import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { z } from "zod";
import { openReceipt, readReceipt, zAccuse } from "../../../src/delivery/index.ts";

type Input = z.input<typeof zAccuse>;
const DOSSIER = { type: "dossier", dossier: "retours", fichiers: "*" } as const;
const CSV: Input = {
  source: DOSSIER,
  format: "csv",
  champs: { session: "Numéro de session", statut: "Statut", code: "Code", message: "Libellé" },
  statuts: { acquittee: ["OK"], visible: ["En ligne"], refusee: ["KO", "Rejeté"] },
};
const HEADER = "Numéro de session;Statut;Code;Libellé\n";

const read = (text: string | Uint8Array, accuse: Input = CSV) =>
  readReceipt(typeof text === "string" ? Buffer.from(text) : text, zAccuse.parse(accuse));

describe("CSV", () => {
  test("columns by name in any order, status words in any case, numbers as written", async () => {
    const { value, notices } = await read(
      'statut;"NUMERO DE SESSION";Libellé;Autre;code\r\nok;00123456;;x;\r\n\r\nREJETE;75_00123457;"Fermé ;\nvoir";x;E1\r\nen ligne;00123458\r\n',
    );
    expect(notices).toEqual([]);
    expect(value.lignes).toEqual([
      { rang: 2, session: "00123456", action: "", statut: "acquittee", mot: "ok", code: "", message: "" },
      {
        rang: 5,
        session: "75_00123457",
        action: "",
        statut: "refusee",
        mot: "REJETE",
        code: "E1",
        message: "Fermé ; voir",
      },
      { rang: 6, session: "00123458", action: "", statut: "visible", mot: "en ligne", code: "", message: "" },
    ]);
  });

  test("a word that is not known and a line without number are kept, and told with their place", async () => {
    const { value, notices } = await read(`${HEADER}1;peut-être;;\n;KO;E1;x\n2;peut-être;;\n`);
    expect(value.lignes.map(({ statut }) => statut)).toEqual(["illisible", "illisible", "illisible"]);
    expect(notices).toEqual([
      { lieu: "ligne 2", message: expect.stringContaining("« peut-être »") },
      { lieu: "ligne 3", message: expect.stringContaining("sans numéro") },
    ]);
  });

  test.each([
    ["separator", "Numéro de session,Statut,Code,Libellé\n1,OK,,\n"],
    ["header", "a;b\n1;OK\n"],
  ])("a wrong %s reads nothing, and tells what was seen", async (_what, text) => {
    const { value, notices } = await read(text);
    expect(value).toMatchObject({ lignes: [], coupee: true });
    expect(notices[0]?.message).toMatch(/Colonne absente.*Colonnes vues/);
  });

  test("without header columns go by rank; without status a line is what the mapping says", async () => {
    const accuse: Input = { ...CSV, csv: { entete: false, separateur: "\t" }, champs: { session: "2" } };
    const { value } = await read("x\t1\ny\t2\n", accuse);
    expect(value.lignes).toMatchObject([
      { session: "1", statut: "refusee" },
      { session: "2", statut: "refusee" },
    ]);
  });

  test("latin1 read as UTF-8 keeps its accents and says so; UTF-16 with its mark reads by itself", async () => {
    const text = `${HEADER}1;Rejeté;E1;Établissement fermé\n`;
    const latin = await read(Buffer.from(text, "latin1"), { ...CSV, encodage: "latin1" });
    expect(latin.notices).toEqual([]);
    const wrong = await read(Buffer.from(text, "latin1"));
    expect(wrong.value.lignes).toEqual(latin.value.lignes);
    expect(wrong.notices).toMatchObject([{ message: expect.stringContaining("UTF-8") }]);
    expect(wrong.value.lignes).toMatchObject([{ statut: "refusee", message: "Établissement fermé" }]);
    const wide = await read(Buffer.from(`\ufeff${text}`, "utf16le"));
    expect(wide).toMatchObject({ notices: [], value: { lignes: [{ message: "Établissement fermé" }] } });
  });

  test("a quote never closed ends the reading, what came before is kept", async () => {
    const { value, notices } = await read(`${HEADER}1;OK;;\n2;"KO;;\n3;OK;;\n`);
    expect(value).toMatchObject({ lignes: [{ session: "1" }], coupee: true });
    expect(notices[0]?.message).toContain("guillemet");
  });

  test("the whole file refused is told on a line without session", async () => {
    const accuse: Input = {
      ...CSV,
      champs: { ...CSV.champs, diffusion: "Envoi" },
      fichier_refuse: { champ: "Statut", mots: ["Fichier rejeté"], code: "Code", message: "Libellé" },
    };
    const { value } = await read(`Envoi;${HEADER}D1;;Fichier rejeté;X9;XSD\nD1;1;KO;E1;mauvais\n`, accuse);
    expect(value.entete).toEqual({ diffusion: "D1", refus: { code: "X9", message: "XSD" } });
    expect(value.lignes).toHaveLength(1);
  });
});

describe("XML and JSON", () => {
  const XML: Input = {
    source: DOSSIER,
    format: "xml",
    lignes: "accuse/session/erreur",
    champs: { session: "../@numero", code: "@code", message: ".", diffusion: "/accuse/entete/envoi" },
  };

  test("XML by paths, going up to the session of an error, entities undone", async () => {
    const { value, notices } = await read(
      '<?xml version="1.0" encoding="ISO-8859-1"?><a:accuse xmlns:a="u"><a:entete><envoi>D1</envoi></a:entete><session numero="001"><erreur code="E1">L&apos;&#233;tat</erreur><erreur code="E2"/></session><session numero="002"/></a:accuse>',
      XML,
    );
    expect(notices).toEqual([]);
    expect(value.entete).toEqual({ diffusion: "D1" });
    expect(value.lignes).toMatchObject([
      { rang: 1, session: "001", statut: "refusee", code: "E1", message: "L'état" },
      { rang: 2, session: "001", statut: "refusee", code: "E2", message: "" },
    ]);
  });

  test("JSON by paths, one or many, numbers and texts alike", async () => {
    const accuse: Input = {
      source: DOSSIER,
      format: "json",
      lignes: "resultat/*",
      champs: { session: "num", statut: "etat/libelle" },
      statuts: { visible: ["true"], refusee: ["non"] },
    };
    const { value } = await read('{"resultat":[{"num":12,"etat":{"libelle":true}},{"num":"012"}]}', {
      ...accuse,
      lignes: "resultat",
    });
    expect(value.lignes).toMatchObject([
      { session: "12", statut: "visible" },
      { session: "012", statut: "illisible" },
    ]);
    const keyed = await read('{"resultat":{"a":{"num":1,"etat":{"libelle":"NON"}}}}', accuse);
    expect(keyed.value.lignes).toMatchObject([{ session: "1", statut: "refusee" }]);
  });

  test.each([
    ["a tag never closed", "<accuse>\n<session></accuse>", "ligne 2"],
    ["a DTD", '<!DOCTYPE a [<!ENTITY x "1">]><accuse/>', "ligne 1"],
    ["another file", "<rapport/>", "racine"],
    ["prototypes", "<accuse><__proto__/></accuse>", "racine"],
    ["nesting without end", "<accuse>".repeat(5000) + "</accuse>".repeat(5000), "racine"],
  ])("XML with %s is a value with its place", async (_what, text, lieu) => {
    const { value, notices } = await read(text, XML);
    expect(value).toMatchObject({ lignes: [], coupee: true });
    expect(notices).toMatchObject([{ lieu }]);
  });
});

test.each([
  ["nothing", Buffer.alloc(0), /vide/],
  ["blank lines", Buffer.from("\n\n"), /vide/],
  ["an empty gzip", gzipSync(""), /vide/],
  ["a zip", Buffer.from("PK\x03\x04rest"), /archive zip/],
  ["half a gzip", gzipSync(`${HEADER}1;OK;;\n`).subarray(0, 30), /gzip/],
  ["a bomb", gzipSync(Buffer.alloc(50_000_000)), /dépasse/],
])("%s is told in French", async (_what, bytes, words) => {
  const { value, notices } = await read(bytes);
  expect(value).toMatchObject({ lignes: [], coupee: true });
  expect(notices.map(({ message }) => message).join()).toMatch(words);
});

const zFormat = fc.constantFrom("csv", "xml", "json" as const);
const pieces = fc.array(
  fc.oneof(
    fc.uint8Array({ maxLength: 60 }),
    fc
      .constantFrom(
        HEADER,
        "1;OK;;\n",
        '"',
        "<accuse>",
        "<session numero='1'>",
        "</session>",
        '{"a":[',
        "]}",
        "\ufeff",
        "\0",
      )
      .map((text) => Buffer.from(text)),
  ),
  { maxLength: 12 },
);

async function* streamed(parts: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* parts;
}

test("any bytes read to the same lines, however they are cut, and never throw", async () => {
  await fc.assert(
    fc.asyncProperty(
      pieces,
      zFormat,
      fc.constantFrom("utf-8", "latin1" as const),
      async (parts, format, encodage) => {
        const accuse = zAccuse.parse({ ...CSV, format, encodage, lignes: "accuse/session" });
        const bytes = Buffer.concat(parts);
        const { value, notices } = await readReceipt(bytes, accuse);
        for (const ligne of value.lignes) {
          expect(Object.values(ligne).join("")).not.toMatch(/\p{Cc}|\p{Cs}/u);
          expect(ligne.rang).toBeGreaterThan(0);
        }
        if (value.coupee) expect(notices.length).toBeGreaterThan(0);
        const inPieces = openReceipt(streamed(parts), accuse);
        const lignes: unknown[] = [];
        for await (const ligne of inPieces.lignes) lignes.push(ligne);
        // What is not UTF-8 is read as latin1 piece by piece.
        if (!notices.some(({ message }) => message.includes("UTF-8"))) expect(lignes).toEqual(value.lignes);
        expect(new Set(value.lignes.map(({ rang }) => rang)).size).toBe(value.lignes.length);
      },
    ),
    { numRuns: 300 },
  );
});
