import fc, { type Arbitrary } from "fast-check";
import type {
  Adresse,
  CodeRef,
  Contact,
  Coordonnees,
  Periode,
} from "../../../src/published/contract/index.ts";

/** Letters, accents, what XML escapes, what Word pastes, one character of two units, a line break, HTML. */
const CLEAN = [..."abcdeEÉàçœ’ –-.,0123456789&<>\"'«»€%/\u{1F393}", "\n", "<p>", "</p>", "&eacute;"];
/** What XML cannot carry, or would read as something else. */
const DIRTY = ["\u000b", "\r\n", "\r", "\u0001", "\u001e", "\ud800", "\u0092", "\ufffe", "\t", " \n"];
const EDGES = [..."abcEÉœ0123456789.&<>»€\u{1F393}"];

/** A line break is written as two characters, and a piece is up to eight. */
function text(max: number, pieces: readonly string[]): Arbitrary<string> {
  const maxLength = Math.max(0, Math.min(30, Math.floor(max / 8) - 2));
  const edge = fc.constantFrom(...EDGES);
  return fc
    .tuple(edge, fc.array(fc.constantFrom(...pieces), { maxLength }), edge)
    .map(([first, middle, last]) => first + middle.join("") + last);
}

/**
 * A text of 1 to `max` characters, as a person or a paste leaves it, that neither begins nor ends with a blank.
 * @param max of the schema; texts stay short all the same
 */
export const texte = (max: number): Arbitrary<string> => text(max, [...CLEAN, ...DIRTY]);

/** The same, as a file that could be read holds it. */
export const textePropre = (max: number): Arbitrary<string> => text(max, CLEAN);

export const digits = (length: number): Arbitrary<string> =>
  fc
    .integer({ min: 0, max: 10 ** Math.min(length, 9) - 1 })
    .map((value) => String(value).padStart(length, "1"));

export const code = <T extends string>(...codes: readonly T[]): Arbitrary<T> => fc.constantFrom(...codes);

export const list = <T>(item: Arbitrary<T>, min: number, max: number): Arbitrary<T[]> =>
  fc.array(item, { minLength: min, maxLength: max });

export const url = fc.nat(999).map((n) => `https://exemple.fr/page/${n}?a=1&b=2`);

/** Full, partial and unknown dates. */
export const date = fc.oneof(
  fc
    .tuple(
      fc.integer({ min: 2024, max: 2029 }),
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 1, max: 28 }),
    )
    .map(([year, month, day]) => `${year}${String(month).padStart(2, "0")}${String(day).padStart(2, "0")}`),
  fc.constantFrom("20270900", "20270000", "00000000", "99999999"),
);

export const periode: Arbitrary<Periode> = fc.record({ debut: date, fin: date });

export const codeRef: Arbitrary<CodeRef> = fc.record({ code: digits(5), ref: code("V11", "V12", "V14") });

export const adresse: Arbitrary<Adresse> = fc
  .tuple(
    fc.record(
      {
        denomination: texte(255),
        lignes: list(texte(50), 1, 4),
        code_postal: digits(5),
        ville: texte(50),
        departement: code("33", "2A", "974"),
        code_insee_commune: code("33063", "2A004", "97411"),
        code_insee_canton: digits(4),
        region: code("75", "94", "04"),
        pays: code("FR", "BE"),
      },
      { requiredKeys: ["lignes", "code_postal", "ville"] },
    ),
    fc.option(fc.record({ latitude: code("44.8378", "-21.1"), longitude: code("-0.5792", "55.5") })),
  )
  .map(([reste, position]) => ({ ...reste, ...position }));

export const coordonnees: Arbitrary<Coordonnees> = fc.record(
  {
    civilite: texte(50),
    nom: texte(50),
    prenom: texte(50),
    lignes: list(texte(50), 0, 3),
    adresse,
    telfixe: list(digits(10), 0, 3),
    portable: list(digits(10), 0, 3),
    fax: list(digits(10), 0, 3),
    courriel: code("accueil@exemple.fr", "a.b@exemple.fr"),
    web: list(url, 0, 3),
  },
  { requiredKeys: ["lignes", "telfixe", "portable", "fax", "web"] },
);

export const contact: Arbitrary<Contact> = fc.record(
  { type_contact: code("0", "1", "3", "13", "14"), principal: fc.boolean(), coordonnees },
  { requiredKeys: ["principal", "coordonnees"] },
);
