import { createHash } from "node:crypto";
import { once } from "node:events";
import { readdirSync, readlinkSync } from "node:fs";
import type { Socket } from "node:net";
import { buffer } from "node:stream/consumers";
import type { FastifyInstance } from "fastify";
import { Agent, request } from "undici";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildServer } from "../../src/http/index.ts";
import { openStore, type Snapshot, type Store } from "../../src/snapshot/index.ts";
import { useDatabase } from "../support/database.ts";
import { addProfil, eventually, publishFeed, silence, useFolder } from "../support/diffusion.ts";
import { dial } from "../support/rawHttp.ts";

const database = useDatabase();
const folder = useFolder();
let store: Store;
let app: FastifyInstance;
let base = "";
let feed: Snapshot;

const FEED = "/flux/gros/offre-info.xml";
/** More than what the system keeps between a server and a client that does not read. */
const OCTETS = 24_000_000;

beforeAll(async () => {
  store = await openStore(folder.dir);
  ({ app, base } = await listen());
  await addProfil(database.db, "gros");
  feed = await publishFeed(database.db, store, "gros", "avant", OCTETS);
});
afterAll(async () => {
  await app.close();
});

async function listen(): Promise<{ app: FastifyInstance; base: string }> {
  const server = buildServer({ db: database.db, store, log: silence });
  return { app: server, base: await server.listen({ host: "127.0.0.1", port: 0 }) };
}

const sha256 = (...chunks: readonly Buffer[]) => {
  const hash = createHash("sha256");
  for (const chunk of chunks) hash.update(chunk);
  return hash.digest("hex");
};

/** Takes at least so many bytes, then hangs up. */
async function takeAndHangUp(target: string, octets: number) {
  const { headers, body } = await request(base + target);
  const chunks: Buffer[] = [];
  let taken = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    taken += chunk.length;
    if (taken >= octets) break;
  }
  return { headers, bytes: Buffer.concat(chunks) };
}

async function take(target: string, headers: Record<string, string>) {
  const answer = await request(base + target, { headers });
  return {
    status: answer.statusCode,
    headers: answer.headers,
    bytes: Buffer.from(await answer.body.arrayBuffer()),
  };
}

/** Descriptors of this process on files of the store. */
function openFiles(): string[] {
  return readdirSync("/proc/self/fd").flatMap((fd) => {
    try {
      const target = readlinkSync(`/proc/self/fd/${fd}`);
      return target.startsWith(folder.dir) ? [target] : [];
    } catch {
      return [];
    }
  });
}

const allClosed = () => eventually(() => (openFiles().length === 0 ? true : undefined), "every file closed");

describe("a download cut half-way", () => {
  test("goes on where it stopped, as wget -c asks", async () => {
    const half = await takeAndHangUp(FEED, OCTETS / 2);
    expect(half.bytes.length).toBeLessThan(OCTETS);
    const rest = await take(FEED, { range: `bytes=${half.bytes.length}-`, "accept-encoding": "identity" });
    expect(rest.status).toBe(206);
    expect(sha256(half.bytes, rest.bytes)).toBe(feed.file?.sha256);
    const done = await take(FEED, { range: `bytes=${half.bytes.length + rest.bytes.length}-` });
    expect(done.status).toBe(416);
    expect(done.headers["content-range"]).toBe(`bytes */${feed.file?.octets}`);
  });

  test("goes on from the immutable address when another feed came in between", async () => {
    const half = await takeAndHangUp(FEED, OCTETS / 2);
    const next = await publishFeed(database.db, store, "gros", "après", OCTETS);
    const range = `bytes=${half.bytes.length}-`;
    const etag = String(half.headers.etag);

    const current = await take(FEED, { range, "if-range": etag });
    expect(current.status).toBe(200);
    expect(sha256(current.bytes)).toBe(next.file?.sha256);
    expect((await take(FEED, { range, "if-match": etag })).status).toBe(412);

    const rest = await take(String(half.headers["content-location"]), { range, "if-range": etag });
    expect(rest.status).toBe(206);
    expect(sha256(half.bytes, rest.bytes)).toBe(feed.file?.sha256);
  });

  test("leaves no file open", async () => {
    await takeAndHangUp(FEED, 1);
    await allClosed();
  });

  test("nor do clients that hang up before they read anything", async () => {
    const sockets: Socket[] = [];
    for (let client = 0; client < 30; client += 1) {
      const socket = dial(base);
      socket.on("error", () => undefined);
      await once(socket, "connect");
      socket.write(`GET ${FEED} HTTP/1.1\r\nHost: x\r\n\r\n`);
      sockets.push(socket);
    }
    await eventually(() => (openFiles().length > 0 ? true : undefined), "a file opened");
    for (const socket of sockets) socket.destroy();
    await allClosed();
    await take(FEED, { range: "bytes=0-0" });
    await allClosed();
  });
});

