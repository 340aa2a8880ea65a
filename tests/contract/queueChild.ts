import { createLogger } from "../../src/log/index.ts";
import { type Queue, type QueueOptions, startQueue } from "../../src/queue/index.ts";

/** A queue in a process of its own, told what to do by messages; see `queueProcess.ts`. */
const [kind, url = ""] = process.argv.slice(2);
const where: Pick<QueueOptions, "kind" | "databaseUrl" | "redisUrl"> =
  kind === "redis" ? { kind: "redis", redisUrl: url } : { kind: "postgres", databaseUrl: url };

const say = (said: Record<string, unknown>) => process.send?.(said);
let queue: Queue | undefined;

process.on("message", async ({ id, act, word = "" }: { id: number; act: string; word?: string }) => {
  try {
    say({ id, answer: await obey(act, word) });
  } catch (error) {
    say({ id, error: error instanceof Error ? error.message : String(error) });
  }
  // Whatever keeps the process alive from here on was left behind by the queue.
  if (act === "close") process.disconnect();
});

async function obey(act: string, word: string): Promise<unknown> {
  if (act === "start") {
    queue = await startQueue({ ...where, log: createLogger({ level: "silent" }) });
    return true;
  }
  if (queue === undefined) throw new Error("not started");
  if (act === "listen")
    return queue.onWake(async ({ deliveryId }) => {
      say({ heard: deliveryId });
    });
  if (act === "wake") return queue.wake([{ deliveryId: word, epoch: 0 }]);
  return queue.close();
}
