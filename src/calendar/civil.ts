/**
 * Civil days (`AAAAMMJJ`) and civil time in Europe/Paris. A civil day is counted as days since 1970-01-01, so the
 * arithmetic of days never meets a clock change; only the two functions at the end know about instants.
 */

const DAY_MS = 86_400_000;
const DAYS = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"] as const;

/** Days since 1970-01-01 of a civil day `AAAAMMJJ`. */
export function dayNumber(jour: string): number {
  return Date.UTC(Number(jour.slice(0, 4)), Number(jour.slice(4, 6)) - 1, Number(jour.slice(6, 8))) / DAY_MS;
}

/** The civil day `AAAAMMJJ` that is `number` days after 1970-01-01. */
export function dayOf(number: number): string {
  const date = new Date(number * DAY_MS);
  const year = String(date.getUTCFullYear()).padStart(4, "0");
  return `${year}${two(date.getUTCMonth() + 1)}${two(date.getUTCDate())}`;
}

/** The civil day `n` days later (earlier when negative). */
export function addDays(jour: string, n: number): string {
  return dayOf(dayNumber(jour) + n);
}

/** 1 (lundi) to 7 (dimanche). */
export function weekday(jour: string): number {
  return ((((dayNumber(jour) + 3) % 7) + 7) % 7) + 1;
}

/** `lundi` to `dimanche`. */
export function weekdayName(jour: string): string {
  return DAYS[weekday(jour) - 1] ?? "";
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}

const PARIS = new Intl.DateTimeFormat("en-GB", {
  timeZone: "Europe/Paris",
  hourCycle: "h23",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
});

/** What a clock on a wall in Paris shows at an instant. */
export interface CivilTime {
  /** AAAAMMJJ. */
  readonly jour: string;
  /** HHMMSS. */
  readonly heure: string;
}

/** Civil time in Paris at an instant. */
export function parisTime(instant: Date): CivilTime {
  const [, day = "", month = "", year = "", hour = "", minute = "", second = ""] =
    /(\d+)\/(\d+)\/(\d+), (\d+):(\d+):(\d+)/.exec(PARIS.format(instant)) ?? [];
  return { jour: `${year}${month}${day}`, heure: `${hour}${minute}${second}` };
}

/** Civil time read as if it were UTC, minus the instant. */
function offset(ms: number): number {
  const { jour, heure } = parisTime(new Date(ms));
  const seconds =
    Number(heure.slice(0, 2)) * 3600 + Number(heure.slice(2, 4)) * 60 + Number(heure.slice(4, 6));
  return dayNumber(jour) * DAY_MS + seconds * 1000 - Math.floor(ms / 1000) * 1000;
}

/**
 * The first instant at which a clock in Paris shows this civil time or later: the first of two when the hour is
 * played twice, the instant of the change when it does not exist. So it is monotone whatever the clocks do.
 * @param jour AAAAMMJJ
 * @param heure HH:MM, `24:00` allowed
 */
export function parisInstant(jour: string, heure = "00:00"): Date {
  const civil =
    dayNumber(jour) * DAY_MS + (Number(heure.slice(0, 2)) * 60 + Number(heure.slice(3, 5))) * 60_000;
  const before = offset(civil - DAY_MS);
  const after = offset(civil + DAY_MS);
  const exact = [civil - before, civil - after]
    .filter((ms) => offset(ms) === civil - ms)
    .sort((a, b) => a - b)[0];
  return new Date(exact ?? change(civil - after, civil - before, before));
}

/** The instant, between the two, at which the offset stops being `before`. */
function change(from: number, to: number, before: number): number {
  let [low, high] = [Math.min(from, to), Math.max(from, to)];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offset(middle) === before) low = middle;
    else high = middle;
  }
  return high;
}
