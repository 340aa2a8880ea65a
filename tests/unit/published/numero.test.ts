import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalJson, compareNumeros, numeroDefect } from "../../../src/published/index.ts";

const text = fc.string({ unit: "binary" }).filter((value) => !/\p{Surrogate}/u.test(value));
const nearby = fc.string({
  unit: fc.constantFrom("a", "é", "\ud7ff", "\ue000", "\uffee", "😀", "\u{10ffff}"),
});

describe("numbers", () => {
  test("are in the order of their bytes, as PostgreSQL sorts them", () => {
    fc.assert(
      fc.property(fc.oneof(text, nearby), fc.oneof(text, nearby), (a, b) => {
        expect(Math.sign(compareNumeros(a, b))).toBe(
          Math.sign(Buffer.compare(Buffer.from(a), Buffer.from(b))),
        );
      }),
      { numRuns: 2000 },
    );
  });

  test.each(["20000000123", "01_GE2030516", "é 1", "😀", " ", "a#b"])("%j is kept as it is", (numero) => {
    expect(numeroDefect(numero)).toBeUndefined();
  });

  test.each([
    ["", "un numéro vide"],
    ["a|b", "un numéro avec « | », « ## » ou un caractère de contrôle"],
    ["a\u007f", "un numéro avec « | », « ## » ou un caractère de contrôle"],
  ])("%j is refused", (numero, defect) => {
    expect(numeroDefect(numero)).toBe(defect);
  });
});

test("200 characters at most", () => {
  expect(numeroDefect("x".repeat(200))).toBeUndefined();
  expect(numeroDefect("x".repeat(201))).toBe("un numéro de plus de 200 caractères");
});

describe("canonical JSON", () => {
  /** Without escapes: JSON.parse of V8 13.6 (Node 24) takes a key that is one escape, such as "\\t", for another. */
  const json = fc.jsonValue().filter((value) => !JSON.stringify(value).includes("\\"));

  test("says the same as JSON but for nulls in objects and the order of keys", () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(JSON.parse(canonicalJson([value]))).toEqual(JSON.parse(JSON.stringify([value], withoutNulls)));
      }),
    );
  });

  test("does not depend on the order of keys", () => {
    fc.assert(
      fc.property(fc.dictionary(text, json), (value) => {
        const turned = Object.fromEntries(Object.entries(value).toReversed());
        expect(canonicalJson(turned)).toBe(canonicalJson(value));
      }),
    );
  });
});

function withoutNulls(this: unknown, _: string, value: unknown): unknown {
  return value === null && !Array.isArray(this) ? undefined : value;
}
