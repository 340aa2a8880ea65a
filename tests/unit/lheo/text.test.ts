import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LheoError, normaliseText, parse, serialise, writtenLength } from "../../../src/lheo/index.ts";
import { arbitraryText } from "../../support/lheoArbitrary.ts";

const text = arbitraryText(0, 3000);
const inside = (xml: string): string => xml.slice(xml.indexOf(">") + 1, xml.lastIndexOf("</"));

/** Every code unit, well paired or not: half of them are no text at all. */
const units = fc.string({
  unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
});

/** What XML 1.0 allows, from its definition rather than from our code. */
function isXml(value: string): boolean {
  return [...value].every((character) => {
    const code = character.codePointAt(0) ?? 0;
    return (
      code === 9 ||
      code === 10 ||
      code === 13 ||
      (code >= 0x20 && code <= 0xd7ff) ||
      (code >= 0xe000 && code <= 0xfffd) ||
      code >= 0x10000
    );
  });
}

describe("text of a leaf", () => {
  test("comes back as normaliseText of itself", () => {
    fc.assert(
      fc.property(text, (value) => {
        expect(parse("commentaire", serialise("commentaire", value)).value).toBe(normaliseText(value));
      }),
      { numRuns: 1000 },
    );
  });

  test("is written if and only if XML can carry it", () => {
    fc.assert(
      fc.property(fc.oneof(units, fc.string({ unit: "binary" })), (value) => {
        if (isXml(value)) serialise("commentaire", value);
        else expect(() => serialise("commentaire", value)).toThrow(LheoError);
      }),
      { numRuns: 2000 },
    );
  });

  test("has the length that writtenLength says", () => {
    fc.assert(
      fc.property(text, (value) => {
        const written = inside(serialise("commentaire", value));
        const read = written
          .replaceAll("&lt;", "<")
          .replaceAll("&gt;", ">")
          .replaceAll("&#13;", "\r")
          .replaceAll("&amp;", "&");
        expect(writtenLength(value)).toBe([...read].length);
      }),
      { numRuns: 1000 },
    );
  });

  test("counts characters, not code units, and the space before each line break", () => {
    expect(writtenLength("é😀𝄞")).toBe(3);
    expect(writtenLength("a\nb\n\nc")).toBe(9);
    expect(writtenLength("a \nb")).toBe(4);
  });

  test("keeps empty lines and every blank but those at the end of a line", () => {
    expect(normaliseText("  a \t\n\n \n b  ")).toBe("  a\n\n\n b  ");
    fc.assert(fc.property(text, (value) => normaliseText(normaliseText(value)) === normaliseText(value)));
  });

  test("a line break is written after a space, once", () => {
    expect(inside(serialise("commentaire", "a\nb \nc\n\nd"))).toBe("a \nb \nc \n \nd");
  });

  test("\\r, and \\n and \\t in an attribute, survive", () => {
    const value = { "@": { info: 'a\tb\nc\r"<&>' }, "#": "x\r\ny" };
    const xml = serialise("extra", value);
    expect(xml).toBe('<extra info="a&#9;b&#10;c&#13;&quot;&lt;&amp;&gt;">x&#13; \ny</extra>\n');
    expect(parse("extra", xml).value).toEqual(value);
  });
});
