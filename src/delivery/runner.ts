import { type Attempted, attemptDelivery, type Workshop } from "./attempt.ts";

/** The hands of one process: attempts under way, and no more than they can hold. */
export interface Runner {
  /** Attempts a delivery when a hand is free; a delivery already under way here is joined, not doubled. */
  run(id: string): Promise<Attempted | undefined>;
  /** How many are under way or wait for a hand. */
  readonly load: number;
  /** Takes nothing new, lets attempts end for `graceMs`, then interrupts them; they are sent again later. */
  stop(graceMs: number): Promise<void>;
}

/** @param concurrency attempts at once */
export function createRunner(shop: Workshop, concurrency: number): Runner {
  const known = new Map<string, Promise<Attempted | undefined>>();
  const queue: (() => void)[] = [];
  const controller = new AbortController();
  let free = concurrency;
  let stopping = false;

  const hand = async (): Promise<void> => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => queue.push(resolve));
  };
  const release = () => {
    const next = queue.shift();
    if (next === undefined) free += 1;
    else next();
  };
  const work = async (id: string): Promise<Attempted | undefined> => {
    await hand();
    try {
      return stopping ? undefined : await attemptDelivery(shop, id, controller.signal);
    } finally {
      release();
      known.delete(id);
    }
  };

  return {
    async run(id) {
      if (stopping) return undefined;
      const under = known.get(id);
      if (under !== undefined) return under;
      const attempt = work(id);
      known.set(id, attempt);
      return attempt;
    },
    get load() {
      return known.size;
    },
    async stop(graceMs) {
      stopping = true;
      const timer = setTimeout(() => controller.abort(), graceMs);
      await Promise.allSettled(known.values());
      clearTimeout(timer);
    },
  };
}
