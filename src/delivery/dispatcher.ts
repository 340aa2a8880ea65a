import type { Knex } from "knex";
import type { Logger } from "../log/index.ts";
import type { Queue } from "../queue/index.ts";
import { announceDeliveries } from "./announce.ts";
import { dueDeliveries } from "./due.ts";
import { planDeliveries } from "./plan.ts";
import type { Runner } from "./runner.ts";

/** Deliveries called at each sweep; the others wait for the next one. */
const MOST = 1_000;

export interface DispatcherOptions {
  readonly db: Knex;
  readonly queue: Queue;
  readonly log: Logger;
  /** Where overdue deliveries are attempted when calling them does not help; absent: this process only calls. */
  readonly runner?: Runner | undefined;
  /** Between two sweeps, milliseconds. */
  readonly sweepMs: number;
  /** Overdue by more than this, the queue is not trusted to wake it. */
  readonly graceMs: number;
}

/** Any number of them, anywhere, without a leader: each one finds what is to be done and calls whoever can do it. */
export interface Dispatcher {
  /** Sweeps soon, without waiting for the next time. */
  poke(): void;
  stop(): Promise<void>;
}

/**
 * Plans what was announced, calls what is due and not progressing, again and again. What it does is always safe to do
 * again, so a queue that loses calls costs time and nothing else.
 */
export function startDispatcher(options: DispatcherOptions): Dispatcher {
  const { log, sweepMs } = options;
  let stopped = false;
  let poked = false;
  let ring = () => {};
  let healthy = true;

  const rest = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, poked ? 0 : sweepMs);
      ring = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const loop = async () => {
    while (!stopped) {
      poked = false;
      try {
        await sweep(options);
        if (!healthy) log.info("dispatcher.recovered");
        healthy = true;
      } catch (error) {
        // A database that is away comes back; saying so once is enough.
        if (healthy) log.warn({ err: error }, "dispatcher.degraded");
        healthy = false;
      }
      if (!stopped) await rest();
    }
  };
  const running = loop();
  return {
    poke() {
      poked = true;
      ring();
    },
    async stop() {
      stopped = true;
      ring();
      await running;
    },
  };
}

/**
 * One pass of the dispatcher. What is due is called even when planning fails.
 * @throws what the database throws
 */
export async function sweep(options: DispatcherOptions): Promise<void> {
  const [planning] = await Promise.allSettled([plan(options)]);
  await call(options);
  if (planning.status === "rejected") throw planning.reason;
}

async function plan({ db, log }: DispatcherOptions): Promise<void> {
  const planned = await planDeliveries(db, (announcement, err) =>
    log.error({ err, ...announcement }, "outbox.unreadable"),
  );
  for (const { partner, act, delivery } of planned)
    log.info(
      { partner, act: act.do, delivery: delivery ?? ("id" in act ? act.id : undefined) },
      "delivery.planned",
    );
  for (const announced of await announceDeliveries(db)) log.info(announced, "delivery.announced");
}

async function call({ db, queue, runner, sweepMs, graceMs }: DispatcherOptions): Promise<void> {
  const due = await dueDeliveries(db, { horizonMs: sweepMs, limit: MOST });
  const called = await queue.wake(due);
  if (runner === undefined) return;
  for (const { deliveryId, delayMs, overdueMs } of due) {
    if (called ? overdueMs <= graceMs : delayMs > 0) continue;
    void runner.run(deliveryId);
  }
}
