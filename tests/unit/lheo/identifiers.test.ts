import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  codeBloc,
  codeCertification,
  isSiret,
  isUai,
  labelOf,
  luhn,
  ndaDefect,
  siretDefect,
  uaiDefect,
} from "../../../src/lheo/index.ts";

const digits = (length: number) => fc.stringMatching(new RegExp(`^[0-9]{${length}}$`));
const last = "0123456789";

/** Completes a number with the digit that its key wants. */
const keyed = (start: string): string => start + [...last].find((digit) => luhn(start + digit));

const siret = fc
  .tuple(
    digits(8).filter((d) => d !== "00000000"),
    digits(4),
  )
  .map(([siren, nic]) => keyed(keyed(siren) + nic));

describe("SIRET", () => {
  test("a number with both keys is one", () => {
    fc.assert(fc.property(siret, (number) => isSiret(number)));
  });

  test("one wrong digit is always seen", () => {
    const change = fc.tuple(siret, fc.nat(13), fc.integer({ min: 1, max: 9 }));
    fc.assert(
      fc.property(change, ([number, at, by]) => {
        const wrong = number.slice(0, at) + ((Number(number[at]) + by) % 10) + number.slice(at + 1);
        fc.pre(!wrong.startsWith("356000000"));
        return ["cle", "zeros"].includes(siretDefect(wrong) ?? "");
      }),
    );
  });

  test("La Poste's establishments have a sum that is a multiple of 5", () => {
    expect(isSiret("35600000000048")).toBe(true);
    expect(luhn("35600000049837")).toBe(false);
    expect(isSiret("35600000049837")).toBe(true);
    expect(siretDefect("35600000049838")).toBe("cle");
    fc.assert(
      fc.property(digits(5), (nic) => {
        const number = `356000000${nic}`;
        const sum = [...number].reduce((total, digit) => total + Number(digit), 0);
        return isSiret(number) === (sum % 5 === 0 || luhn(number));
      }),
    );
  });

  test.each([
    ["83952766000014", undefined],
    ["00000000000000", "zeros"],
    ["", "vide"],
    ["  ", "vide"],
    ["8395276600001", "forme"],
    ["839527660 00014", "forme"],
    ["ABCDEFGHIJKLMN", "forme"],
    ["MONACOCONFO001", undefined],
    ["83952766000015", "cle"],
  ])("%s: %s", (number, defect) => {
    expect(siretDefect(number)).toBe(defect);
  });
});

test.each([
  ["75331234533", undefined],
  ["942A1234520", "composition"],
  ["942A123452A", undefined],
  ["75331234534", "composition"],
  ["7533123453", "forme"],
  ["NDA75331234", "forme"],
  ["00000000000", "zeros"],
  ["", "vide"],
])("NDA %s: %s", (nda, defect) => {
  expect(ndaDefect(nda)).toBe(defect);
});

test.each([
  ["0681761V", undefined],
  ["0681761W", "cle"],
  ["0681761v", "forme"],
  ["681761V", "forme"],
  ["0000000A", "zeros"],
  ["", "vide"],
])("UAI %s: %s", (uai, defect) => {
  expect(uaiDefect(uai)).toBe(defect);
  expect(isUai(uai)).toBe(defect === undefined);
});

test("a code of a certification is read with or without its prefix", () => {
  expect(codeCertification("RNCP", "RNCP35819")?.cle).toBe("RNCP35819");
  expect(codeCertification("RNCP", " 35819 ")?.cle).toBe("RNCP35819");
  expect(codeCertification("RS", "rs 5500")).toEqual({ repertoire: "RS", numero: "5500", cle: "RS5500" });
  expect(codeCertification("CERTIFINFO", "083899")?.cle).toBe("CERTIFINFO83899");
  expect(codeCertification("RNCP", "RS5500")).toBeUndefined();
  expect(codeCertification("RNCP", "RNCP00000")).toBeUndefined();
  expect(codeCertification("RNCP", "RNCP")).toBeUndefined();
  expect(codeCertification("RNCP", "à venir")).toBeUndefined();
});

test("a code of a block tells its certification", () => {
  expect(codeBloc("RNCP35819BC01")).toEqual({
    certification: "RNCP35819",
    bloc: "BC01",
    cle: "RNCP35819BC01",
  });
  expect(codeBloc("RNCP35819")).toBeUndefined();
  expect(codeBloc("RNCP00000BC01")).toBeUndefined();
});

test("a label is that of its dictionary, and nothing inherited", () => {
  expect(labelOf("dict-modalites-enseignement", "2")).toBe("formation entièrement à distance");
  expect(labelOf("dict-boolean", "2")).toBeUndefined();
  expect(labelOf("dict-boolean", "toString")).toBeUndefined();
});
