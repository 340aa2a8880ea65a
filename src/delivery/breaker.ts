const MINUTE = 60_000;

/** Failures in a row, over all deliveries of a partner, from which it is left alone for a while. */
export const BREAKER_AFTER = 5;

const FIRST = 15 * MINUTE;
const LONGEST = 4 * 60 * MINUTE;

/**
 * How long a partner that keeps failing is left alone, milliseconds; undefined while the breaker stays closed. When the
 * time is over one delivery goes as a probe, since only one is ever on its way: it closes the breaker or opens it for
 * twice as long. Retries of one delivery wait by their own table; this is for what comes after it.
 * @param suite failures in a row, the last one included
 */
export function breakerWait(suite: number): number | undefined {
  if (suite < BREAKER_AFTER) return undefined;
  return Math.min(FIRST * 2 ** (suite - BREAKER_AFTER), LONGEST);
}
