import type { Random } from "../../fixtures/demo/random.ts";

/** What strikes, and how many times in one storm. */
export interface Blows {
  /** A worker, by SIGKILL. */
  readonly kills: number;
  /** The queue loses all it holds. */
  readonly flushes: number;
  /** Redis, by SIGKILL, without persistence; back after a while. */
  readonly redisKills: number;
  /** PostgreSQL stops as in a crash, and recovers. */
  readonly crashes: number;
  /** Every session of the database is cut. */
  readonly cuts: number;
}
export type Blow = keyof Blows;

/** One blow, when so much of the storm is behind us: in [0, 1). */
export interface Strike {
  readonly at: number;
  readonly blow: Blow;
}

/** Spreads the blows over a storm, each kind evenly but never quite. */
export function forecast(blows: Blows, random: Random): Strike[] {
  const strikes = (Object.keys(blows) as Blow[]).flatMap((blow) =>
    Array.from({ length: blows[blow] }, (_, rank) => ({
      at: ((rank + random.next()) / blows[blow]) * 0.9,
      blow,
    })),
  );
  return strikes.sort((a, b) => a.at - b.at);
}
