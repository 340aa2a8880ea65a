/**
 * The only place that reads the clock of this machine, and only for durations and log lines. What decides
 * anything (waits, claims, rules) uses SQL `horloge()` or an instant that was passed in.
 */

/** The wall clock, for log lines. */
export function wallClock(): Date {
  return new Date();
}

/** Milliseconds since an arbitrary origin, never going back. */
export function monotonic(): number {
  return performance.now();
}

/** Adds up the time spent in named steps. */
export interface Stopwatch {
  /** Runs `step` and adds its duration under `name`. */
  time<T>(name: string, step: () => T): T;
  timeAsync<T>(name: string, step: () => Promise<T>): Promise<T>;
  /** Milliseconds by name, whole numbers. */
  readonly laps: Readonly<Record<string, number>>;
}

/** Starts a stopwatch with no lap. */
export function stopwatch(): Stopwatch {
  const total = new Map<string, number>();
  const add = (name: string, since: number) => total.set(name, (total.get(name) ?? 0) + monotonic() - since);
  return {
    time(name, step) {
      const since = monotonic();
      try {
        return step();
      } finally {
        add(name, since);
      }
    },
    async timeAsync(name, step) {
      const since = monotonic();
      try {
        return await step();
      } finally {
        add(name, since);
      }
    },
    get laps() {
      return Object.fromEntries([...total].map(([name, ms]) => [name, Math.round(ms)]));
    },
  };
}
