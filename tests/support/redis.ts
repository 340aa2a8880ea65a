import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { Redis } from "ioredis";

export interface RedisServer {
  readonly url: string;
  /** Ends the process at once, as a crash does: nothing is saved. */
  kill(): Promise<void>;
  /** Starts it again on the same port. */
  restart(): Promise<void>;
  command(...words: [string, ...string[]]): Promise<unknown>;
  stop(): Promise<void>;
}

/**
 * A real Redis of one's own on a free port, without persistence.
 * @throws when `redis-server` is not installed: the suites that need it fail, they do not skip
 */
export async function startRedis(...settings: string[]): Promise<RedisServer> {
  const dir = mkdtempSync(path.join(tmpdir(), "offre-info-redis-"));
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  let child: ChildProcess | undefined;
  const start = async () => {
    child = spawn(
      "redis-server",
      [
        "--port",
        String(port),
        "--bind",
        "127.0.0.1",
        "--save",
        "",
        "--appendonly",
        "no",
        "--dir",
        dir,
        ...settings,
      ],
      { stdio: "ignore" },
    );
    const failed = once(child, "error").then(([error]) => {
      throw new Error(`redis-server does not start: install it (${error})`);
    });
    await Promise.race([failed, answering(url)]);
  };
  const kill = async () => {
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    await ended;
  };
  await start();
  return {
    url,
    kill,
    restart: start,
    async command(name, ...words) {
      const redis = new Redis(url);
      try {
        return await redis.call(name, ...words);
      } finally {
        redis.disconnect();
      }
    },
    async stop() {
      await kill();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

async function answering(url: string): Promise<void> {
  const redis = new Redis(url, { maxRetriesPerRequest: null, retryStrategy: () => 50 });
  redis.on("error", () => undefined);
  try {
    await redis.ping();
  } finally {
    redis.disconnect();
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address !== null ? address.port : 0;
}
