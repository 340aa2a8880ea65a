import type { JobsOptions, Processor, QueueOptions, WorkerOptions } from "bullmq";
import type { Logger } from "../log/index.ts";
import { Board, type Readable } from "./board.ts";
import { watchHealth } from "./health.ts";
import { inTime } from "./inTime.ts";
import { type Listener, startListener } from "./listener.ts";
import { type Queue, QueueError, type Wake } from "./port.ts";

/** What a job holds: calls, answered one after the other. */
export interface Lot {
  readonly calls: readonly Pick<Wake, "deliveryId" | "epoch">[];
}

/** What this file uses of a BullMQ queue, whatever its backend. */
export interface Producer extends Readable {
  on(event: "error", listener: (error: Error) => void): unknown;
  waitUntilReady(): Promise<unknown>;
  addBulk(jobs: { name: string; data: Lot; opts: JobsOptions }[]): Promise<unknown>;
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
  consumer(name: string, processor: Processor<Lot>, options: Omit<WorkerOptions, "connection">): Consumer;
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
    board: new Board(queue, "Réveils des diffusions"),
    async wake(wakes) {
      if (closing !== undefined) return false;
      if (wakes.length === 0) return true;
      listener?.revive();
      try {
        await inTime(queue.addBulk(jobsOf(wakes, options.concurrency)), HAND_OVER_MS);
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

/** Calls in one job, at most: a job costs as much as the call of a delivery itself, and no more when it holds several. */
const MOST_CALLS = 10;

/** The calls for now in lots, small enough that every hand gets some; each later call by itself. */
function jobsOf(wakes: readonly Wake[], hands: number) {
  const now = wakes.filter(({ delayMs = 0 }) => delayMs <= 0);
  const size = Math.min(MOST_CALLS, Math.ceil(now.length / (2 * hands)));
  return [
    ...now.flatMap((first, rank) => (rank % size === 0 ? [jobOf(first, now.slice(rank, rank + size))] : [])),
    ...wakes.filter(({ delayMs = 0 }) => delayMs > 0).map((wake) => jobOf(wake, [wake], wake.delayMs)),
  ];
}

/**
 * Named after its first call, and otherwise when it is for later: BullMQ keeps a single job of an id, so that calls made
 * again while nobody answers do not pile up, and a late one does not hide one for now. Ids of jobs hold no `:` and are not
 * all digits, as BullMQ demands.
 */
function jobOf({ deliveryId, epoch }: Wake, lot: readonly Wake[], delayMs?: number) {
  const jobId = `${deliveryId}.${epoch}`;
  return {
    name: "wake",
    data: { calls: lot.map((one) => ({ deliveryId: one.deliveryId, epoch: one.epoch })) },
    opts: delayMs === undefined ? { jobId } : { jobId: `${jobId}.plus-tard`, delay: Math.ceil(delayMs) },
  };
}
