import fc from "fast-check";
import { expect, test } from "vitest";
import {
  eligibleAt,
  nextWindow,
  parisInstant,
  parisTime,
  visibleOn,
  watermark,
  ZONES,
  zCalendrier,
} from "../../../src/calendar/index.ts";

const anyInstant = fc
  .integer({ min: Date.UTC(1977, 0, 1), max: Date.UTC(2199, 0, 1) })
  .map((ms) => new Date(ms));
const anyHour = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map(([hour, minute]) => `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`);
const anyCalendar = fc
  .record(
    {
      zone: fc.constantFrom(...ZONES),
      jours: fc.constantFrom("ouvres" as const, "ouvrables" as const),
      heureLimite: anyHour,
    },
    { requiredKeys: ["zone", "jours"] },
  )
  .map((record) => zCalendrier.parse(record));
const anyWait = fc.integer({ min: 0, max: 12 });

test("watermark is the exact inverse of eligibleAt, to the millisecond", () => {
  fc.assert(
    fc.property(anyInstant, anyWait, anyCalendar, (instant, attente, calendar) => {
      const mark = watermark(instant, attente, calendar);
      const after = new Date(mark.getTime() + 1);
      expect(eligibleAt(mark, attente, calendar).at.getTime()).toBeLessThanOrEqual(instant.getTime());
      expect(eligibleAt(after, attente, calendar).at.getTime()).toBeGreaterThan(instant.getTime());
    }),
  );
});

test("a version is eligible at T if and only if it is not after the watermark", () => {
  fc.assert(
    fc.property(
      anyInstant,
      fc.integer({ min: -20 * 86_400_000, max: 20 * 86_400_000 }),
      anyWait,
      anyCalendar,
      (instant, shift, attente, calendar) => {
        const misEnLigne = new Date(instant.getTime() + shift);
        expect(eligibleAt(misEnLigne, attente, calendar).at <= instant).toBe(
          misEnLigne <= watermark(instant, attente, calendar),
        );
      },
    ),
  );
});

test("a wait never ends before its origin, and later origins never end earlier", () => {
  fc.assert(
    fc.property(
      anyInstant,
      fc.integer({ min: 0, max: 10 * 86_400_000 }),
      anyWait,
      anyCalendar,
      (instant, later, attente, calendar) => {
        const { at } = eligibleAt(instant, attente, calendar);
        expect(at >= instant).toBe(true);
        expect(eligibleAt(new Date(instant.getTime() + later), attente, calendar).at >= at).toBe(true);
      },
    ),
  );
});

test("civil time and instants agree on every day, changes of clock included", () => {
  fc.assert(
    fc.property(anyInstant, anyHour, (instant, hour) => {
      const { jour } = parisTime(instant);
      const at = parisInstant(jour, hour);
      const wanted = `${jour}${hour.replace(":", "")}00`;
      const shown = (date: Date) => `${parisTime(date).jour}${parisTime(date).heure}`;
      expect(shown(at) >= wanted).toBe(true);
      expect(shown(new Date(at.getTime() - 1)) < wanted).toBe(true);
    }),
  );
});

test("an hour that the spring change removes is the instant of the change", () => {
  expect(parisInstant("20260329", "02:30").toISOString()).toBe("2026-03-29T01:00:00.000Z");
});

test("an hour that the autumn change plays twice is the first of the two", () => {
  expect(parisInstant("20261025", "02:30").toISOString()).toBe("2026-10-25T00:30:00.000Z");
});

const plain = zCalendrier.parse({});
const cutOff = zCalendrier.parse({ heureLimite: "18:00" });

test("no wait: eligible at once, even on a Sunday night", () => {
  const sunday = parisInstant("20260614", "23:30");
  expect(eligibleAt(sunday, 0, cutOff)).toEqual({ at: sunday, explain: [] });
});

test("three working days over Easter, each skipped day explained", () => {
  const { at, explain } = eligibleAt(parisInstant("20260403", "10:00"), 3, cutOff);
  expect(at).toEqual(parisInstant("20260409"));
  expect(explain).toEqual([
    { jour: "20260404", raison: "samedi" },
    { jour: "20260405", raison: "dimanche" },
    { jour: "20260406", raison: "jour férié : lundi de Pâques" },
  ]);
});

test("the cut-off hour applies once, first", () => {
  const before = eligibleAt(parisInstant("20260601", "17:59"), 1, cutOff);
  const after = eligibleAt(parisInstant("20260601", "18:00"), 1, cutOff);
  expect([before.at, after.at]).toEqual([parisInstant("20260602"), parisInstant("20260603")]);
  expect(after.explain).toEqual([{ jour: "20260601", raison: "mise en ligne après 18:00, heure limite" }]);
});

test("a mise en ligne at the week-end counts from Monday", () => {
  expect(eligibleAt(parisInstant("20260613", "09:00"), 1, plain).at).toEqual(parisInstant("20260616"));
});

test("the expected date of visibility is a civil day", () => {
  expect(visibleOn(parisInstant("20260601", "09:00"), 4, plain).jour).toBe("20260605");
  expect(visibleOn(parisInstant("20260613", "09:00"), 0, plain).jour).toBe("20260615");
});

test("without windows a partner takes files at any time", () => {
  const at = parisInstant("20260614", "03:00");
  expect(nextWindow(at, plain).at).toEqual(at);
});

const nightly = zCalendrier.parse({ fenetres: [{ debut: "22:00", fin: "02:00" }] });

test.each([
  ["in the day: tonight", "20260601", "10:00", "20260601", "22:00"],
  ["before midnight: now", "20260601", "23:00", "20260601", "23:00"],
  ["after midnight: still now", "20260602", "01:00", "20260602", "01:00"],
  ["at its end: tonight", "20260602", "02:00", "20260602", "22:00"],
  ["Saturday 1 h belongs to Friday's window", "20260606", "01:00", "20260606", "01:00"],
  ["Saturday 3 h: Monday night", "20260606", "03:00", "20260608", "22:00"],
] as const)("window over midnight, %s", (_, day, hour, openDay, openHour) => {
  expect(nextWindow(parisInstant(day, hour), nightly).at).toEqual(parisInstant(openDay, openHour));
});

test("a window is never in the past and explains the days passed over", () => {
  const { at, explain } = nextWindow(parisInstant("20260502", "03:00"), nightly);
  expect(at).toEqual(parisInstant("20260504", "22:00"));
  expect(explain).toEqual([
    { jour: "20260502", raison: "samedi" },
    { jour: "20260503", raison: "dimanche" },
  ]);
  fc.assert(
    fc.property(anyInstant, (instant) => {
      expect(nextWindow(instant, nightly).at >= instant).toBe(true);
    }),
  );
});

test("a calendar that never opens says so", () => {
  const fermetures = Array.from({ length: 500 }, (_, day) =>
    new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10).replaceAll("-", ""),
  );
  const closed = zCalendrier.parse({ fermetures, fenetres: [{ jours: [1], debut: "08:00", fin: "09:00" }] });
  expect(() => nextWindow(parisInstant("20260110"), closed)).toThrow(RangeError);
});
