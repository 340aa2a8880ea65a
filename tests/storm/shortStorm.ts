import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { useDatabase } from "../support/database.ts";
import { cutSessions, emptyQueue } from "./ground.ts";
import { type StormOptions, storm } from "./storm.ts";
import { tableOf } from "./summary.ts";
import type { Blow } from "./weather.ts";

/** A short storm in a test file, on the server that all tests share: only what is this database's own is struck. */
export function shortStorm(
  queue: StormOptions["queue"],
  strike: Partial<Record<Blow, () => Promise<void>>> = {},
  redisUrl: () => string | undefined = () => undefined,
): void {
  const database = useDatabase();
  let dir = "";
  beforeAll(async () => {
    dir = await mkdtemp(path.join(tmpdir(), "offre-info-tempete-"));
  });
  afterAll(() => rm(dir, { recursive: true, force: true }));

  test(`a storm on the queue ${queue}: nothing lost, early, untraced or unordered`, async () => {
    const none = async () => undefined;
    const report = await storm(
      {
        queue,
        deliveries: 60,
        partners: 24,
        workers: 2,
        seed: "court",
        quietMs: 30_000,
        blows: {
          kills: 6,
          cuts: 1,
          flushes: queue === "poll" ? 0 : 1,
          redisKills: strike.redisKills === undefined ? 0 : 1,
          crashes: 0,
        },
      },
      {
        databaseUrl: database.url,
        dir,
        redisUrl: redisUrl(),
        strike: {
          crashes: none,
          redisKills: none,
          cuts: () => cutSessions(database.url),
          flushes: () => emptyQueue(database.url),
          ...strike,
        },
      },
    );
    const { violations, deaths, blows, summary } = report;
    expect({ ...violations, deaths }, tableOf("Tempête", report)).toEqual({
      undelivered: [],
      early: [],
      untraced: [],
      doubled: [],
      disordered: [],
      deaths: [],
    });
    expect(blows.kills).toBe(6);
    expect(summary.deliveries).toBeGreaterThanOrEqual(60);
    expect(summary.unknown).toBeGreaterThan(0);
  }, 180_000);
}
