import fc from "fast-check";
import {
  type Attributes,
  DICTS,
  ELEMENTS,
  type ElementName,
  type ElementSpec,
  type ElementValues,
  type Extra,
  type Extras,
  writtenLength,
} from "../../src/lheo/index.ts";

/**
 * `plain` texts have nothing that `clean` would report; `any` texts hold whatever XML can carry (`\r`, HTML, blanks,
 * control characters of windows-1252...). Both are valid by the schema.
 */
export type Texts = "plain" | "any";

const LETTERS = [..."abcdeéèàçœÀÉ’“”–…€ñŒ0123456789 .,;:!?'\"()/@-", "\u00a0", "😀", "𝄞", "漢"];
const MARKUP = ["&", "<", ">", "]]>", "\n", " \n", "\t", "<p>", "&amp;", "--", "{", "\\"];
const ODD = [
  "\r",
  "\r\n",
  "\u0085",
  "\u0092",
  "\u2028",
  "\ufffd",
  "\ue000",
  "\u200b",
  "\u007f",
  "&nbsp;",
  " ",
];

/** A text that fits in `[min, max]` as the schema counts it. */
export function arbitraryText(min: number, max: number, texts: Texts = "any"): fc.Arbitrary<string> {
  const units = texts === "plain" ? [...LETTERS, "&", "<", ">", "\n"] : [...LETTERS, ...MARKUP, ...ODD];
  const most = Math.min(max, min + 24);
  const usual = fc
    .array(fc.constantFrom(...units), { minLength: min, maxLength: most })
    .map((list) => bounded(list.join(""), min, max));
  const texte =
    max <= 400
      ? fc.oneof({ weight: 9, arbitrary: usual }, { weight: 1, arbitrary: fc.constant("é".repeat(max)) })
      : usual;
  return texts === "plain" ? texte.map((text) => plain(text, min, max)) : texte;
}

/** Cuts a text that is too long once written, and fills one that is too short. */
function bounded(text: string, min: number, max: number): string {
  const characters = [...text];
  while (writtenLength(characters.join("")) > max) characters.pop();
  while (writtenLength(characters.join("")) < min) characters.push("x");
  return characters.join("");
}

/** A text may begin with a blank, but not be blank nor look like HTML. */
function plain(text: string, min: number, max: number): string {
  const safe = text.replaceAll(/<(?=[a-z/])/gi, "(").replaceAll(/&(?=\w)/g, "+");
  return safe !== "" && safe.trim() === "" ? bounded(`x${safe.slice(1)}`, min, max) : safe;
}

const two = (n: number): string => String(n).padStart(2, "0");

/** Any date that the schema accepts. */
export const arbitraryDate: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom("00000000", "99999999"),
  fc.integer({ min: 1900, max: 2199 }).map((year) => `${year}0000`),
  fc
    .tuple(
      fc.integer({ min: 1900, max: 2199 }),
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 0, max: 28 }),
    )
    .map(([year, month, day]) => `${year}${two(month)}${two(day)}`),
);

const SAMPLES: Readonly<Record<string, fc.Arbitrary<string>>> = {
  "horodatage-creation": fc.constantFrom("2026-02-01T10:20:30Z", "2026-02-01T10:20:30.5+01:00"),
  "horodatage-modification": fc.constant("2026-02-01T10:20:30"),
  "horodatage-export": fc.constant("2026-02-01T10:20:30"),
  uri: fc.constantFrom("https://exemple.fr/?a=1&b=2", "urn:exemple:1"),
  datemaj: fc.constant("20260201"),
  datecrea: fc.constant("20260131"),
};

/** Attributes of an element, those it requires included. `id` and `idref` are left out: they bind a whole document. */
function arbitraryAttributes(spec: ElementSpec, texts: Texts): fc.Arbitrary<Attributes | undefined> {
  const names = spec.attributes.filter((name) => name !== "id" && name !== "idref");
  const text = arbitraryText(1, 12, texts);
  const attributeText = texts === "plain" ? text.map((value) => value.replaceAll("\n", "/")) : text;
  const arbitraries = Object.fromEntries(names.map((name) => [name, SAMPLES[name] ?? attributeText]));
  const some = fc
    .uniqueArray(fc.constantFrom(...names), { minLength: 1, maxLength: 3 })
    .chain((chosen) => fc.record(arbitraries, { requiredKeys: [] }).map((all) => pick(all, chosen)));
  const required = fc.record(
    Object.fromEntries(spec.requiredAttributes.map((name) => [name, fc.constant("V14")])),
  );
  if (spec.requiredAttributes.length > 0) {
    return fc.tuple(fc.option(some), required).map(([more, must]) => ({ ...more, ...must }));
  }
  return fc
    .option(some, { nil: undefined, freq: 4 })
    .map((a) => (a && Object.keys(a).length > 0 ? a : undefined));
}

