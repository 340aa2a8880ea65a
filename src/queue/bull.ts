import type { JobsOptions, Processor, QueueOptions, WorkerOptions } from "bullmq";
import type { Logger } from "../log/index.ts";
import { watchHealth } from "./health.ts";
import { inTime } from "./inTime.ts";
import { type Listener, startListener } from "./listener.ts";
import { type Queue, QueueError, type Wake } from "./port.ts";

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
  waitUntilReady(): Promise<unknown>;
  isRunning(): boolean;
  run(): Promise<void>;
  pause(): Promise<void>;
  close(force: true): Promise<void>;
}

/** What tells one backend of BullMQ from the other. */
export interface Backend {
  readonly kind: "postgres" | "redis";
  /** Hands calls over: fails fast. */
  producer(name: string, options: Omit<QueueOptions, "connection">): Producer;
  /** Answers: waits as long as it takes. */
  consumer(name: string, processor: Processor<Wake>, options: Omit<WorkerOptions, "connection">): Consumer;
  /** Cuts whatever producer and consumer still hold, a server that no longer answers included. */
  cut(): void;
}

/** BullMQ answers in seconds or not at all: a call that is not taken by then is left to the next sweep. */
const HAND_OVER_MS = 5_000;

/** To be there at first: several processes may wait for one that creates the tables. */
const START_MS = 30_000;

/** To take leave; beyond, connections are cut. */
const LEAVE_MS = 3_000;

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
  let listener: Listener | undefined;
  let closing: Promise<void> | undefined;
  try {
    await inTime(queue.waitUntilReady(), START_MS);
  } catch (error) {
    await inTime(queue.close(), LEAVE_MS).catch(() => undefined);
    backend.cut();
    throw new QueueError(
      `La file des diffusions ne démarre pas sur ${backend.kind} : ${error instanceof Error ? error.message : String(error)}. Corrigez, ou passez-vous de file : QUEUE=poll.`,
    );
  }
  const leave = async () => {
    const left = await Promise.allSettled([listener?.close(LEAVE_MS), inTime(queue.close(), LEAVE_MS)]);
    for (const one of left) if (one.status === "rejected") health.bad(one.reason);
    backend.cut();
  };
  return {
    kind: backend.kind,
    async wake(wakes) {
      if (closing !== undefined) return false;
      if (wakes.length === 0) return true;
      listener?.revive();
      try {
        await inTime(queue.addBulk(wakes.map(jobOf)), HAND_OVER_MS);
        health.good();
        return true;
      } catch (error) {
        health.bad(error);
        return false;
      }
    },
    onWake(handler) {
      if (listener !== undefined) throw new Error("onWake is called once");
      listener = startListener(backend, options, health, handler);
    },
    close() {
      closing ??= leave();
      return closing;
    },
  };
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
