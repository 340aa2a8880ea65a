import fc from "fast-check";
import { SaxesParser } from "saxes";
import { expect, test } from "vitest";
import { wellFormedCheck } from "../../../src/snapshot/index.ts";

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';
const DOCUMENT = `${DECLARATION}<lheo xmlns="http://lheo.gouv.fr/2.3">
<offres>
<formation numero="01_a" tag='x'><intitule-formation>Été &amp; « hiver » &#233; &#x1F600; 😀</intitule-formation
><vide/><extras info="a"><extra info="b">]] &gt; <![CDATA[<brut> & ]]></extra><!-- dit - rien --></extras >
</formation></offres>
</lheo>
`;

/** Our verdict on a document cut in chunks of `size` bytes. */
function verdict(bytes: Uint8Array, size = bytes.length): boolean {
  const check = wellFormedCheck();
  try {
    for (let at = 0; at < bytes.length; at += size) check.write(bytes.subarray(at, at + size));
    check.end();
    return true;
  } catch {
    return false;
  }
}

/** The independent oracle; it works on characters, so bytes that are not UTF-8 are refused before. */
function oracle(bytes: Uint8Array): boolean {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return false;
  }
  let faults = 0;
  const parser = new SaxesParser({ xmlns: false });
  parser.on("error", () => {
    faults += 1;
  });
  parser.on("doctype", () => {
    faults += 1;
  });
  try {
    parser.write(text).close();
  } catch {
    return false;
  }
  return faults === 0;
}

test("a document of every shape that a feed may hold passes, however it is cut", () => {
  const bytes = Buffer.from(DOCUMENT);
  expect(oracle(bytes)).toBe(true);
  for (let size = 1; size <= bytes.length; size += 1) expect(verdict(bytes, size)).toBe(true);
});

test("every truncation is refused", () => {
  const bytes = Buffer.from(DOCUMENT.trimEnd());
  for (let length = 0; length < bytes.length; length += 1)
    expect(verdict(bytes.subarray(0, length))).toBe(false);
});

test.each([
  ["a DTD", `${DECLARATION}<!DOCTYPE a><a/>`],
  ["an element that is not closed", "<a><b></a>"],
  ["two roots", "<a/><b/>"],
  ["text after the root", "<a/>b"],
  ["an attribute twice", '<a b="1" b="2"/>'],
  ["an attribute without quotes", "<a b=1/>"],
  ["no space between attributes", '<a b="1"c="2"/>'],
  ["a raw ampersand", "<a>R&D</a>"],
  ["an entity that XML does not know", "<a>&nbsp;</a>"],
  ["a reference to a control character", "<a>&#11;</a>"],
  ["a control character", "<a>\u000b</a>"],
  ["a control character in CDATA", "<a><![CDATA[\u000b]]></a>"],
  ["U+FFFF", "<a>\uffff</a>"],
  ["]]> in a text", "<a>]]></a>"],
  ["-- in a comment", "<a><!-- a -- b --></a>"],
  ["< in an attribute", '<a b="<"/>'],
  ["a name that starts with a digit", "<1a/>"],
  ["a space before the declaration", ` ${DECLARATION}<a/>`],
  ["nothing", ""],
] as const)("refused: %s", (_, text) => {
  expect(verdict(Buffer.from(text))).toBe(false);
  if (!text.includes("DOCTYPE")) expect(oracle(Buffer.from(text))).toBe(false);
});

test("bytes that are not UTF-8 are refused", () => {
  expect(verdict(Buffer.from("<a>é</a>", "latin1"))).toBe(false);
  expect(verdict(Buffer.from([0x3c, 0x61, 0x3e, 0xed, 0xa0, 0x80, 0x3c, 0x2f, 0x61, 0x3e]))).toBe(false);
});

test("same verdict as saxes after any change of a few bytes", () => {
  const source = Buffer.from(DOCUMENT);
  const piece = fc.constantFrom(
    ..."<>&;/=\"' \n]-!?[abé#x\u0001",
    "]]>",
    "<!--",
    "-->",
    "&#10;",
    "</extra>",
    "<a/>",
  );
  const change = fc.record({
    at: fc.nat({ max: source.length }),
    cut: fc.nat({ max: 3 }),
    insert: fc.oneof(fc.constant(""), piece),
  });
  fc.assert(
    fc.property(
      fc.array(change, { minLength: 1, maxLength: 2 }),
      fc.integer({ min: 1, max: 200 }),
      (changes, size) => {
        let bytes: Buffer = source;
        for (const { at, cut, insert } of changes)
          bytes = Buffer.concat([bytes.subarray(0, at), Buffer.from(insert), bytes.subarray(at + cut)]);
        // An XML declaration that saxes reads differently (version 1.1, other encodings) is not ours to write.
        fc.pre(bytes.subarray(0, DECLARATION.length).equals(source.subarray(0, DECLARATION.length)));
        expect(verdict(bytes, size)).toBe(oracle(bytes));
      },
    ),
    { numRuns: 3000 },
  );
});
