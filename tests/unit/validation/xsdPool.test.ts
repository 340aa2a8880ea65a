import { afterEach, describe, expect, test } from "vitest";
import { startXsd, type Xsd, XsdWorkerError } from "../../../src/validation/index.ts";
import type { WorkerRequest } from "../../../src/validation/xsdProtocol.ts";
import { type StartThread, type ThreadEvents, threads } from "../../../src/validation/xsdThread.ts";

/** Threads that are not: the test answers for them. */
class FakeThreads {
  readonly started: {
    readonly events: ThreadEvents;
    readonly work: WorkerRequest[];
    stopped: boolean;
    busy: boolean;
  }[] = [];
  readonly start: StartThread = (_, events) => {
    const thread = { events, work: [] as WorkerRequest[], stopped: false, busy: false };
    this.started.push(thread);
    return {
      send: (work) => thread.work.push(work),
      hold: (busy) => {
        thread.busy = busy;
      },
      stop: async () => {
        thread.stopped = true;
      },
    };
  };

  answer(thread: number, memory = 0): void {
    const { events, work } = this.thread(thread);
    const next = work.shift();
    if (next === undefined) throw new Error("no work");
    events.done({ kind: "done", id: next.id, failures: [], buffer: next.buffer, memory });
  }

  lose(thread: number): void {
    this.thread(thread).events.lost(new XsdWorkerError("Le contrôle XSD s'est arrêté : essai"));
  }

  thread(i: number) {
    const thread = this.started[i];
    if (thread === undefined) throw new Error(`thread ${i} was not started`);
    return thread;
  }
}

let open: Xsd | undefined;
afterEach(() => open?.close());

function pool(workers = 1, memoryMb = 1): { xsd: Xsd; fake: FakeThreads } {
  const fake = new FakeThreads();
  const xsd = startXsd({ workers, memoryMb, start: fake.start });
  open = xsd;
  return { xsd, fake };
}

const BIG = "x".repeat(300_000);

describe("the pool", () => {
  test("shares the lots and sends two ahead to each thread, no more", () => {
    const { xsd, fake } = pool(2);
    xsd.validate([BIG, BIG, BIG, BIG, BIG, BIG]).catch(() => undefined);
    expect(fake.started.map(({ work }) => work.length)).toEqual([2, 2]);
    fake.answer(0);
    expect(fake.started.map(({ work }) => work.length)).toEqual([2, 2]);
  });

  test("lets the process end when a thread has nothing to do", async () => {
    const { xsd, fake } = pool();
    const done = xsd.validate(["a"]);
    expect(fake.thread(0).busy).toBe(true);
    fake.answer(0);
    await done;
    expect(fake.thread(0).busy).toBe(false);
  });

  test("a lost thread is replaced and its work done again", async () => {
    const { xsd, fake } = pool();
    const done = xsd.validate(["a"]);
    fake.lose(0);
    expect(fake.started).toHaveLength(2);
    fake.answer(1);
    expect(await done).toEqual([[]]);
    expect(xsd.replaced).toBe(1);
  });

  test("what loses two threads is refused, and the next work is done", async () => {
    const { xsd, fake } = pool();
    const fatal = xsd.validate(["a"]);
    fake.lose(0);
    fake.lose(1);
    await expect(fatal).rejects.toThrow("Le contrôle XSD s'est arrêté : essai");
    const done = xsd.validate(["b"]);
    fake.answer(2);
    expect(await done).toEqual([[]]);
  });

  test("a thread lost with no work is not started again for nothing", () => {
    const { fake } = pool();
    fake.lose(0);
    expect(fake.started).toHaveLength(1);
  });

  test("a thread whose memory grew is replaced once it has answered all it has", async () => {
    const { xsd, fake } = pool(1, 1);
    const done = xsd.validate([BIG, BIG, BIG]);
    fake.answer(0, 2 * 1024 * 1024);
    expect(fake.thread(0).stopped).toBe(false);
    expect(fake.started).toHaveLength(2);
    fake.answer(0, 2 * 1024 * 1024);
    expect(fake.thread(0).stopped).toBe(true);
    fake.answer(1);
    expect(await done).toEqual([[], [], []]);
    expect(xsd.replaced).toBe(1);
  });

  test("buffers come back and are used again", async () => {
    const { xsd, fake } = pool();
    const first = xsd.validate(["a"]);
    const [work] = fake.thread(0).work;
    fake.answer(0);
    await first;
    xsd.validate(["b"]).catch(() => undefined);
    expect(fake.thread(0).work[0]?.buffer).toBe(work?.buffer);
  });
});

describe("a real thread", () => {
  test("that breaks says why", async () => {
    const script = new URL("data:text/javascript,throw new Error('cassé')");
    const xsd = startXsd({ start: threads(64, script) });
    open = xsd;
    await expect(xsd.validate(["a"])).rejects.toThrow(/Le contrôle XSD s'est arrêté : cassé/);
  });

  test("is replaced after a huge document, and its memory with it", async () => {
    const xsd = startXsd({ memoryMb: 64 });
    open = xsd;
    const huge = `<formation>${"<a>x</a>".repeat(600_000)}</formation>`;
    expect((await xsd.validate([huge]))[0]?.length).toBeGreaterThan(0);
    expect(xsd.replaced).toBe(1);
    expect((await xsd.validate(["<formation/>"]))[0]?.length).toBeGreaterThan(0);
    expect(xsd.replaced).toBe(1);
  });
});
