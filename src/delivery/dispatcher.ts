import type { Knex } from "knex";
import { monotonic } from "../calendar/index.ts";
import type { Logger } from "../log/index.ts";
import type { Queue } from "../queue/index.ts";
import { announceDeliveries } from "./announce.ts";
import { type Due, dueDeliveries } from "./due.ts";
import { planDeliveries } from "./plan.ts";
import type { Runner } from "./runner.ts";

/** Deliveries called at each sweep; when there are more, the next one comes {@link HASTE} times sooner. */
const MOST = 1_000;
const HASTE = 10;

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
  // What was called of a backlog, which is called once in the time of a sweep however many passes it takes.
  const called = new Set<string>();
  let since = monotonic();

  const rest = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, poked ? 0 : ms);
      ring = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const loop = async () => {
    while (!stopped) {
      poked = false;
      let full = false;
      try {
        full = await sweep(options, called);
        if (!healthy) log.info("dispatcher.recovered");
        healthy = true;
      } catch (error) {
        // A database that is away comes back; saying so once is enough.
        if (healthy) log.warn({ err: error }, "dispatcher.degraded");
        healthy = false;
      }
      if (!full || monotonic() - since >= sweepMs) {
        called.clear();
        since = monotonic();
      }
      if (!stopped) await rest(full ? sweepMs / HASTE : sweepMs);
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
 * @param called what not to call again; what is called is added
 * @returns whether there is more to call than one pass takes
 * @throws what the database throws
 */
async function sweep(options: DispatcherOptions, called: Set<string>): Promise<boolean> {
  const [planning] = await Promise.allSettled([plan(options)]);
  const full = await call(options, called);
  if (planning.status === "rejected") throw planning.reason;
  return full;
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

async function call(
  { db, queue, runner, sweepMs, graceMs }: DispatcherOptions,
  called: Set<string>,
): Promise<boolean> {
  const due = await dueDeliveries(db, { horizonMs: sweepMs, limit: MOST });
  const fresh = due.filter((one) => !called.has(keyOf(one)));
  const taken = await queue.wake(fresh);
  if (taken) for (const one of fresh) called.add(keyOf(one));
  for (const { deliveryId, delayMs, overdueMs } of due) {
    if (taken ? overdueMs <= graceMs : delayMs > 0) continue;
    void runner?.run(deliveryId);
  }
  return due.length === MOST;
}

const keyOf = ({ deliveryId, epoch, delayMs }: Due) => `${deliveryId}.${epoch}.${delayMs > 0}`;
