import { parisDay } from "../lheo/index.ts";

/** Days of the hours met so far. The offset of Paris is of whole hours, so a day begins on the hour. */
const days = new Map<number, string>();
const HOUR_MS = 3_600_000;

/** {@link parisDay}, for the many records that share a few instants: formatting a date is slow. */
export function jourDe(instant: Date): string {
  const hour = Math.floor(instant.getTime() / HOUR_MS);
  let day = days.get(hour);
  if (day === undefined) {
    day = parisDay(instant);
    days.set(hour, day);
  }
  return day;
}
