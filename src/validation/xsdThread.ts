import { Worker } from "node:worker_threads";
import type { WorkerData, WorkerReply, WorkerRequest } from "./xsdProtocol.ts";

/** The thread or what it runs broke; the documents are not at fault, or are and cannot be blamed for it. */
export class XsdWorkerError extends Error {
  override readonly name = "XsdWorkerError";
}

export type Done = Extract<WorkerReply, { kind: "done" }>;

/** What happens to a thread, told to the one who started it. */
export interface ThreadEvents {
  readonly done: (reply: Done) => void;
  /** Told once, for a thread that ended without having been asked to. */
  readonly lost: (reason: XsdWorkerError) => void;
}

/** One worker thread. It does not keep the process alive unless it has work. */
export interface Thread {
  send(work: WorkerRequest, transfer: readonly ArrayBuffer[]): void;
  /** Keeps the process alive or lets it end. */
  hold(busy: boolean): void;
  stop(): Promise<void>;
}

export type StartThread = (data: WorkerData, events: ThreadEvents) => Thread;

const SCRIPT = new URL("./xsdWorker.mjs", import.meta.url);

/**
 * Starts the thread. It inherits no loader and no environment: it is plain JavaScript, and holds no secret.
 *
 * @param memoryMb most JavaScript heap for the thread; wasm memory is counted apart
 * @param script another worker, for the tests of its failures
 */
export function threads(memoryMb: number, script: URL = SCRIPT): StartThread {
  return (data, events) => {
    const worker = new Worker(script, {
      workerData: data,
      execArgv: [],
      env: {},
      name: "xsd",
      resourceLimits: { maxOldGenerationSizeMb: memoryMb },
    });
    worker.unref();
    let ended = false;
    const lose = (reason: string, cause?: unknown) => {
      if (ended) return;
      ended = true;
      events.lost(new XsdWorkerError(`Le contrôle XSD s'est arrêté : ${reason}`, { cause }));
    };
    worker.on("message", (reply: WorkerReply) => {
      if (reply.kind === "done" && !ended) events.done(reply);
    });
    worker.on("error", (error) => lose(error instanceof Error ? error.message : String(error), error));
    worker.on("messageerror", (error) => lose(error.message, error));
    worker.on("exit", (code) => lose(`le fil a pris fin (code ${code})`));
    return {
      send: (work, transfer) => worker.postMessage(work, [...transfer]),
      hold: (busy) => (busy ? worker.ref() : worker.unref()),
      stop: async () => {
        ended = true;
        await worker.terminate();
      },
    };
  };
}
