import fc from "fast-check";
import { expect, test } from "vitest";
import { addDays, parisInstant, parisTime } from "../../../src/calendar/index.ts";
import { JOBS, nextSlot, slotsBefore } from "../../../src/cron/index.ts";

const DAY = 86_400_000;
const YEAR = 366 * DAY;

/** Timetables of all shapes: fixed hours, ranges, steps, days of the week and of the month, every minute. */
const horaire = fc
  .tuple(
    fc.constantFrom("0", "30", "*/15", "5,35", "59", "*/7"),
    fc.constantFrom("*", "2", "3", "1-3", "*/2", "0", "8-18"),
    fc.constantFrom("*", "1", "25-31"),
    fc.constantFrom("*", "3,10"),
    fc.constantFrom("*", "0", "1-5"),
  )
  .map((fields) => fields.join(" "));

/** Any instant, often on one of the days when clocks change. */
const instant = fc.oneof(
  fc.date({ min: new Date("1990-01-01"), max: new Date("2090-01-01"), noInvalidDate: true }),
  fc
    .tuple(
      fc.constantFrom("2026-03-29T00:00:00Z", "2026-10-24T23:00:00Z", "2027-03-28T00:00:00Z"),
      fc.nat(4 * 3_600),
    )
    .map(([from, seconds]) => new Date(Date.parse(from) + seconds * 1000)),
);

function slotsFrom(horaire_: string, after: Date, until: Date): Date[] {
  const found: Date[] = [];
  for (let slot = nextSlot(horaire_, after); slot <= until; slot = nextSlot(horaire_, slot)) found.push(slot);
  return found;
}

test("a job of 02:30 runs exactly once on each day around the clock changes, over the years", () => {
  for (let year = 1996; year <= 2100; year += 1) {
    for (const month of ["03", "10"]) {
      const from = new Date(parisInstant(`${year}${month}24`).getTime() - 1);
      const until = new Date(from.getTime() + 10 * DAY);
      const days = slotsFrom("30 2 * * *", from, until).map((slot) => parisTime(slot).jour);
      expect(days).toEqual(Array.from({ length: 10 }, (_, rank) => addDays(`${year}${month}24`, rank)));
    }
  }
});

test("on the days of change 02:30 is the instant of the change, then the first of the two", () => {
  const on = (day: string) => nextSlot("30 2 * * *", parisInstant(day)).toISOString();
  expect(on("20260329")).toBe("2026-03-29T01:00:00.000Z");
  expect(on("20261025")).toBe("2026-10-25T00:30:00.000Z");
});

test("what does not look at the hour runs at every real hour", () => {
  const night = slotsFrom("*/30 * * * *", new Date("2026-10-24T23:59:00Z"), new Date("2026-10-25T02:00:00Z"));
  expect(night.map((slot) => slot.toISOString().slice(11, 16))).toEqual([
    "00:00",
    "00:30",
    "01:00",
    "01:30",
    "02:00",
  ]);
});

test("slots are the same seen from anywhere: forwards, backwards, or from between two", () => {
  fc.assert(
    fc.property(horaire, instant, fc.nat(2 * DAY), (text, from, span) => {
      const until = new Date(from.getTime() + span);
      const forwards = slotsFrom(text, from, until);
      expect(slotsBefore(text, from, until, 100_000).reverse()).toEqual(forwards);
      const middle = new Date(from.getTime() + Math.floor(span / 2));
      expect(nextSlot(text, middle)).toEqual(forwards.find((slot) => slot > middle) ?? nextSlot(text, until));
    }),
    { numRuns: 80 },
  );
});

test("a slot shows the civil time of its timetable, or is the instant of a change", () => {
  fc.assert(
    fc.property(instant, fc.integer({ min: 0, max: 23 }), (from, hour) => {
      const slot = nextSlot(`30 ${hour} * * *`, from);
      const { heure } = parisTime(slot);
      const asked = `${String(hour).padStart(2, "0")}3000`;
      if (heure !== asked) expect([heure, asked]).toEqual(["030000", "023000"]);
      expect(slot.getTime() - from.getTime()).toBeLessThan(YEAR);
    }),
    { numRuns: 200 },
  );
});

test("a timetable of other than five fields is refused", () => {
  for (const text of ["* * * * * *", "30 2 * *", "@daily", ""])
    expect(() => nextSlot(text, new Date(0))).toThrow();
});

test("every job of the table has a name of its own, a description and a timetable that can be read", () => {
  expect(new Set(JOBS.map(({ id }) => id)).size).toBe(JOBS.length);
  for (const { id, description, horaire: text } of JOBS) {
    expect(id).toMatch(/^[a-z][a-z-]*$/);
    expect(description.length).toBeGreaterThan(20);
    expect(nextSlot(text, new Date("2026-01-01")).getTime()).toBeGreaterThan(0);
  }
});
