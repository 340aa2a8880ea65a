import { setMaxListeners } from "node:events";
import { attemptDelivery, type Workshop } from "./attempt.ts";

/** The hands of one process: attempts under way, and no more brisk ones than it has hands. */
export interface Runner {
  /**
   * Attempts a delivery when a hand is free; one already under way here is joined, not doubled. Never rejects: what the
   * database throws is logged, and the delivery is taken up again once its lease has lapsed.
   * @returns fulfilled when the hand is free again: the attempt ended, or is slow and goes on without it
   */
  run(id: string): Promise<void>;
  /** How many are under way or wait for a hand. */
  readonly load: number;
  /** Takes nothing new, lets attempts end for `graceMs`, then interrupts them; they are sent again later. */
  stop(graceMs: number): Promise<void>;
}

/**
 * A partner that takes longer keeps no hand busy, or a few that never answer would make all the others wait. It costs a
 * socket and the piece of file under way; as one attempt per partner is in flight, there are never more than partners.
 */
const PATIENCE_MS = 1_000;

interface Work {
  /** The hand is free again. */
  readonly handed: Promise<void>;
  readonly ended: Promise<void>;
}

/** @param concurrency hands: brisk attempts at once */
export function createRunner(shop: Workshop, concurrency: number): Runner {
  const known = new Map<string, Work>();
  const queue: (() => void)[] = [];
  const controller = new AbortController();
  // Each attempt under way listens to it.
  setMaxListeners(0, controller.signal);
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
  const work = async (id: string, handed: () => void): Promise<void> => {
    await hand();
    let held = true;
    const handOver = () => {
      if (held) release();
      held = false;
      handed();
    };
    const timer = setTimeout(handOver, PATIENCE_MS);
    try {
      if (!stopping) await attemptDelivery(shop, id, controller.signal);
    } catch (error) {
      shop.log.error({ err: error, delivery: id }, "delivery.failed");
    } finally {
      clearTimeout(timer);
      known.delete(id);
      handOver();
    }
  };
  const start = (id: string): Work => {
    let ended = Promise.resolve();
    const handed = new Promise<void>((resolve) => {
      ended = work(id, resolve);
    });
    const one = { handed, ended };
    known.set(id, one);
    return one;
  };

  return {
    async run(id) {
      if (!stopping) await (known.get(id) ?? start(id)).handed;
    },
    get load() {
      return known.size;
    },
    async stop(graceMs) {
      stopping = true;
      const timer = setTimeout(() => controller.abort(), graceMs);
      await Promise.all([...known.values()].map(({ ended }) => ended));
      clearTimeout(timer);
    },
  };
}
