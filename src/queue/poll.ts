import type { Logger } from "../log/index.ts";
import type { Queue, Wake, WakeHandler } from "./port.ts";

/** Beyond, a timer of Node fires at once: such a call can wait for another sweep. */
const LONGEST_TIMER = 2_000_000_000;

/**
 * No queue: calls are answered in this process, at most `concurrency` at once, and are lost with it. The same call is
 * kept once.
 */
export function pollQueue(options: { readonly concurrency: number; readonly log: Logger }): Queue {
  const waiting = new Map<string, Wake>();
  const timers = new Map<string, NodeJS.Timeout>();
  const running = new Set<Promise<void>>();
  let handler: WakeHandler | undefined;
  let closed = false;

  const keyOf = ({ deliveryId, epoch }: Wake) => `${deliveryId}.${epoch}`;
  const pump = () => {
    while (handler !== undefined && !closed && running.size < options.concurrency) {
      const next = waiting.entries().next();
      if (next.done === true) return;
      const [key, wake] = next.value;
      waiting.delete(key);
      const answer = handler(wake)
        .catch((error: unknown) => options.log.error({ err: error, ...wake }, "queue.handler_failed"))
        .then(() => {
          running.delete(answer);
          pump();
        });
      running.add(answer);
    }
  };
  const accept = (wake: Wake) => {
    waiting.set(keyOf(wake), wake);
    pump();
  };

  return {
    kind: "poll",
    async wake(wakes) {
      if (closed) return false;
      for (const wake of wakes) {
        const key = keyOf(wake);
        const delay = wake.delayMs ?? 0;
        if (delay <= 0) accept(wake);
        else if (!timers.has(key) && delay < LONGEST_TIMER)
          timers.set(
            key,
            setTimeout(() => {
              timers.delete(key);
              accept(wake);
            }, delay),
          );
      }
      return true;
    },
    onWake(answer) {
      if (handler !== undefined) throw new Error("onWake is called once");
      handler = answer;
      pump();
    },
    async close() {
      closed = true;
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
      waiting.clear();
      await Promise.all(running);
    },
  };
}
