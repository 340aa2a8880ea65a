import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  clean,
  type DefautKind,
  ELEMENTS,
  type ElementName,
  parse,
  serialise,
} from "../../../src/lheo/index.ts";
import { arbitraryElement } from "../../support/lheoArbitrary.ts";

const NAMES = Object.keys(ELEMENTS) as ElementName[];
const anyName = fc.constantFrom(...NAMES);

describe("clean", () => {
  test("a value without defect comes back as the same object", () => {
    fc.assert(
      fc.property(arbitraryElement("formation", "plain"), (value) => {
        const { value: cleaned, defauts } = clean("formation", value);
        expect(defauts).toEqual([]);
        expect(cleaned).toBe(value);
      }),
      { numRuns: 200 },
    );
  });

  test("what comes back can always be written, whatever was given", () => {
    const keys = fc.oneof(
      anyName,
      fc.constantFrom("@", "#", "<>", "*", "numero", "extra", "extras"),
      fc.string(),
    );
    const junk = fc.anything({
      key: keys,
      maxDepth: 4,
      values: [fc.string({ unit: "binary" }), fc.integer(), fc.constant(null)],
    });
    fc.assert(
      fc.property(anyName, junk, (name, value) => {
        const { value: cleaned } = clean(name, value as string);
        parse(name, serialise(name, cleaned));
        expect(clean(name, cleaned).value).toEqual(cleaned);
      }),
      { numRuns: 2000 },
    );
  });

  test("valid values of any text keep all their elements and can be written", () => {
    fc.assert(
      fc.property(arbitraryElement("formation"), (value) => {
        const { value: cleaned, defauts } = clean("formation", value);
        serialise("formation", cleaned);
        expect(clean("formation", cleaned).value).toBe(cleaned);
        expect(defauts.filter(({ kind }) => kind === "forme" || kind.endsWith("inconnu"))).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});

const texts: readonly (readonly [DefautKind, string, string, string | undefined])[] = [
  ["caractere-interdit", "avant\u0007après", "avantaprès", ""],
  ["caractere-interdit", "avant\uffffaprès", "avantaprès", ""],
  ["caractere-interdit", "avant\u007faprès", "avantaprès", ""],
  ["surrogat-isole", "avant\ud83daprès", "avantaprès", ""],
  ["surrogat-isole", "avant\ude00\ud83d\ude00", "avant\ud83d\ude00", ""],
  ["retour-chariot", "a\r\nb\r\n", "a\nb\n", ""],
  ["retour-chariot", "a\rb", "a\nb", "\n"],
  ["controle-word", "ligne\u000bsuivante", "ligne\nsuivante", "\n"],
  ["controle-word", "page\u000csuivante", "page\nsuivante", "\n"],
  ["controle-word", "peut\u001eêtre", "peut-être", "-"],
  ["controle-word", "forma\u001ftion", "formation", ""],
  ["caractere-windows", "l\u0092apprenti\u0085", "l’apprenti…", "’"],
  ["caractere-windows", "a\u0081b", "ab", ""],
  ["caractere-perdu", "caf\ufffd", "caf\ufffd", undefined],
  ["html", "<p>Bonjour</p>", "<p>Bonjour</p>", undefined],
  ["html", "Tom &eacute;crit", "Tom &eacute;crit", undefined],
  ["html", "un<BR/>deux", "un<BR/>deux", undefined],
  ["texte-blanc", "\u00a0  ", "\u00a0  ", undefined],
];

describe("each defect of a text is repaired or kept, and told once", () => {
  test.each(texts)("%s: %j", (kind, text, expected, attendu) => {
    const { value, defauts } = clean("commentaire", text);
    expect(value).toBe(expected);
    expect(defauts.map((d) => [d.kind, d.path, d.attendu])).toEqual([[kind, "", attendu]]);
  });

  test.each(["3 < 5 et R&D", "a <b et c", "AT&T;", "x<y>z", "", "l’été"])("no defect: %j", (text) => {
    expect(clean("modalites-recrutement", text).defauts).toEqual([]);
  });

  test("where it stands is told, and what stood around it", () => {
    const session = { periode: { debut: "2026\u00000901", fin: "20261231" } };
    const { value, defauts } = clean("formation", {
      "@": { numero: "75_\u00011" },
      action: [{ session: [session, { ...session, periode: { fin: "20261231" } }] }],
      extras: [
        {
          "*": [
            [
              "extras",
              {
                "*": [
                  ["extra", "a"],
                  ["extra", { "@": { info: "x" }, "#": "b\ud800" }],
                ],
              },
            ],
          ],
        },
      ],
    });
    expect(defauts).toEqual([
      { kind: "caractere-interdit", path: "@numero", value: "75_[U+0001]1", attendu: "" },
      {
        kind: "caractere-interdit",
        path: "action[1]/session[1]/periode/debut",
        value: "2026[U+0000]0901",
        attendu: "",
      },
      { kind: "surrogat-isole", path: "extras[1]/extras[1]/extra[2]", value: "b[U+D800]", attendu: "" },
    ]);
    expect(value["@"]).toEqual({ numero: "75_1" });
    expect(value.action?.[0]?.session?.[0]?.periode?.debut).toBe("20260901");
  });
});

describe("lengths", () => {
  const lengths = (text: string) => clean("intitule-formation", text).defauts.map((d) => [d.kind, d.attendu]);

  test("are counted in characters and never cut", () => {
    expect(lengths("😀".repeat(255))).toEqual([]);
    expect(clean("intitule-formation", "😀".repeat(256)).value).toBe("😀".repeat(256));
    expect(lengths("😀".repeat(256))).toEqual([["trop-long", "255"]]);
    expect(lengths("")).toEqual([["trop-court", "1"]]);
  });

  test("count the space that is written before a line break", () => {
    expect(lengths(`${"x".repeat(253)}\n`)).toEqual([]);
    expect(lengths(`${"x".repeat(254)}\n`)).toEqual([["trop-long", "255"]]);
    expect(lengths(`${"x".repeat(253)} \n`)).toEqual([]);
  });

  test("are those of each element of text, at the bound and one over", () => {
    const wrong = NAMES.filter((name) => ELEMENTS[name].kind === "text").filter((name) => {
      const { minLength = 0, maxLength = 0 } = ELEMENTS[name];
      const kinds = (length: number) =>
        clean(name, "x".repeat(length))
          .defauts.map((d) => d.kind)
          .join();
      const short = minLength === 0 ? "" : "trop-court";
      return (
        kinds(maxLength) !== "" ||
        kinds(maxLength + 1) !== "trop-long" ||
        kinds(minLength) !== "" ||
        kinds(Math.max(0, minLength - 1)) !== short
      );
    });
    expect(wrong).toEqual([]);
  });
});

describe("what the language has no place for is dropped and told", () => {
  const cases: readonly (readonly [ElementName, unknown, unknown, DefautKind, string])[] = [
    ["periode", { debut: "1", duree: "x" }, { debut: "1" }, "element-inconnu", "duree"],
    ["periode", { "@": { href: "x", info: "y" } }, { "@": { info: "y" } }, "attribut-inconnu", "@href"],
    ["periode", { debut: 20260101 }, {}, "forme", "debut"],
    ["telfixe", { numtel: "05" }, {}, "forme", "numtel"],
    ["telfixe", { numtel: ["05", null] }, { numtel: ["05"] }, "forme", "numtel[2]"],
    ["nom", { "#": "a", "@": { info: 3 } }, { "#": "a", "@": {} }, "forme", "@info"],
    ["extra", { "<>": "<b>" }, { "#": "<b>" }, "brut-mal-forme", ""],
    [
      "extras",
      {
        "*": [
          ["extra", "a"],
          ["nom", "b"],
        ],
      },
      { "*": [["extra", "a"]] },
      "element-inconnu",
      "nom",
    ],
    ["periode", null, {}, "forme", ""],
    ["extras", "x", { "*": [] }, "forme", ""],
    ["nom", undefined, "", "forme", ""],
  ];
  test.each(cases)("%s %j", (name, given, kept, kind, path) => {
    const { value, defauts } = clean(name, given as string);
    expect(value).toEqual(kept);
    expect(defauts.map((d) => [d.kind, d.path])).toEqual([[kind, path]]);
  });
});
