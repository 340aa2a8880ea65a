import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startQueue } from "../../src/queue/index.ts";
import { type QueueProcess, queueProcess } from "../contract/queueProcess.ts";
import { eventually, silence } from "../support/diffusion.ts";
import { type RedisServer, startRedis } from "../support/redis.ts";

/** What closing may take with a server that no longer answers. */
const BOUND = 10_000;

describe("a Redis that is no longer there", () => {
  let redis: RedisServer;
  let queue: QueueProcess;
  beforeEach(async () => {
    redis = await startRedis();
    queue = queueProcess("redis", redis.url);
    await queue.ask("start");
  });
  afterEach(async () => {
    queue.kill();
    await redis.stop();
  });

  const hears = (word: string) =>
    eventually(async () => {
      await queue.ask("wake", word);
      return queue.heard.has(word) ? true : undefined;
    }, `an answer to ${word}`);
  /** Connections are taken, and nothing is answered. */
  const freeze = () => redis.command("CLIENT", "PAUSE", "600000", "ALL");

  test("killed as listening begins: heard when it is back", async () => {
    await redis.kill();
    await queue.ask("listen");
    expect(await queue.ask("wake", "pendant")).toBe(false);
    await redis.restart();
    await hears("apres");
    await queue.ask("close");
    expect(await queue.ended(BOUND)).toBe(0);
  });

  test("killed for good: the queue closes, the process ends", async () => {
    await queue.ask("listen");
    await hears("avant");
    await redis.kill();
    await queue.ask("close", "", BOUND);
    expect(await queue.ended(BOUND)).toBe(0);
  });

  test("frozen: calls are not taken, the queue closes, the process ends, and no other starts", async () => {
    await queue.ask("listen");
    await hears("avant");
    await freeze();
    const other = expect(startQueue({ kind: "redis", redisUrl: redis.url, log: silence })).rejects.toThrow(
      /Redis ne répond pas/,
    );
    expect(await queue.ask("wake", "pendant")).toBe(false);
    await queue.ask("close", "", BOUND);
    expect(await queue.ended(BOUND)).toBe(0);
    await other;
  });
});
