import { schedule } from "node-cron";
import { workerName } from "../delivery/index.ts";
import { claimSlot, dueJobs, registerJobs } from "./claim.ts";
import type { Job, Outils } from "./job.ts";
import { runSlot } from "./runSlot.ts";

export interface CronOptions {
  readonly outils: Outils;
  readonly jobs: readonly Job[];
  /** Aborting it stops everything. */
  readonly signal?: AbortSignal;
  /** Between two looks at the clock of the database, milliseconds; 5 s when not given. */
  readonly tickMs?: number;
  /** How long a slot stays ours without a sign of life; one minute when not given. */
  readonly leaseMs?: number;
  /** Jobs at once in this process; 4 when not given. */
  readonly concurrency?: number;
  /** Left to jobs under way when stopping; 10 s when not given. */
  readonly stopMs?: number;
  /** Who works here; a name of its own when not given. */
  readonly worker?: string;
}

/** What is done at set times, running in this process. */
export interface Cron {
  /** Looks soon, without waiting for the next tick. */
  poke(): void;
  /** Takes nothing new, interrupts what runs and waits for it; what did not end is begun again by another process. */
  stop(): Promise<void>;
}

/**
 * Runs jobs at their times. Any number of processes may do so on one database: each slot runs once, and one that was
 * missed is caught up. Nothing is kept in memory nor in a queue (Redis is not used at all here, so emptying it loses
 * nothing): the timer of this process only wakes it, PostgreSQL says what is due, on its own clock.
 */
export function startCron(options: CronOptions): Cron {
  const { outils, jobs, tickMs = 5_000, leaseMs = 60_000, concurrency = 4, stopMs = 10_000 } = options;
  const { db, log } = outils;
  const worker = options.worker ?? workerName();
  const controller = new AbortController();
  const running = new Map<string, Promise<void>>();
  let healthy = true;
  let ring = () => {};
  let poked = false;

  const rest = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, poked ? 0 : tickMs);
      ring = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const poke = () => {
    poked = true;
    ring();
  };
  const run = async (job: Job): Promise<boolean> => {
    const claimed = await claimSlot(db, job, { worker, leaseMs });
    if (claimed === undefined) return false;
    await runSlot(job, claimed, outils, { leaseMs, signal: controller.signal });
    return true;
  };
  const begin = (job: Job): Promise<void> =>
    run(job)
      .catch((error: unknown) => {
        log.warn({ err: error, job: job.id }, "cron.unrecorded");
        return false;
      })
      .then((ran) => {
        running.delete(job.id);
        // Another slot of it may be due, or another job may have waited for a hand.
        if (ran) poke();
      });
  const tick = async () => {
    await registerJobs(db, jobs);
    for (const job of await dueJobs(db, jobs)) {
      if (running.has(job.id) || running.size >= concurrency || controller.signal.aborted) continue;
      running.set(job.id, begin(job));
    }
  };
  const loop = async () => {
    while (!controller.signal.aborted) {
      poked = false;
      try {
        await tick();
        if (!healthy) log.info("cron.recovered");
        healthy = true;
      } catch (error) {
        // A database that is away comes back; saying so once is enough.
        if (healthy) log.warn({ err: error }, "cron.degraded");
        healthy = false;
      }
      if (!controller.signal.aborted) await rest();
    }
  };
  // At the minute itself rather than some seconds later: most jobs are for a minute.
  const minute = schedule("* * * * *", poke, { name: `offre-info-${worker}` });
  const looping = loop();
  let stopping: Promise<void> | undefined;
  const stop = () => {
    stopping ??= (async () => {
      controller.abort();
      await minute.destroy();
      ring();
      await looping;
      await settledWithin(running.values(), stopMs);
    })();
    return stopping;
  };
  options.signal?.addEventListener("abort", () => void stop(), { once: true });
  if (options.signal?.aborted === true) void stop();
  return { poke, stop };
}

async function settledWithin(work: Iterable<Promise<unknown>>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([Promise.allSettled(work), late]);
  clearTimeout(timer);
}
