import type { JobsOptions, Processor, QueueOptions, WorkerOptions } from "bullmq";
import type { Logger } from "../log/index.ts";
import { type Health, watchHealth } from "./health.ts";
import { type Queue, QueueError, type Wake, type WakeHandler } from "./port.ts";

/** What this file uses of a BullMQ queue, whatever its backend. */
export interface Producer {
  on(event: "error", listener: (error: Error) => void): unknown;
  waitUntilReady(): Promise<unknown>;
  addBulk(jobs: { name: string; data: Wake; opts: JobsOptions }[]): Promise<unknown>;
  close(): Promise<void>;
}

/** What this file uses of a BullMQ worker. */
export interface Consumer {
  on(event: "error", listener: (error: Error) => void): unknown;
  readonly closing: Promise<void> | undefined;
  isRunning(): boolean;
  run(): Promise<void>;
  close(): Promise<void>;
}

/** What tells one backend of BullMQ from the other. */
export interface Backend {
  readonly kind: "postgres" | "redis";
  /** Hands calls over: fails fast. */
  producer(name: string, options: Omit<QueueOptions, "connection">): Producer;
  /** Answers: waits as long as it takes. */
  consumer(name: string, processor: Processor<Wake>, options: Omit<WorkerOptions, "connection">): Consumer;
  /** Leaves what producer and consumer share. */
  close(): Promise<void>;
}

/** BullMQ answers in seconds or not at all: a call that is not taken by then is left to the next sweep. */
const HAND_OVER_MS = 5_000;

/**
 * A queue of BullMQ. Jobs are calls and nothing more, so none is kept once answered, and none is retried: the
 * dispatcher calls again what still has to be done. Nothing that BullMQ throws or emits leaves this file.
 */
export async function bullQueue(
  backend: Backend,
  options: { readonly name: string; readonly concurrency: number; readonly log: Logger },
): Promise<Queue> {
  const health = watchHealth(options.log, backend.kind);
  const queue = backend.producer(options.name, {
    defaultJobOptions: { removeOnComplete: true, removeOnFail: true, attempts: 1 },
  });
  // Without a listener an error of the connection would end the process.
  queue.on("error", (error) => health.bad(error));
  let worker: Consumer | undefined;
  let closed = false;
  try {
    await queue.waitUntilReady();
  } catch (error) {
    await queue.close().catch(() => undefined);
    await backend.close();
    throw new QueueError(
      `La file des diffusions ne démarre pas sur ${backend.kind} : ${error instanceof Error ? error.message : String(error)}. Corrigez, ou passez-vous de file : QUEUE=poll.`,
    );
  }
  return {
    kind: backend.kind,
    async wake(wakes) {
      if (closed) return false;
      if (wakes.length === 0) return true;
      if (worker !== undefined && !worker.isRunning()) revive(worker, health);
      try {
        await inTime(queue.addBulk(wakes.map(jobOf)));
        health.good();
        return true;
      } catch (error) {
        health.bad(error);
        return false;
      }
    },
    onWake(handler) {
      if (worker !== undefined) throw new Error("onWake is called once");
      worker = startWorker(backend, options, health, handler);
    },
    async close() {
      closed = true;
      for (const one of [worker, queue]) await one?.close().catch((error: unknown) => health.bad(error));
      await backend.close();
    },
  };
}

function startWorker(
  backend: Backend,
  { name, concurrency, log }: { readonly name: string; readonly concurrency: number; readonly log: Logger },
  health: Health,
  handler: WakeHandler,
): Consumer {
  const worker = backend.consumer(
    name,
    async ({ data }) => {
      health.good();
      await handler(data).catch((error: unknown) =>
        log.error({ err: error, ...data }, "queue.handler_failed"),
      );
    },
    {
      concurrency,
      // After a crash the call is made again at once: repeating it is harmless, and the row says what there is to do.
      maxStalledCount: 1_000_000,
      drainDelay: 5,
      runRetryDelay: 1_000,
    },
  );
  worker.on("error", (error) => health.bad(error));
  return worker;
}

/** BullMQ leaves its loop when the connection fails at the wrong moment, and says nothing more. */
function revive(worker: Consumer, health: Health): void {
  if (worker.closing !== undefined) return;
  worker.run().catch((error: unknown) => health.bad(error));
}

/**
 * One job per delivery and epoch, and another for a later call: BullMQ keeps a single job of an id, and a late one must
 * not hide one for now. Ids of jobs hold no `:` and are not all digits, as BullMQ demands.
 */
function jobOf({ deliveryId, epoch, delayMs }: Wake) {
  const later = delayMs !== undefined && delayMs > 0;
  const jobId = `${deliveryId}.${epoch}${later ? ".plus-tard" : ""}`;
  return {
    name: "wake",
    data: { deliveryId, epoch },
    opts: { jobId, ...(later ? { delay: Math.ceil(delayMs) } : {}) },
  };
}

async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("no answer in time")), HAND_OVER_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    // When it is late it may still fail, with nobody to hear it.
    work.catch(() => undefined);
  }
}