describe("a server that stops", () => {
  test("lets a download end, takes nobody else, and does not wait for idle clients", async () => {
    const stopping = await listen();
    const agent = new Agent({ keepAliveTimeout: 600_000 });
    // Browsers open connections ahead of need.
    const silent = dial(stopping.base);
    await once(silent, "connect");
    const gone = () => (silent.destroyed ? true : undefined);
    silent.resume().on("error", () => undefined);
    try {
      const health = await request(`${stopping.base}/health`, { dispatcher: agent });
      await health.body.dump();
      const slow = await request(stopping.base + FEED, { dispatcher: agent });
      const expected = /[0-9a-f]{64}/.exec(String(slow.headers.etag))?.[0];
      let closed = false;
      const stopped = stopping.app.close().then(() => {
        closed = true;
      });
      await eventually(() => (stopping.app.server.listening ? undefined : true), "not listening any more");
      await expect(request(`${stopping.base}/health`)).rejects.toThrow("ECONNREFUSED");
      await eventually(gone, "the silent client hung up on");
      expect(closed).toBe(false);
      expect(sha256(await buffer(slow.body))).toBe(expected);
      const before = performance.now();
      await stopped;
      expect(performance.now() - before).toBeLessThan(5_000);
    } finally {
      await agent.destroy();
    }
  });

  test("answers what was asked on a connection that is still busy, then hangs up", async () => {
    const stopping = await listen();
    const socket = dial(stopping.base);
    await once(socket, "connect");
    socket.write(`GET ${FEED} HTTP/1.1\r\nHost: x\r\nRange: bytes=0-${OCTETS - 1}\r\n\r\n`);
    await once(socket, "readable");
    const stopped = stopping.app.close();
    await eventually(() => (stopping.app.server.listening ? undefined : true), "not listening any more");
    socket.write("GET /health HTTP/1.1\r\nHost: x\r\n\r\n");
    const answers = (await buffer(socket)).toString("latin1");
    await stopped;
    const [, second = ""] = answers.split("HTTP/1.1 200 OK");
    expect(answers.startsWith("HTTP/1.1 206")).toBe(true);
    expect(second).toMatch(/^connection: close\r?$/im);
    expect(second).toContain('{"etat":"ok"}');
  });

  test("does not wait for who has stopped reading, who can go on later", async () => {
    const stopping = await listen();
    const { body, headers } = await request(stopping.base + FEED);
    const reading = body[Symbol.asyncIterator]();
    const chunks: Buffer[] = [(await reading.next()).value];
    await stopping.app.close();
    await expect(
      (async () => {
        for (let next = await reading.next(); next.done !== true; next = await reading.next())
          chunks.push(next.value);
      })(),
    ).rejects.toThrow();
    await allClosed();
    const half = Buffer.concat(chunks);
    const rest = await take(FEED, { range: `bytes=${half.length}-`, "if-range": String(headers.etag) });
    expect(rest.status).toBe(206);
    expect(`"${sha256(half, rest.bytes)}"`).toBe(headers.etag);
  });
});
