import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { XSD_VERSION as READING } from "../lheo/index.ts";
import type { Lecture } from "./xsdProtocol.ts";

/** The schema that we write by: `xsd/lheo-2.3.xsd`. */
const STRICT = readFileSync(new URL("../../xsd/lheo-2.3.xsd", import.meta.url), "utf8");

/** The reading and the bytes of the schema, kept with each snapshot: `2.3-strict-1+5f0c9a3e`. */
export const XSD_VERSION = `${READING}+${createHash("sha256").update(STRICT).digest("hex").slice(0, 8)}`;

/**
 * Where the published XSD is looser than ours (see `xsd/PROVENANCE.md`), as edits of it: what to find, what to put,
 * how many times it must be found, so that a change of our schema cannot quietly leave one out.
 */
const LOOSER: readonly (readonly [find: RegExp, put: string, times: number])[] = [
  // FORMACODE, public, modalité pédagogique: `ref` may be left out.
  [/ name="ref" type="xs:string" use="required"/g, ' name="ref" type="xs:string"', 1],
  // Codes and dates: blanks around are dropped before the comparison.
  [/(<xs:simpleType name="dict-[\w-]+">[\s\S]*?<xs:restriction base="xs:)string/g, "$1token", 19],
  [
    /(<xs:simpleType name="jour">\s*<xs:restriction base="xs:)string">[\s\S]*?<\/xs:restriction>/g,
    '$1token"><xs:pattern value="[0-9][0-9][0-9][0-9][019][0-9][01239][0-9]"/></xs:restriction>',
    1,
  ],
  // Whole numbers: any.
  [/<xs:restriction base="xs:integer">[\s\S]*?<\/xs:restriction>/g, '<xs:restriction base="xs:long"/>', 2],
  // `extra`: any attribute.
  [
    /(<xs:element name="extra">[\s\S]*?<xs:attributeGroup ref="commun"\/>)/g,
    '$1<xs:anyAttribute processContents="lax"/>',
    1,
  ],
];

/** What the published XSD accepts. A document that our schema accepts is accepted by it too. */
export function publishedXsd(strict: string = STRICT): string {
  let schema = strict;
  for (const [find, put, times] of LOOSER) {
    const found = [...schema.matchAll(find)].length;
    if (found !== times) throw new Error(`xsd/lheo-2.3.xsd has ${found} of ${find.source}, not ${times}`);
    schema = schema.replace(find, put);
  }
  return schema;
}

/** Each reading, as the text of its schema. */
export function schemas(): Record<Lecture, string> {
  return { stricte: STRICT, publiee: publishedXsd() };
}
