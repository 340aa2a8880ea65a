import fc from "fast-check";
import { expect, test } from "vitest";
import { parisInstant } from "../../../src/calendar/index.ts";
import { type DroitCpf, mentionCpf, momentsCpf } from "../../../src/feed/index.ts";
import { addDays, firstDay, lastDay, parisDay } from "../../../src/lheo/index.ts";
import { ecrituresDuDernierJour, ecrituresDuPremierJour } from "../../../src/published/index.ts";
import { certificationOf, habilitationOf } from "./entree.ts";

/** When the CPF mention appears and disappears. */

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const FROM = parisInstant("20260101");
const hour = fc.integer({ min: 0, max: 60 * 24 }).map((hours) => new Date(FROM.getTime() + hours * HOUR_MS));
const jour = fc.integer({ min: 0, max: 60 }).map((days) => addDays("20260101", days));
const borne = fc.oneof(jour, fc.constantFrom("20260100", "20260000", "99999999", null));

const droit: fc.Arbitrary<DroitCpf> = fc.record({
  certifieeDepuis: hour,
  certification: fc.option(
    fc.record({ debut_validite: borne, fin_validite: borne }).map((fields) => certificationOf(fields)),
    { nil: undefined, freq: 8 },
  ),
  habilitation: fc.oneof(
    fc.constantFrom("qualiopi" as const, undefined),
    fc.record({ debut: borne, fin: borne }).map((fields) => habilitationOf(fields)),
  ),
});

test("the moments are the instants at which the law of the mention changes its answer, and no others", () => {
  fc.assert(
    fc.property(droit, hour, fc.integer({ min: 0, max: 40 }), (of, after, days) => {
      const until = new Date(after.getTime() + days * DAY_MS);
      // Everything changes on the hour: looked at hour by hour, nothing is missed.
      const changes: Date[] = [];
      for (let ms = after.getTime() + 1; ms <= until.getTime(); ms += 1) {
        ms = Math.ceil(ms / HOUR_MS) * HOUR_MS;
        const [before, at] = [ms - 1, ms].map((instant) => mentionCpf(of, new Date(instant)).affichee);
        if (ms <= until.getTime() && before !== at) changes.push(new Date(ms));
      }
      expect(momentsCpf(of, after, until)).toEqual(changes);
    }),
  );
});

test("every writing of a date is found by its first day and by its last", () => {
  const date = fc
    .date({ min: new Date("1996-01-01"), max: new Date("2104-12-31"), noInvalidDate: true })
    .map(parisDay)
    .chain((day) => fc.constantFrom(day, `${day.slice(0, 6)}00`, `${day.slice(0, 4)}0000`));
  fc.assert(
    fc.property(date, (text) => {
      const [first, last] = [firstDay(text) ?? "", lastDay(text) ?? ""];
      expect(ecrituresDuPremierJour(first)).toContain(text);
      expect(ecrituresDuPremierJour(first).every((one) => firstDay(one) === first)).toBe(true);
      expect(ecrituresDuDernierJour(last)).toContain(text);
      expect(ecrituresDuDernierJour(last).every((one) => lastDay(one) === last)).toBe(true);
    }),
  );
});
