import { setTimeout as pause } from "node:timers/promises";
import type { WorkerOptions } from "bullmq";
import type { Logger } from "../log/index.ts";
import type { Backend, Consumer } from "./bull.ts";
import type { Health } from "./health.ts";
import { inTime } from "./inTime.ts";
import type { Wake, WakeHandler } from "./port.ts";

/** Before a worker that could not start is replaced, and before one that lost its connection asks again. */
const RETRY_MS = 1_000;

/** Whoever answers calls in this process. */
export interface Listener {
  /** Sets it going again, should BullMQ have stopped. */
  revive(): void;
  /** Waits for answers under way, then leaves the backend `ms` to let go. */
  close(ms: number): Promise<void>;
}

/** Starts answering, as soon as the backend is there. */
export function startListener(
  backend: Backend,
  { name, concurrency, log }: { readonly name: string; readonly concurrency: number; readonly log: Logger },
  health: Health,
  handler: WakeHandler,
): Listener {
  const settings: Omit<WorkerOptions, "connection"> = {
    concurrency,
    autorun: false,
    // After a crash the call is made again at once: repeating it is harmless, and the row says what there is to do.
    maxStalledCount: 1_000_000,
    drainDelay: 5,
    runRetryDelay: RETRY_MS,
  };
  const answers = new Set<Promise<void>>();
  const leaving = new AbortController();
  let worker: Consumer | undefined;
  let ready = false;

  const answerAll = async (calls: readonly Wake[]) => {
    for (const call of calls) {
      if (leaving.signal.aborted) return;
      await handler(call).catch((error: unknown) =>
        log.error({ err: error, ...call }, "queue.handler_failed"),
      );
    }
  };
  const open = (): Consumer => {
    const opened = backend.consumer(
      name,
      async ({ data }) => {
        // Taken while leaving: the dispatcher calls again.
        if (leaving.signal.aborted) return;
        health.good();
        const answer = answerAll(data.calls);
        answers.add(answer);
        await answer.finally(() => answers.delete(answer));
      },
      settings,
    );
    opened.on("error", (error) => health.bad(error));
    return opened;
  };
  const run = (one: Consumer) => one.run().catch((error: unknown) => health.bad(error));
  /**
   * BullMQ remembers for ever that the database was away when a worker was born: run, it would spin without giving the
   * process a chance. So none runs before it is ready, and one that cannot be is replaced.
   */
  const start = async () => {
    while (!leaving.signal.aborted) {
      const born = open();
      worker = born;
      try {
        await born.waitUntilReady();
        ready = true;
        if (!leaving.signal.aborted) void run(born);
        return;
      } catch (error) {
        if (leaving.signal.aborted) return;
        health.bad(error);
        await inTime(born.close(true), RETRY_MS).catch(() => undefined);
        await pause(RETRY_MS, undefined, { signal: leaving.signal }).catch(() => undefined);
      }
    }
  };
  void start();

  return {
    revive() {
      // BullMQ leaves its loop when the connection fails at the wrong moment, and says nothing more.
      if (ready && worker !== undefined && worker.closing === undefined && !worker.isRunning())
        void run(worker);
    },
    async close(ms) {
      leaving.abort();
      const pausing = worker?.pause();
      pausing?.catch(() => undefined);
      await Promise.all(answers);
      try {
        if (pausing !== undefined) await inTime(pausing, ms);
      } finally {
        // By force: asked politely, BullMQ waits without end for a server that is gone, and its timers go on.
        if (worker !== undefined) await inTime(worker.close(true), ms);
      }
    },
  };
}