function pick(all: Readonly<Record<string, string | undefined>>, names: readonly string[]): Attributes {
  const entries = names.flatMap((name) => (all[name] === undefined ? [] : [[name, all[name]] as const]));
  return Object.fromEntries(entries);
}

function leafText(spec: ElementSpec, texts: Texts): fc.Arbitrary<string> {
  switch (spec.kind) {
    case "key":
      return fc.constantFrom(...Object.keys(spec.dict === undefined ? {} : DICTS[spec.dict]));
    case "int":
      return fc.integer({ min: spec.minValue ?? 0, max: spec.maxValue ?? 0 }).map(String);
    case "date":
      return arbitraryDate;
    default:
      return arbitraryText(spec.minLength ?? 0, spec.maxLength ?? 60, texts);
  }
}

function arbitraryLeaf(spec: ElementSpec, texts: Texts): fc.Arbitrary<unknown> {
  return fc
    .tuple(arbitraryAttributes(spec, texts), leafText(spec, texts))
    .map(([attributes, text]) => (attributes === undefined ? text : { "@": attributes, "#": text }));
}

const RAW = [
  "<coordonnees/>",
  'Voir <b xmlns="urn:exemple">ici</b>, puis là',
  '<x:d xmlns:x="urn:x" x:a="1"><x:e><![CDATA[1 < 2]]></x:e><!-- note --></x:d>',
  "avant<!-- un commentaire -->après",
  "<?cible valeur?>",
  "\n  <periode><debut>20260101</debut><fin>20261231</fin></periode>\n  <!-- & --> &amp; \n",
];

function arbitraryExtra(texts: Texts): fc.Arbitrary<Extra> {
  const spec = ELEMENTS.extra;
  const raw = fc
    .tuple(arbitraryAttributes(spec, texts), fc.constantFrom(...RAW))
    .map(([attributes, inside]) =>
      attributes === undefined ? { "<>": inside } : { "@": attributes, "<>": inside },
    );
  return fc.oneof(
    { weight: 3, arbitrary: arbitraryLeaf(spec, texts) },
    { weight: 1, arbitrary: raw },
  ) as fc.Arbitrary<Extra>;
}

function arbitraryExtras(texts: Texts, depth = 0): fc.Arbitrary<Extras> {
  const extra = arbitraryExtra(texts).map((value) => ["extra", value] as const);
  const nested = () => arbitraryExtras(texts, depth + 1).map((value) => ["extras", value] as const);
  const entry =
    depth >= 2 ? extra : fc.oneof({ weight: 3, arbitrary: extra }, { weight: 1, arbitrary: nested() });
  return fc
    .tuple(arbitraryAttributes(ELEMENTS.extras, texts), fc.array(entry, { maxLength: 3 }))
    .map(([attributes, list]) => (attributes === undefined ? { "*": list } : { "@": attributes, "*": list }));
}

function arbitraryOf(name: ElementName, texts: Texts): fc.Arbitrary<unknown> {
  const spec = ELEMENTS[name];
  if (spec.kind === "choice") return arbitraryExtras(texts);
  if (spec.kind === "any") return arbitraryExtra(texts);
  if (spec.kind !== "sequence") return arbitraryLeaf(spec, texts);
  const children = spec.children.map(({ name: child, min, max }) => {
    const one: fc.Arbitrary<unknown> = arbitraryElement(child, texts);
    const value: fc.Arbitrary<unknown> =
      max === 1 ? one : fc.array(one, { minLength: min, maxLength: Math.min(max, min + 1) });
    return min > 0 ? value : fc.option(value, { nil: undefined, freq: 2 });
  });
  return fc.tuple(arbitraryAttributes(spec, texts), fc.tuple(...children)).map(([attributes, values]) => {
    const entries = spec.children.map((child, i) => [child.name, values[i]] as const);
    const present = entries.filter(([, value]) => value !== undefined);
    return Object.fromEntries(attributes === undefined ? present : [["@", attributes], ...present]);
  });
}

const made = new Map<string, fc.Arbitrary<unknown>>();

/** Values of an element that the schema accepts, from the table alone: every child, attribute and bound is met. */
export function arbitraryElement<N extends ElementName>(
  name: N,
  texts: Texts = "any",
): fc.Arbitrary<ElementValues[N]> {
  const key = `${name} ${texts}`;
  const arbitrary = made.get(key) ?? arbitraryOf(name, texts);
  made.set(key, arbitrary);
  return arbitrary as fc.Arbitrary<ElementValues[N]>;
}
