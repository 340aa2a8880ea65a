import { Worker } from "node:worker_threads";
import type { RelectureReply, RelectureRequest, Relu } from "./relectureProtocol.ts";

/** Bytes written before the thread is told: waking it for each block costs more than reading it. */
const STEP = 1024 * 1024;

/** The second reading of one file, which follows its writing. */
export interface Relecture {
  /** The XML is on the disk from its start to `octets`. */
  written(octets: number): void;
  /**
   * Both files are whole: ends the reading, and reads them again from their start.
   * @throws Error when a file cannot be read, or the thread broke
   */
  end(gz: string): Promise<Relu>;
  /** Gives the file up, or says that it is done with. */
  close(): void;
}

const SCRIPT = new URL("./relectureWorker.mjs", import.meta.url);

/** The thread, shared by the files being written; it ends with the last of them. */
let shared: Fil | undefined;
let lastId = 0;

/**
 * Starts to read a file again while it is written.
 * @param xml its path
 * @param script another thread, for the tests of its failures
 */
export function relire(xml: string, script: URL = SCRIPT): Relecture {
  shared ??= new Fil(script);
  const fil = shared;
  const id = ++lastId;
  let told = 0;
  fil.open(id);
  return {
    written(octets) {
      if (octets - told < STEP) return;
      told = octets;
      fil.send({ kind: "ecrit", id, xml, octets });
    },
    end: (gz) => fil.end({ kind: "fin", id, xml, gz }),
    close: () => fil.close(id),
  };
}

class Fil {
  readonly #worker: Worker;
  readonly #open = new Set<number>();
  readonly #failures = new Map<number, Error>();
  readonly #waiting = new Map<
    number,
    { readonly resolve: (relu: Relu) => void; readonly reject: (error: Error) => void }
  >();
  #lost: Error | undefined;

  constructor(script: URL) {
    this.#worker = new Worker(script, {
      execArgv: [],
      env: {},
      name: "relecture",
      resourceLimits: { maxOldGenerationSizeMb: 32, maxYoungGenerationSizeMb: 4 },
    });
    this.#worker.unref();
    this.#worker.on("message", (reply: RelectureReply) => this.#answered(reply));
    this.#worker.on("error", (error) =>
      this.#lose(error instanceof Error ? error.message : String(error), error),
    );
    this.#worker.on("exit", (code) => this.#lose(`le fil a pris fin (code ${code})`));
  }

  open(id: number): void {
    this.#open.add(id);
  }

  send(request: RelectureRequest): void {
    if (this.#lost === undefined) this.#worker.postMessage(request);
  }

  end(request: RelectureRequest): Promise<Relu> {
    return new Promise((resolve, reject) => {
      const failure = this.#lost ?? this.#failures.get(request.id);
      if (failure !== undefined) throw failure;
      this.#waiting.set(request.id, { resolve, reject });
      this.#worker.ref();
      this.send(request);
    });
  }

  close(id: number): void {
    if (!this.#open.delete(id)) return;
    this.#failures.delete(id);
    if (this.#open.size > 0) {
      this.send({ kind: "abandon", id });
      return;
    }
    if (shared === this) shared = undefined;
    void this.#worker.terminate();
  }

  #answered(reply: RelectureReply): void {
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    if (this.#waiting.size === 0) this.#worker.unref();
    if (reply.kind === "relu") waiting?.resolve(reply.relu);
    else if (waiting !== undefined) waiting.reject(reply.error);
    else if (this.#open.has(reply.id)) this.#failures.set(reply.id, reply.error);
  }

  /** What was being read is refused; files opened afterwards have another thread. */
  #lose(reason: string, cause?: unknown): void {
    if (this.#lost !== undefined) return;
    this.#lost = new Error(`la relecture s'est arrêtée : ${reason}`, { cause });
    if (shared === this) shared = undefined;
    for (const { reject } of this.#waiting.values()) reject(this.#lost);
    this.#waiting.clear();
  }
}
