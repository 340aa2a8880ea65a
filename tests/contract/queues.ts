import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Queue, Wake } from "../../src/queue/index.ts";
import { eventually } from "../support/diffusion.ts";

/** A backend on which queues can be opened; those of one backend share their calls, unless it is alone. */
export interface QueueBackend {
  open(concurrency?: number): Promise<Queue>;
  /** Do queues opened twice share their calls? */
  readonly shared: boolean;
  close(): Promise<void>;
}

/** What every alarm clock owes to the dispatcher. */
export function queueContract(name: string, start: () => Promise<QueueBackend>): void {
  describe(`queue ${name}`, () => {
    let backend: QueueBackend;
    const opened: Queue[] = [];
    beforeEach(async () => {
      backend = await start();
    });
    afterEach(async () => {
      for (const queue of opened.splice(0)) await queue.close();
      await backend.close();
    });
    const open = async (concurrency?: number) => {
      const queue = await backend.open(concurrency);
      opened.push(queue);
      return queue;
    };
    const listening = (queue: Queue) => {
      const heard: Wake[] = [];
      queue.onWake(async (wake) => {
        heard.push(wake);
      });
      return heard;
    };
    const call = (rank: number): Wake => ({ deliveryId: `20261124T083015Z-essai-${rank}`, epoch: 0 });
    const until = (heard: readonly Wake[], count: number) =>
      eventually(() => (heard.length >= count ? heard : undefined), `${count} calls, ${heard.length} heard`);

    test("a call is answered with what it says", async () => {
      const queue = await open();
      const heard = listening(queue);
      expect(await queue.wake([{ deliveryId: "20261124T083015Z-essai-1", epoch: 3 }])).toBe(true);
      await until(heard, 1);
      expect(heard).toMatchObject([{ deliveryId: "20261124T083015Z-essai-1", epoch: 3 }]);
    });

    test("calls made before anyone listens are kept", async () => {
      const queue = await open();
      await queue.wake([call(1), call(2)]);
      await until(listening(queue), 2);
    });

    test("the same call made again before it is answered is one call", async () => {
      const queue = await open(1);
      for (let time = 1; time <= 5; time += 1) await queue.wake([call(1)]);
      await queue.wake([call(2)]);
      const heard = listening(queue);
      await eventually(
        () => (heard.some(({ deliveryId }) => deliveryId === call(2).deliveryId) ? true : undefined),
        "the last call",
      );
      expect(heard.map(({ deliveryId }) => deliveryId)).toEqual([call(1).deliveryId, call(2).deliveryId]);
    });

    test("many calls are each answered, so many at once and no more", async () => {
      const queue = await open(4);
      const answered = new Set<string>();
      let now = 0;
      let most = 0;
      queue.onWake(async ({ deliveryId }) => {
        now += 1;
        most = Math.max(most, now);
        await new Promise((resolve) => setTimeout(resolve, 5));
        now -= 1;
        answered.add(deliveryId);
      });
      await queue.wake(Array.from({ length: 100 }, (_, rank) => call(rank)));
      await eventually(() => (answered.size === 100 ? true : undefined), "100 answers");
      expect(most).toBeLessThanOrEqual(4);
      expect(most).toBeGreaterThan(1);
    });

    test("the same call can be made again once it was answered", async () => {
      const queue = await open();
      const heard = listening(queue);
      for (let time = 1; time <= 3; time += 1) {
        await eventually(async () => {
          await queue.wake([call(1)]);
          return heard.length >= time ? true : undefined;
        }, `answer ${time}`);
      }
    });

    test("a later call waits its time", async () => {
      const queue = await open();
      const heard = listening(queue);
      const since = performance.now();
      await queue.wake([{ ...call(1), delayMs: 400 }]);
      await until(heard, 1);
      expect(performance.now() - since).toBeGreaterThan(350);
    });

    test("a later call does not hide one for now", async () => {
      const queue = await open();
      const heard = listening(queue);
      await queue.wake([{ ...call(1), delayMs: 3_600_000 }]);
      await queue.wake([call(1)]);
      await until(heard, 1);
    });

    test("an answer that fails is the last of it, and others go on", async () => {
      const queue = await open();
      const heard: string[] = [];
      queue.onWake(async ({ deliveryId }) => {
        heard.push(deliveryId);
        if (deliveryId === call(1).deliveryId) throw new Error("essai");
      });
      await queue.wake([call(1)]);
      await queue.wake([call(2)]);
      await eventually(() => (heard.length >= 2 ? true : undefined), "both heard");
      await queue.wake([call(3)]);
      await eventually(() => (heard.includes(call(3).deliveryId) ? true : undefined), "the third heard");
      expect(heard.filter((id) => id === call(1).deliveryId)).toHaveLength(1);
    });

    test("among many calls one that fails is alone to fail", async () => {
      const queue = await open(2);
      const heard = new Set<string>();
      queue.onWake(async ({ deliveryId }) => {
        heard.add(deliveryId);
        if (heard.size % 5 === 0) throw new Error("essai");
      });
      await queue.wake(Array.from({ length: 40 }, (_, rank) => call(rank)));
      await eventually(() => (heard.size === 40 ? true : undefined), "40 calls");
    });

    test("closing waits for answers under way and takes nothing more", async () => {
      const queue = await open();
      let ended = false;
      const began = new Promise<void>((resolve) =>
        queue.onWake(async () => {
          resolve();
          await new Promise((done) => setTimeout(done, 200));
          ended = true;
        }),
      );
      await queue.wake([call(1)]);
      await began;
      await queue.close();
      expect(ended).toBe(true);
      expect(await queue.wake([call(2)])).toBe(false);
    });

    test("calls are answered by whoever listens", async () => {
      const [one, other] = [await open(), await open()];
      if (!backend.shared) {
        const heard = listening(one);
        await one.wake([call(1)]);
        await until(heard, 1);
        return;
      }
      const heard = listening(one);
      await other.wake([call(1)]);
      await until(heard, 1);
      await one.close();
      const next = listening(other);
      await other.wake([call(2)]);
      await until(next, 1);
    });
  });
}
