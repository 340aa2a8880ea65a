import type { Cause } from "./xsdCause.ts";

type Reading = readonly [pattern: RegExp, value: (match: RegExpExecArray) => string, attendu?: string];

/** What libxml2 says of XML that it cannot read. */
const READINGS: readonly Reading[] = [
  [
    /^Opening and ending tag mismatch: (\S+) line (\d+) and (\S+)/,
    ([, open, line, close]) =>
      `la balise « ${open} » ouverte ligne ${line} du passage est fermée par « ${close} »`,
    "une balise fermante pour chaque balise ouvrante",
  ],
  [
    /(?:invalid Char value|invalid xmlChar value) (\d+)/,
    ([, code]) => `le caractère U+${Number(code).toString(16).toUpperCase().padStart(4, "0")} y est interdit`,
    "un texte sans caractère de contrôle",
  ],
  [
    /^Entity '([^']*)' not defined/,
    ([, name]) => `l'entité « &${name}; » n'existe pas en XML`,
    "le caractère lui-même, écrit en UTF-8",
  ],
  [
    /^xmlParseEntityRef: no name|^EntityRef: expecting ';'/,
    () => "le signe « & » y est seul",
    "« &amp; » à la place de « & »",
  ],
  [/^StartTag: invalid element name/, () => "le signe « < » y est seul", "« &lt; » à la place de « < »"],
  [/^DOCTYPE is refused/, () => "il déclare un DOCTYPE", "un document sans DTD ni entité"],
  [/amplification factor/, () => "ses entités se multiplient sans fin", "un document sans DTD ni entité"],
  [
    /^not one formation/,
    () => "il ne contient pas une formation et une seule",
    "une balise « formation » par passage",
  ],
  [
    /Premature end|^EndTag: '<\/' not found|not terminated|Start tag expected/,
    () => "il est coupé avant la fin",
    "un passage entier",
  ],
  [
    /Input is not proper UTF-8|Invalid bytes|encoding error/i,
    () => "ses octets ne sont pas de l'UTF-8",
    "un fichier enregistré en UTF-8",
  ],
  [
    /^Namespace prefix (\S+) /,
    ([, prefix]) => `le préfixe « ${prefix} » n'est pas déclaré`,
    "la déclaration xmlns de chaque préfixe",
  ],
  [
    /^Attribute (\S+) redefined/,
    ([, name]) => `l'attribut « ${name} » y est écrit deux fois`,
    "chaque attribut une seule fois",
  ],
];

/** Why a passage is not XML; libxml2's own words when they are not known. */
export function malForme(message: string): Cause {
  for (const [pattern, value, attendu] of READINGS) {
    const match = pattern.exec(message);
    if (match !== null) return { code: "xml-mal-forme", value: value(match), attendu };
  }
  return { code: "xml-mal-forme", value: `message d'origine, en anglais : ${message}` };
}
