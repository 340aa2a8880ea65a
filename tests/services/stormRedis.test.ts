import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll } from "vitest";
import { shortStorm } from "../storm/shortStorm.ts";
import { type RedisServer, startRedis } from "../support/redis.ts";

let redis: RedisServer | undefined;
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis?.stop());

shortStorm(
  "redis",
  {
    flushes: async () => void (await redis?.command("FLUSHALL")),
    redisKills: async () => {
      await redis?.kill();
      await pause(1_000);
      await redis?.restart();
    },
  },
  () => redis?.url,
);
