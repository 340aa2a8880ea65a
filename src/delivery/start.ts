import type { Knex } from "knex";
import type { Logger } from "../log/index.ts";
import type { Queue } from "../queue/index.ts";
import type { Store } from "../snapshot/index.ts";
import { type Workshop, workshop } from "./attempt.ts";
import { startDispatcher } from "./dispatcher.ts";
import { createRunner } from "./runner.ts";
import { workerName } from "./worker.ts";

export interface DeliveryOptions
  extends Partial<Pick<Workshop, "keyring" | "leaseMs" | "random" | "transportOf" | "worker">> {
  readonly db: Knex;
  /** Owned by the caller, who closes it after `stop`. */
  readonly queue: Queue;
  readonly store: Pick<Store, "pathOf">;
  readonly log: Logger;
  /** Aborting it stops everything. */
  readonly signal?: AbortSignal;
  /** Attempts at once in this process; 10 when not given. */
  readonly concurrency?: number;
  /** Between two sweeps, milliseconds; 5 s when not given. */
  readonly sweepMs?: number;
  /** Overdue by more than this, a delivery is attempted without the queue; three sweeps when not given. */
  readonly graceMs?: number;
  /** Left to attempts under way when stopping; 10 s when not given. */
  readonly stopMs?: number;
}

/** Deliveries running in this process. */
export interface Delivery {
  /** Something was published: look at once rather than at the next sweep. */
  poke(): void;
  /** Takes nothing new, lets attempts end, interrupts the last ones (they are sent again later). */
  stop(): Promise<void>;
}

/** Starts delivering: a dispatcher and hands, in this process. Any number of processes may do so on one database. */
export function startDelivery(options: DeliveryOptions): Delivery {
  const {
    db,
    queue,
    log,
    concurrency = 10,
    sweepMs = 5_000,
    graceMs = 3 * sweepMs,
    stopMs = 10_000,
  } = options;
  const worker = options.worker ?? workerName();
  const runner = createRunner(workshop({ ...options, worker }), concurrency);
  const dispatcher = startDispatcher({ db, queue, log, runner, sweepMs, graceMs });
  queue.onWake(async ({ deliveryId }) => {
    await runner.run(deliveryId);
  });
  let stopping: Promise<void> | undefined;
  const stop = () => {
    stopping ??= Promise.all([dispatcher.stop(), runner.stop(stopMs)]).then(() => undefined);
    return stopping;
  };
  options.signal?.addEventListener("abort", () => void stop(), { once: true });
  return { poke: () => dispatcher.poke(), stop };
}
