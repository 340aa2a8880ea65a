import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startQueue } from "../../src/queue/index.ts";
import { queueContract } from "../contract/queues.ts";
import { eventually, silence } from "../support/diffusion.ts";
import { type RedisServer, startRedis } from "../support/redis.ts";

let redis: RedisServer;
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());

queueContract("redis", async () => ({
  shared: true,
  open: (concurrency = 10) => startQueue({ kind: "redis", redisUrl: redis.url, concurrency, log: silence }),
  close: async () => {
    await redis.command("FLUSHALL");
  },
}));

describe("a Redis that fails", () => {
  test("killed without persistence, it answers again when it is back, and the process lives", async () => {
    const queue = await startQueue({ kind: "redis", redisUrl: redis.url, log: silence });
    const heard = new Set<string>();
    queue.onWake(async ({ deliveryId }) => {
      heard.add(deliveryId);
    });
    await queue.wake([{ deliveryId: "avant", epoch: 0 }]);
    await eventually(() => (heard.has("avant") ? true : undefined), "the first call");
    await redis.kill();
    expect(await queue.wake([{ deliveryId: "pendant", epoch: 0 }])).toBe(false);
    await redis.restart();
    await eventually(async () => {
      await queue.wake([{ deliveryId: "apres", epoch: 0 }]);
      return heard.has("apres") ? true : undefined;
    }, "a call after the restart");
    await queue.close();
  });

  test("emptied, it takes the next calls", async () => {
    const queue = await startQueue({ kind: "redis", redisUrl: redis.url, log: silence });
    const heard = new Set<string>();
    queue.onWake(async ({ deliveryId }) => {
      heard.add(deliveryId);
    });
    await queue.wake([{ deliveryId: "perdu", epoch: 0, delayMs: 60_000 }]);
    await redis.command("FLUSHALL");
    await queue.wake([{ deliveryId: "ensuite", epoch: 0 }]);
    await eventually(() => (heard.has("ensuite") ? true : undefined), "a call after FLUSHALL");
    await queue.close();
  });

  test("that may evict is refused, with what to do", async () => {
    const evicting = await startRedis("--maxmemory", "50mb", "--maxmemory-policy", "volatile-lru");
    try {
      await expect(startQueue({ kind: "redis", redisUrl: evicting.url, log: silence })).rejects.toThrow(
        /volatile-lru.*noeviction/,
      );
    } finally {
      await evicting.stop();
    }
  });
});
