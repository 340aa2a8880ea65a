import fc from "fast-check";
import { expect, test } from "vitest";
import {
  addDays,
  addWorkingDays,
  closedBecause,
  countWorkingDays,
  easter,
  joursFeries,
  weekday,
  ZONES,
  zCalendrier,
} from "../../../src/calendar/index.ts";

const FROM = Date.UTC(1900, 0, 1);
const TO = Date.UTC(2199, 11, 1);

/** Civil days 1900–2199, leap years and Easters included. */
const anyDay = fc
  .integer({ min: FROM / 86_400_000, max: TO / 86_400_000 })
  .map((days) => new Date(days * 86_400_000).toISOString().slice(0, 10).replaceAll("-", ""));

const anyCalendar = fc
  .record({
    zone: fc.constantFrom(...ZONES),
    jours: fc.constantFrom("ouvres" as const, "ouvrables" as const),
    fermetures: fc.array(anyDay, { maxLength: 20 }),
  })
  .map((record) => zCalendrier.parse(record));

const anyWait = fc.integer({ min: 0, max: 30 });

test("a result is never a day that is not worked", () => {
  fc.assert(
    fc.property(anyDay, anyWait, anyCalendar, (day, n, calendar) => {
      expect(closedBecause(addWorkingDays(day, n, calendar), calendar)).toBeUndefined();
    }),
  );
});

test("zero rolls to the next working day, and stays on a working day", () => {
  fc.assert(
    fc.property(anyDay, anyCalendar, (day, calendar) => {
      const rolled = addWorkingDays(day, 0, calendar);
      expect(rolled >= day).toBe(true);
      for (let at = day; at < rolled; at = addDays(at, 1))
        expect(closedBecause(at, calendar)).not.toBeUndefined();
      expect(addWorkingDays(rolled, 0, calendar)).toBe(rolled);
    }),
  );
});

test("monotone in the day and strictly so in the count", () => {
  fc.assert(
    fc.property(anyDay, fc.integer({ min: 0, max: 40 }), anyWait, anyCalendar, (day, later, n, calendar) => {
      expect(addWorkingDays(addDays(day, later), n, calendar) >= addWorkingDays(day, n, calendar)).toBe(true);
      expect(addWorkingDays(day, n + 1, calendar) > addWorkingDays(day, n, calendar)).toBe(true);
    }),
  );
});

test("additive: a days then b days are a + b days", () => {
  fc.assert(
    fc.property(anyDay, anyWait, anyWait, anyCalendar, (day, a, b, calendar) => {
      expect(addWorkingDays(addWorkingDays(day, a, calendar), b, calendar)).toBe(
        addWorkingDays(day, a + b, calendar),
      );
    }),
  );
});

test("every day passed over is explained, once and in order, and nothing else is", () => {
  fc.assert(
    fc.property(anyDay, anyWait, anyCalendar, (day, n, calendar) => {
      const { jour, sautes } = countWorkingDays(day, n, calendar);
      const closed: string[] = [];
      for (let at = day; at < jour; at = addDays(at, 1))
        if (closedBecause(at, calendar) !== undefined) closed.push(at);
      expect(sautes.map((saute) => saute.jour)).toEqual(closed);
      expect(sautes.every((saute) => saute.raison !== "")).toBe(true);
    }),
  );
});

test("Easter follows another algorithm on every year 1900–2199", () => {
  for (let year = 1900; year < 2200; year += 1) expect(easter(year)).toBe(oudin(year));
  expect([easter(2024), easter(2025), easter(2026)]).toEqual(["20240331", "20250420", "20260405"]);
});

/** Oudin's method, independent of the one under test. */
function oudin(year: number): string {
  const g = year % 19;
  const c = Math.floor(year / 100);
  const h = (c - Math.floor(c / 4) - Math.floor((8 * c + 13) / 25) + 19 * g + 15) % 30;
  const i = h - Math.floor(h / 28) * (1 - Math.floor(29 / (h + 1)) * Math.floor((21 - g) / 11));
  const j = (year + Math.floor(year / 4) + i + 2 - c + Math.floor(c / 4)) % 7;
  const l = i - j;
  const month = 3 + Math.floor((l + 40) / 44);
  const day = l + 28 - 31 * Math.floor(month / 4);
  return `${year}${String(month).padStart(2, "0")}${String(day).padStart(2, "0")}`;
}

test("public holidays of 2026 in metropolitan France", () => {
  expect([...joursFeries(2026, "metropole").keys()].sort()).toEqual([
    "20260101",
    "20260406",
    "20260501",
    "20260508",
    "20260514",
    "20260525",
    "20260714",
    "20260815",
    "20261101",
    "20261111",
    "20261225",
  ]);
});

test.each([
  ["alsace-moselle", ["20260403", "20261226"]],
  ["guadeloupe", ["20260527"]],
  ["martinique", ["20260522"]],
  ["guyane", ["20260610"]],
  ["reunion", ["20261220"]],
  ["mayotte", ["20260427"]],
  ["saint-barthelemy", ["20261009"]],
  ["saint-martin", ["20260528"]],
  ["saint-pierre-et-miquelon", []],
] as const)("%s adds its own days", (zone, own) => {
  const common = joursFeries(2026, "metropole");
  const added = [...joursFeries(2026, zone).keys()].filter((day) => !common.has(day));
  expect(added.sort()).toEqual(own);
});

test("Saturday is worked by jours ouvrables, never Sunday", () => {
  const ouvrables = zCalendrier.parse({ jours: "ouvrables" });
  const ouvres = zCalendrier.parse({});
  expect(weekday("20260613")).toBe(6);
  expect(closedBecause("20260613", ouvrables)).toBeUndefined();
  expect(closedBecause("20260613", ouvres)).toBe("samedi");
  expect(closedBecause("20260614", ouvrables)).toBe("dimanche");
});
