import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startQueue } from "../../src/queue/index.ts";
import { useDatabase } from "../support/database.ts";
import { eventually, silence } from "../support/diffusion.ts";
import { type QueueProcess, queueProcess, startWire, type Wire } from "./queueProcess.ts";

/** What closing may take with a server that no longer answers. */
const BOUND = 10_000;

describe("PostgreSQL that goes away", () => {
  const database = useDatabase();
  let wire: Wire;
  let queue: QueueProcess;
  beforeEach(async () => {
    wire = await startWire(database.url);
    queue = queueProcess("postgres", wire.url);
    await queue.ask("start");
  });
  afterEach(async () => {
    queue.kill();
    await wire.close();
  });

  let rank = 0;
  /** A new call each time: one that a killed process had taken is out of reach until its lock lapses. */
  const hears = (when: string) => {
    rank += 1;
    const word = `${when}-${rank}`;
    return eventually(async () => {
      await queue.ask("wake", word);
      return queue.heard.has(word) ? true : undefined;
    }, `an answer ${word}`);
  };

  test.each(["cut", "mute"] as const)("%s as listening begins: heard when it is back", async (manner) => {
    wire.become(manner);
    await queue.ask("listen");
    expect(await queue.ask("wake", "pendant")).toBe(false);
    wire.become("open");
    await hears("apres");
    await queue.ask("close");
    expect(await queue.ended(BOUND)).toBe(0);
  });

  test("cut while listening: heard when it is back", async () => {
    await queue.ask("listen");
    await hears("avant");
    wire.become("cut");
    await eventually(
      async () => ((await queue.ask("wake", "pendant")) === false ? true : undefined),
      "a call that cannot be handed over",
    );
    wire.become("open");
    await hears("apres");
  });

  test.each(["cut", "mute"] as const)("%s for good: the queue closes, the process ends", async (manner) => {
    await queue.ask("listen");
    await hears("avant");
    wire.become(manner);
    await queue.ask("close", "", BOUND);
    expect(await queue.ended(BOUND)).toBe(0);
  });
});

describe("a database without the tables of the queue", () => {
  const database = useDatabase();

  test("many processes' worth of queues start on it at once", async () => {
    const many = Array.from({ length: 8 }, () =>
      startQueue({ kind: "postgres", databaseUrl: database.url, log: silence }),
    );
    const queues = await Promise.all(many);
    const heard: string[] = [];
    queues.at(-1)?.onWake(async ({ deliveryId }) => {
      heard.push(deliveryId);
    });
    expect(await queues[0]?.wake([{ deliveryId: "a", epoch: 0 }])).toBe(true);
    await eventually(() => (heard.length > 0 ? true : undefined), "the call");
    for (const queue of queues) await queue.close();
  });
});
