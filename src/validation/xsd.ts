import { NAMESPACE } from "../lheo/index.ts";
import { cutInLots, type Fragment, type Lot, LotEncoder } from "./xsdLots.ts";
import type { Lecture, WorkerData, WorkerRequest, XsdDefect } from "./xsdProtocol.ts";
import { schemas, XSD_VERSION } from "./xsdSchema.ts";
import { type Done, type StartThread, type Thread, threads, XsdWorkerError } from "./xsdThread.ts";

export interface XsdOptions {
  /** Threads; 1 by default. */
  readonly workers?: number;
  /** A thread whose wasm memory has grown above this, because of one huge document, is replaced; 96 by default. */
  readonly memoryMb?: number;
  /** `publiee` for what the published XSD accepts; by default `stricte`, ours. */
  readonly lecture?: Lecture;
  /** Another way to start a thread, for tests. */
  readonly start?: StartThread;
}

export interface Xsd {
  /**
   * Checks `<formation>…</formation>` fragments, each as a document of its own. Ask for the next batch before the
   * answer to the last one: threads then never wait. Two batches under way are enough, and bound the memory.
   *
   * @returns for each fragment, in order, its defects: none when it is valid
   * @throws XsdWorkerError when a thread broke twice on the same fragments, or after `close`
   */
  validate(fragments: readonly Fragment[], lecture?: Lecture): Promise<readonly (readonly XsdDefect[])[]>;
  /** Checks a whole document of any root, such as an envelope, held in memory. A DTD is a defect. */
  validateDocument(xml: Fragment, lecture?: Lecture): Promise<readonly XsdDefect[]>;
  /** Of the schema. */
  readonly version: string;
  /** Threads replaced so far, after a crash or for their memory. */
  readonly replaced: number;
  close(): Promise<void>;
}

/** Sent to each thread ahead of the answers, so that it always has the next lot at hand. */
const AHEAD = 2;
const HEAD = `<lheo xmlns="${NAMESPACE}"><offres>`;
const TAIL = "</offres></lheo>";
const NONE: readonly XsdDefect[] = [];

/** Starts the XSD threads. Close them, or the process ends without waiting for them. */
export function startXsd(options: XsdOptions = {}): Xsd {
  return new Pool(options);
}

interface Task {
  readonly id: number;
  readonly lecture: Lecture;
  /** Encoded when a thread is ready for it, again when the thread is lost. */
  readonly encode: () => Lot;
  readonly kind: WorkerRequest["kind"];
  readonly resolve: (failures: Done["failures"]) => void;
  readonly reject: (reason: Error) => void;
  tries: number;
}

interface Slot {
  readonly thread: Thread;
  readonly tasks: Map<number, Task>;
  /** Takes nothing more: it is replaced as soon as it has answered. */
  worn: boolean;
}

class Pool implements Xsd {
  readonly version = XSD_VERSION;
  readonly #options;
  readonly #data: WorkerData = { schemas: schemas(), head: HEAD, tail: TAIL };
  readonly #encoder = new LotEncoder(HEAD, TAIL);
  readonly #slots = new Set<Slot>();
  readonly #waiting: Task[] = [];
  #nextId = 1;
  #closed = false;
  #replaced = 0;

  constructor({ workers = 1, memoryMb = 96, lecture = "stricte", start = threads(64) }: XsdOptions) {
    this.#options = { workers: Math.max(1, workers), memory: memoryMb * 1024 * 1024, lecture, start };
    for (let i = 0; i < this.#options.workers; i++) this.#open();
  }

  get replaced(): number {
    return this.#replaced;
  }

  async validate(fragments: readonly Fragment[], lecture: Lecture = this.#options.lecture) {
    const results: (readonly XsdDefect[])[] = new Array(fragments.length).fill(NONE);
    const lots = cutInLots(fragments).map(async ({ start, end }) => {
      const encode = () => this.#encoder.lot(fragments.slice(start, end));
      for (const [rank, defects] of await this.#run("lot", lecture, encode)) results[start + rank] = defects;
    });
    await Promise.all(lots);
    return results;
  }

  async validateDocument(xml: Fragment, lecture: Lecture = this.#options.lecture) {
    const failures = await this.#run("document", lecture, () => this.#encoder.document(xml));
    return failures[0]?.[1] ?? NONE;
  }

  async close(): Promise<void> {
    this.#closed = true;
    const stopped = new XsdWorkerError("Le contrôle XSD est fermé");
    const slots = [...this.#slots];
    this.#slots.clear();
    for (const task of [...this.#waiting.splice(0), ...slots.flatMap(({ tasks }) => [...tasks.values()])]) {
      task.reject(stopped);
    }
    await Promise.all(slots.map(({ thread }) => thread.stop()));
  }

  #run(kind: Task["kind"], lecture: Lecture, encode: () => Lot): Promise<Done["failures"]> {
    return new Promise((resolve, reject) => {
      if (this.#closed) throw new XsdWorkerError("Le contrôle XSD est fermé");
      this.#waiting.push({ id: this.#nextId++, kind, lecture, encode, resolve, reject, tries: 0 });
      this.#feed();
    });
  }

  #open(): void {
    const tasks = new Map<number, Task>();
    const slot: Slot = {
      tasks,
      worn: false,
      thread: this.#options.start(this.#data, {
        done: (reply) => this.#done(slot, reply),
        lost: (reason) => this.#lost(slot, reason),
      }),
    };
    this.#slots.add(slot);
  }

  /** Gives the waiting tasks to the threads that have least to do, and starts those that are missing. */
  #feed(): void {
    for (;;) {
      const working = [...this.#slots].filter(({ worn }) => !worn);
      if (this.#waiting.length > 0 && working.length < this.#options.workers) this.#open();
      const slot = [...this.#slots]
        .filter(({ worn, tasks }) => !worn && tasks.size < AHEAD)
        .sort((a, b) => a.tasks.size - b.tasks.size)[0];
      const task = slot === undefined ? undefined : this.#waiting.shift();
      if (slot === undefined || task === undefined) return;
      const { id, kind, lecture } = task;
      const { buffer, length, ends } = task.encode();
      slot.tasks.set(id, task);
      slot.thread.hold(true);
      slot.thread.send(
        kind === "lot" ? { kind, id, lecture, buffer, length, ends } : { kind, id, lecture, buffer, length },
        [buffer],
      );
    }
  }

  #done(slot: Slot, { id, failures, buffer, memory }: Done): void {
    this.#encoder.giveBack(buffer);
    const task = slot.tasks.get(id);
    slot.tasks.delete(id);
    if (memory > this.#options.memory && !slot.worn && !this.#closed) {
      slot.worn = true;
      this.#replaced++;
    }
    if (slot.tasks.size === 0) slot.thread.hold(false);
    if (slot.worn && slot.tasks.size === 0) {
      this.#slots.delete(slot);
      void slot.thread.stop();
    }
    task?.resolve(failures);
    this.#feed();
  }

  /** A lost thread is replaced when there is work; what it was given is tried once more, then refused. */
  #lost(slot: Slot, reason: XsdWorkerError): void {
    if (!this.#slots.delete(slot) || this.#closed) return;
    if (!slot.worn) this.#replaced++;
    const again = [...slot.tasks.values()].filter((task) => ++task.tries < 2);
    for (const task of slot.tasks.values()) if (!again.includes(task)) task.reject(reason);
    this.#waiting.unshift(...again);
    this.#feed();
  }
}
