const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Waits after the 1st, 2nd… failure; after the last one the delivery is given up. Nearly four days in all. */
export const BACKOFF: readonly number[] = [
  MINUTE,
  5 * MINUTE,
  15 * MINUTE,
  HOUR,
  2 * HOUR,
  4 * HOUR,
  8 * HOUR,
  12 * HOUR,
  24 * HOUR,
  24 * HOUR,
  // As long again is useless: a newer feed will have superseded this one.
];

/** No partner may put us off for longer, whatever its `Retry-After` says. */
export const LONGEST_WAIT = 24 * HOUR;

const JITTER = 0.2;

/** Spreads a wait over ±20 %, so that those that failed together do not come back together. @param hasard in [0, 1) */
export function spread(wait: number, hasard: number): number {
  return Math.round(wait * (1 - JITTER + 2 * JITTER * hasard));
}

/**
 * How long to wait after a failure, in milliseconds; undefined when it was one too many.
 * @param echecs failures so far, this one included: 1, 2…
 * @param hasard as for {@link spread}
 */
export function backoff(echecs: number, hasard: number): number | undefined {
  const wait = BACKOFF[echecs - 1];
  return wait === undefined ? undefined : spread(wait, hasard);
}

/**
 * Reads a `Retry-After` header, in its two forms (RFC 9110, 10.2.3).
 * @param now instant that a date is compared with: the partner's own `Date` header where it gave one, for its clock
 *   may not be ours
 * @returns milliseconds in [0, one day]; undefined when it says nothing
 */
export function retryAfter(header: string | undefined, now: Date): number | undefined {
  const text = header?.trim() ?? "";
  if (/^\d+$/.test(text)) return Math.min(Number(text) * 1000, LONGEST_WAIT);
  if (!/[a-z]/i.test(text)) return undefined;
  const at = Date.parse(text);
  if (Number.isNaN(at)) return undefined;
  return Math.min(Math.max(at - now.getTime(), 0), LONGEST_WAIT);
}
