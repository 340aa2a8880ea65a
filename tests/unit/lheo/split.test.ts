import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  ENVELOPE,
  LheoError,
  parse,
  type SplitEvent,
  type SplitFormation,
  serialise,
  splitFormations,
  wrapFormation,
} from "../../../src/lheo/index.ts";
import { arbitraryElement } from "../../support/lheoArbitrary.ts";

const V23 = "http://lheo.gouv.fr/2.3";

async function eventsOf(...chunks: readonly (Uint8Array | string)[]): Promise<SplitEvent[]> {
  const events: SplitEvent[] = [];
  for await (const event of splitFormations(chunks)) events.push(event);
  return events;
}

const formations = (events: readonly SplitEvent[]): SplitFormation[] =>
  events.filter((event) => event.kind === "formation");

/** Cuts bytes at the places given. */
function cut(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const at = [0, ...places.map((place) => place % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  return at.slice(1).map((end, i) => bytes.subarray(at[i], end));
}

const doc = (inside: string, root = `<lheo xmlns="${V23}">`): string =>
  `${root}<offres>${inside}</offres></lheo>`;

describe("splitFormations", () => {
  test("gives back each formation as it was written, wherever the bytes are cut", async () => {
    const offers = fc.array(arbitraryElement("formation"), { minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(offers, fc.array(fc.nat(), { maxLength: 12 }), async (values, places) => {
        const written = values.map((value) => serialise("formation", value));
        const file = ENVELOPE.open() + written.join("") + ENVELOPE.close();
        const events = await eventsOf(...cut(Buffer.from(file), places));
        expect(formations(events).map((f) => f.xml)).toEqual(written.map((xml) => xml.trimEnd()));
        const starts = formations(events).map((f) =>
          file
            .split("\n")
            .slice(f.line - 1)
            .join("\n"),
        );
        for (const [i, text] of starts.entries()) expect(text.startsWith(written[i] ?? "?")).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test("one byte at a time is the same", async () => {
    const bytes = Buffer.from(
      `\ufeff<?xml version="1.0" encoding="utf-8"?>\r\n${doc("<formation>é😀</formation>\r\n<formation/>")}`,
    );
    const events = await eventsOf(...cut(bytes, [...bytes.keys()]));
    expect(formations(events)).toEqual([
      { kind: "formation", xml: "<formation>é😀</formation>", line: 2 },
      { kind: "formation", xml: "<formation/>", line: 3 },
    ]);
  });

  test("only formations of the offer count: not those of an extra, a comment or a text", async () => {
    const extra = "<extra><formation>non</formation></extra>";
    const inside = `<!-- <formation> --><formation><extras>${extra}</extras><![CDATA[</formation>]]></formation>`;
    const events = await eventsOf(doc(`${inside}<extras>${extra}</extras>`));
    expect(formations(events).map((f) => f.xml)).toEqual([inside.slice(inside.indexOf("<formation><"))]);
  });

  test("carries the declarations that a formation takes from the root", async () => {
    const root = `<lheo xmlns="${V23}" xmlns:xsi="urn:xsi" xmlns:g="urn:g">`;
    const [, formation] = await eventsOf(doc("<formation numero='1'><g:a/></formation>", root));
    expect(formation).toMatchObject({ xml: "<formation xmlns:g=\"urn:g\" numero='1'><g:a/></formation>" });
  });

  test("a document with a prefix keeps its meaning once wrapped", async () => {
    const text = `<l:lheo xmlns:l="${V23}"><l:offres><l:formation><l:certifiante>1</l:certifiante></l:formation></l:offres></l:lheo>`;
    const [root, formation] = await eventsOf(text);
    expect(root).toMatchObject({ root: "lheo", version: "2.3", namespace: V23 });
    const { xml } = formation as SplitFormation;
    expect(xml).toContain(`<l:formation xmlns="" xmlns:l="${V23}">`);
    expect(parse("formation", xml)).toEqual({ value: { certifiante: "1" }, defauts: [] });
    const wrapped = parse("lheo", wrapFormation(xml));
    expect(wrapped).toEqual({ value: { offres: { formation: [{ certifiante: "1" }] } }, defauts: [] });
  });

  test.each([
    [V23, "2.3"],
    ["http://www.lheo.org/2.2", "2.2"],
    ["urn:autre", "inconnue"],
  ])("%s is version %s", async (namespace, version) => {
    const [root] = await eventsOf(doc("<formation/>", `<lheo xmlns='${namespace}'\n datemaj="1">`));
    expect(root).toEqual({
      kind: "root",
      root: "lheo",
      openTag: `<lheo xmlns='${namespace}'\n datemaj="1">`,
      namespace,
      version,
      encoding: "UTF-8",
    });
  });

  test.each(["lheo-index", "lheo-plus", "rss"])("a root %s has no formation for us", async (root) => {
    const events = await eventsOf(`<${root}><offres><formation/></offres></${root}>`);
    expect(events.map((event) => event.kind)).toEqual(["root", "end"]);
    expect(events).toMatchObject([{ root }, { formations: 0, envelope: "" }]);
  });
});

describe("envelope", () => {
  test("is the root with its first formation alone, and tells the lines of the file", async () => {
    const lines = [
      '<?xml version="1.0" encoding="ISO-8859-1"?>',
      `<lheo xmlns="${V23}">`,
      "<offres>",
      "<formation>",
      "<a/></formation>",
      "<formation>",
      "</formation>",
      "<intrus/>",
      "<formation/>",
      "<extras/></offres>",
      "<extras/>",
      "</lheo>",
    ];
    const end = (await eventsOf(lines.join("\n"))).at(-1);
    if (end?.kind !== "end") throw new Error("no end");
    expect(end.formations).toBe(3);
    expect(end.envelope.split("\n").map((text, i) => `${end.fileLine(i + 1)} ${text}`)).toEqual([
      `2 <lheo xmlns="${V23}">`,
      "3 <offres>",
      "4 <formation>",
      "5 <a/></formation>",
      "8 <intrus/>",
      "9 ",
      "10 <extras/></offres>",
      "11 <extras/>",
      "12 </lheo>",
    ]);
  });

  test("does not grow with the number of formations", async () => {
    const many = await eventsOf(doc("<formation/>\n".repeat(5000)));
    expect(many.at(-1)).toMatchObject({ formations: 5000, envelope: doc("<formation/>\n") });
  });
});

describe("encodings", () => {
  const text = doc("<formation>é ’ €</formation>");
  const declared = (encoding: string): string => `<?xml version="1.0" encoding="${encoding}"?>\n${text}`;

  test("a file that declares another encoding is decoded by it", async () => {
    const bytes = Buffer.from(
      declared("windows-1252").replace("’", "\u0092").replace("€", "\u0080"),
      "latin1",
    );
    const [root, formation] = await eventsOf(bytes);
    expect(root).toMatchObject({ encoding: "WINDOWS-1252" });
    expect(formation).toMatchObject({ xml: "<formation>é ’ €</formation>", line: 2 });
    const latin = await eventsOf(Buffer.from(declared("ISO-8859-1").replace(" ’ €", ""), "latin1"));
    expect(latin).toMatchObject([{ encoding: "ISO-8859-1" }, { xml: "<formation>é</formation>" }, {}]);
  });

  test("UTF-16 by its mark", async () => {
    const [root, formation] = await eventsOf(Buffer.from(`\ufeff${declared("UTF-16")}`, "utf16le"));
    expect(root).toMatchObject({ encoding: "UTF-16LE" });
    expect(formation).toMatchObject({ xml: "<formation>é ’ €</formation>" });
  });

  test("bytes that are not of the encoding, or an unknown one, are refused", async () => {
    await expect(eventsOf(Buffer.from(text, "latin1"))).rejects.toThrow("octets qui ne sont pas de l'UTF-8");
    await expect(eventsOf(Buffer.from(declared("EBCDIC-FR"), "latin1"))).rejects.toThrow("EBCDIC-FR inconnu");
  });
});

describe("files that cannot be read", () => {
  test.each([
    [doc("<formation>\n<a></formation>"), 2, "ne ferme pas l'élément ouvert"],
    [`${doc("<formation/>")}\n<reste/>`, 2, "racine"],
    [doc("<formation/>\n\n&copy;"), 3, "entité inconnue"],
    [`<!DOCTYPE lheo SYSTEM "x.dtd">${doc("<formation/>")}`, 1, "DOCTYPE"],
    [`<lheo><offres><formation/>\n`, 2, "n'est pas fermé"],
    ["pas du XML", 1, "mal formé"],
    ["", 1, "vide"],
  ])("%j", async (text, line, message) => {
    const error: unknown = await eventsOf(text).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(LheoError);
    expect(error).toMatchObject({ line });
    expect(String(error)).toContain(message);
  });

  test.each([
    [["<lheo><offres><formation/>", "<formation></a>"]],
    [["<lheo><offres><formation/><formation></a>"]],
  ])("formations before the fault are given: %j", async (chunks) => {
    const seen: string[] = [];
    const read = async (): Promise<void> => {
      for await (const event of splitFormations(chunks)) seen.push(event.kind);
    };
    await expect(read()).rejects.toThrow(LheoError);
    expect(seen).toEqual(["root", "formation"]);
  });
});
