import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { connect, migrate, startEmbedded } from "../../src/db/index.ts";
import { startRedis } from "../support/redis.ts";
import { urlOf } from "../support/urls.ts";
import type { Ground, StormOptions } from "./storm.ts";

/** How long Redis stays away. */
const AWAY_MS = 1_500;

/** Servers of the storm's own, to be broken at will, gone afterwards. */
export async function withGround<T>(
  queue: StormOptions["queue"],
  use: (ground: Ground) => Promise<T>,
): Promise<T> {
  const dir = await mkdtemp(path.join(tmpdir(), "offre-info-tempete-"));
  const postgres = await startPostgres(path.join(dir, "pg"));
  const redis = queue === "redis" ? await startRedis() : undefined;
  try {
    return await use({
      databaseUrl: postgres.url,
      dir,
      redisUrl: redis?.url,
      strike: {
        crashes: postgres.crash,
        cuts: () => cutSessions(postgres.url),
        flushes: async () => {
          if (queue === "redis") await redis?.command("FLUSHALL");
          if (queue === "postgres") await emptyQueue(postgres.url);
        },
        redisKills: async () => {
          await redis?.kill();
          await pause(AWAY_MS);
          await redis?.restart();
        },
      },
    });
  } finally {
    await redis?.stop();
    await postgres.stop();
    await rm(dir, { recursive: true, force: true });
  }
}

/** A PostgreSQL that can be stopped as a crash stops it. */
export async function startPostgres(dir: string) {
  let server = await startEmbedded({ dir, ephemeral: true });
  const admin = connect(server.url, { max: 1 });
  await admin.raw("CREATE DATABASE test_tempete");
  // A commit must be one: only the disk itself is spared.
  await admin.raw("ALTER DATABASE test_tempete SET synchronous_commit = on");
  await admin.destroy();
  const url = urlOf(server.url, "test_tempete");
  const db = connect(url, { max: 1 });
  await migrate(db);
  await db.destroy();
  return {
    url,
    async crash() {
      const [pid = ""] = readFileSync(path.join(dir, "data", "postmaster.pid"), "utf8").split("\n");
      const { ended, port } = server;
      process.kill(Number(pid), "SIGQUIT");
      await ended;
      server = await startEmbedded({ dir, port, ephemeral: true });
    },
    stop: () => server.stop(),
  };
}

export async function cutSessions(url: string): Promise<void> {
  const admin = connect(url, { max: 1 });
  await admin.raw(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
  );
  await admin.destroy();
}

/** What FLUSHALL is to Redis, for BullMQ's tables in PostgreSQL. */
export async function emptyQueue(url: string): Promise<void> {
  const admin = connect(url, { max: 1 });
  try {
    const { rows } = await admin.raw<{ rows: { name: string }[] }>(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
       WHERE schemaname LIKE 'bullmq%' AND tablename NOT LIKE '%migration%'`,
    );
    if (rows.length > 0) await admin.raw(`TRUNCATE ${rows.map(({ name }) => name).join(", ")}`);
  } finally {
    await admin.destroy();
  }
}
