import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  addDays,
  compareDates,
  datePrecision,
  firstDay,
  isFullDate,
  isRealDate,
  lastDay,
  parisDay,
} from "../../../src/lheo/index.ts";
import { arbitraryDate } from "../../support/lheoArbitrary.ts";

const two = (n: number): string => String(n).padStart(2, "0");

/** Does the calendar of JavaScript give this day back? */
function exists(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

describe("dates of LHEO", () => {
  test("every day from 1900 to 2199 agrees with Date, and so does every day that is none", () => {
    const wrong: string[] = [];
    for (let year = 1900; year < 2200; year++) {
      for (let month = 1; month <= 12; month++) {
        for (let day = 1; day <= 31; day++) {
          const date = `${year}${two(month)}${two(day)}`;
          if (isRealDate(date) !== exists(year, month, day)) wrong.push(date);
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  test("the last day of a month is the day before the first of the next one", () => {
    const wrong: string[] = [];
    for (let year = 1900; year < 2200; year++) {
      for (let month = 1; month <= 12; month++) {
        const end = new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10).replaceAll("-", "");
        if (lastDay(`${year}${two(month)}00`) !== end) wrong.push(end);
      }
    }
    expect(wrong).toEqual([]);
  });

  test.each([
    ["20260231", undefined, undefined, undefined],
    ["20260229", undefined, undefined, undefined],
    ["20280229", "jour", "20280229", "20280229"],
    ["20260200", "mois", "20260201", "20260228"],
    ["20260000", "annee", "20260101", "20261231"],
    ["00000000", "inconnue", undefined, undefined],
    ["99999999", "inconnue", undefined, undefined],
    ["20261301", undefined, undefined, undefined],
    ["20260015", undefined, undefined, undefined],
    ["00000115", undefined, undefined, undefined],
    ["2026-02-01", undefined, undefined, undefined],
    ["", undefined, undefined, undefined],
    ["２０２６０２０１", undefined, undefined, undefined],
  ])("%s", (date, precision, first, last) => {
    expect(datePrecision(date)).toBe(precision);
    expect(isRealDate(date)).toBe(precision !== undefined);
    expect(isFullDate(date)).toBe(precision === "jour");
    expect([firstDay(date), lastDay(date)]).toEqual([first, last]);
  });

  test("a debut is after a fin only when no reading of either puts it before", () => {
    expect(compareDates("20260901", "20260831")).toBe(1);
    expect(compareDates("20260901", "20260901")).toBe(0);
    expect(compareDates("20260901", "20260900")).toBe(0);
    expect(compareDates("20261001", "20260900")).toBe(1);
    expect(compareDates("20260000", "20270101")).toBe(-1);
    expect(compareDates("20260901", "99999999")).toBe(0);
    expect(compareDates("00000000", "20260901")).toBe(0);
    fc.assert(
      fc.property(arbitraryDate, arbitraryDate, (a, b) => compareDates(a, b) + compareDates(b, a) === 0),
    );
  });

  test("days are added over months, leap years and years", () => {
    expect(addDays("20280228", 1)).toBe("20280229");
    expect(addDays("20260228", 1)).toBe("20260301");
    expect(addDays("20270101", -1)).toBe("20261231");
  });

  test("the day in Paris turns at its own midnight, summer and winter", () => {
    expect(parisDay(new Date("2026-07-14T21:59:59Z"))).toBe("20260714");
    expect(parisDay(new Date("2026-07-14T22:00:00Z"))).toBe("20260715");
    expect(parisDay(new Date("2026-12-31T22:59:59Z"))).toBe("20261231");
    expect(parisDay(new Date("2026-12-31T23:00:00Z"))).toBe("20270101");
  });
});
