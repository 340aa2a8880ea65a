import { type CronExpression, CronExpressionParser } from "cron-parser";
import { parisInstant, parisTime } from "../calendar/index.ts";

/**
 * The slots of a timetable in Paris, whatever its clocks do. The library alone is not enough: across a change its answer
 * depends on where it starts from. Here it only walks civil times, as if Paris were UTC; civil times become instants by
 * `parisInstant`: one that is played twice is its first instant, one that does not exist is the instant of the change.
 * Each is one slot, the same seen from everywhere. A timetable with `*` from hours on means every real hour.
 */

const HOUR_MS = 3_600_000;

/** How civil times of a timetable and instants go together. */
interface Clock {
  /** What the clock on the wall shows, as if it were UTC. */
  readonly civilOf: (instant: Date) => Date;
  readonly instantOf: (civil: Date) => Date;
}

const PARIS: Clock = {
  civilOf(instant) {
    const { jour, heure } = parisTime(instant);
    const [year, month, day] = [jour.slice(0, 4), jour.slice(4, 6), jour.slice(6, 8)];
    const [hour, minute, second] = [heure.slice(0, 2), heure.slice(2, 4), heure.slice(4, 6)];
    return new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  },
  instantOf(civil) {
    const text = civil.toISOString();
    return parisInstant(text.slice(0, 10).replaceAll("-", ""), text.slice(11, 16));
  },
};

/** Paris is whole hours away from UTC: what does not look at the hour is the same in both, and has no gap. */
const EVERY_HOUR: Clock = { civilOf: (instant) => instant, instantOf: (civil) => civil };

const FIVE_FIELDS = /^(\S+) (\S+) (\S+) (\S+) (\S+)$/;

function clockOf(horaire: string): Clock {
  const fields = FIVE_FIELDS.exec(horaire);
  if (fields === null)
    throw new RangeError(`« ${horaire} » : attendu : minute heure jour mois jour-de-semaine`);
  return fields.slice(2).every((field) => field === "*") ? EVERY_HOUR : PARIS;
}

const walkFrom = (horaire: string, civil: Date): CronExpression =>
  CronExpressionParser.parse(horaire, { currentDate: civil, tz: "UTC" });

/**
 * The first slot after an instant.
 * @throws RangeError (or the library's Error) when the timetable cannot be read or has no slot
 */
export function nextSlot(horaire: string, after: Date): Date {
  const { civilOf, instantOf } = clockOf(horaire);
  const walk = walkFrom(horaire, civilOf(after));
  for (;;) {
    const slot = instantOf(walk.next().toDate());
    if (slot > after) return slot;
  }
}

/**
 * The slots in ]after, until], the latest first.
 * @param most how many at most
 */
export function slotsBefore(horaire: string, after: Date, until: Date, most: number): Date[] {
  const { civilOf, instantOf } = clockOf(horaire);
  // Civil times of the hour to come may already be past, on the day when an hour is played twice.
  const walk = walkFrom(horaire, new Date(civilOf(until).getTime() + HOUR_MS + 1));
  const slots: Date[] = [];
  while (slots.length < most) {
    const slot = instantOf(walk.prev().toDate());
    if (slot <= after) break;
    // Several civil times of the hour that does not exist are one instant.
    if (slot <= until && slot.getTime() !== slots.at(-1)?.getTime()) slots.push(slot);
  }
  return slots;
}
