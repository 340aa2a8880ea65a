/**
 * Dates of LHEO: civil days in Europe/Paris written AAAAMMJJ. `AAAAMM00` knows the month only, `AAAA0000` the year
 * only; `00000000` and `99999999` are unknown.
 */

export type DatePrecision = "jour" | "mois" | "annee" | "inconnue";

/** How much of the date is known; undefined when the text is not a date of LHEO, or names a day that never was. */
export function datePrecision(date: string): DatePrecision | undefined {
  const digits = digitsOf(date);
  if (digits === 0 || digits === 99_999_999) return "inconnue";
  if (digits === undefined) return undefined;
  const [year, month, day] = [Math.floor(digits / 10_000), Math.floor(digits / 100) % 100, digits % 100];
  if (year === 0) return undefined;
  if (month === 0) return day === 0 ? "annee" : undefined;
  if (month > 12 || day > daysInMonth(year, month)) return undefined;
  return day === 0 ? "mois" : "jour";
}

/** Is it a date of LHEO, of any precision or unknown, whose day exists? The XSD lets 29 February 2026 through. */
export function isRealDate(date: string): boolean {
  return datePrecision(date) !== undefined;
}

/** Is it one day, fully known? */
export function isFullDate(date: string): boolean {
  return datePrecision(date) === "jour";
}

/** First civil day that the date may mean; undefined when it is unknown or no date. */
export function firstDay(date: string): string | undefined {
  switch (datePrecision(date)) {
    case "jour":
      return date;
    case "mois":
      return `${date.slice(0, 6)}01`;
    case "annee":
      return `${date.slice(0, 4)}0101`;
    default:
      return undefined;
  }
}

/** Last civil day that the date may mean; undefined when it is unknown or no date: it never expires. */
export function lastDay(date: string): string | undefined {
  switch (datePrecision(date)) {
    case "jour":
      return date;
    case "mois": {
      const { year, month } = parts(date);
      return `${date.slice(0, 6)}${daysInMonth(year, month)}`;
    }
    case "annee":
      return `${date.slice(0, 4)}1231`;
    default:
      return undefined;
  }
}

/**
 * -1 when `a` is surely before `b`, 1 when it is surely after, 0 when they may be the same day or one of them is
 * unknown. A `debut` is wrong when it compares to `fin` as 1. Not an order to sort by: partial dates overlap.
 */
export function compareDates(a: string, b: string): -1 | 0 | 1 {
  const [aFirst, aLast, bFirst, bLast] = [firstDay(a), lastDay(a), firstDay(b), lastDay(b)];
  if (aLast !== undefined && bFirst !== undefined && aLast < bFirst) return -1;
  if (aFirst !== undefined && bLast !== undefined && aFirst > bLast) return 1;
  return 0;
}

/** The day after, or `days` later (earlier when negative), of a full date. */
export function addDays(date: string, days: number): string {
  const { year, month, day } = parts(date);
  return civil(new Date(Date.UTC(year, month - 1, day + days)));
}

const PARIS = new Intl.DateTimeFormat("fr-FR", {
  timeZone: "Europe/Paris",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
});

/** The civil day AAAAMMJJ in Paris at that instant. */
export function parisDay(instant: Date): string {
  const text = PARIS.format(instant);
  return `${text.slice(6).padStart(4, "0")}${text.slice(3, 5)}${text.slice(0, 2)}`;
}

export function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** The eight digits as a number, without a regular expression: the rules read some twenty dates a session. */
function digitsOf(date: string): number | undefined {
  if (date.length !== 8) return undefined;
  let number = 0;
  for (let i = 0; i < 8; i++) {
    const digit = date.charCodeAt(i) - 0x30;
    if (digit < 0 || digit > 9) return undefined;
    number = number * 10 + digit;
  }
  return number;
}

function parts(date: string): { readonly year: number; readonly month: number; readonly day: number } {
  return { year: Number(date.slice(0, 4)), month: Number(date.slice(4, 6)), day: Number(date.slice(6, 8)) };
}

const civil = (utc: Date): string => utc.toISOString().slice(0, 10).replaceAll("-", "");
