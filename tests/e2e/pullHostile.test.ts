import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildServer } from "../../src/http/index.ts";
import { openStore } from "../../src/snapshot/index.ts";
import { useDatabase } from "../support/database.ts";
import { addProfil, feedXml, publishFeed, silence, useFolder } from "../support/diffusion.ts";
import { sendRaw } from "../support/rawHttp.ts";

const database = useDatabase();
const folder = useFolder();
let app: FastifyInstance;
let base = "";

beforeAll(async () => {
  const dir = path.join(folder.dir, "flux");
  mkdirSync(dir);
  writeFileSync(path.join(folder.dir, "secret.xml"), "<secret/>");
  const store = await openStore(dir);
  app = buildServer({ db: database.db, store, log: silence });
  base = await app.listen({ host: "127.0.0.1", port: 0 });
  await addProfil(database.db, "public");
  await publishFeed(database.db, store, "public", "bonjour");
});
afterAll(async () => {
  await app.close();
});

const FEED = "/flux/public/offre-info.xml";
const get = (target: string, ...headers: string[]) =>
  sendRaw(base, [`GET ${target} HTTP/1.1`, "Host: x", "Connection: close", ...headers, "", ""].join("\r\n"));

describe("refused with words, never with a stack", () => {
  test.each([
    ["a way up", "/flux/public/../../secret.xml", 404],
    ["an encoded way up", "/flux/public/..%2f..%2fsecret.xml", 404],
    ["a way up encoded twice", "/flux/public/%252e%252e%252fsecret.xml", 404],
    ["a way up by the profile", "/flux/..%2f..%2fsecret/offre-info.xml", 404],
    ["a backslash", "/flux/public/..%5c..%5csecret.xml", 404],
    ["a NUL in the profile", "/flux/public%00/offre-info.xml", 404],
    ["a NUL in the file", "/flux/public/offre-info.xml%00", 404],
    ["SQL in the profile", "/flux/x'%20OR%20''='/offre-info.xml", 404],
    ["a sha256 too long", `/flux/public/${"0".repeat(65)}.xml`, 404],
    ["a sha256 in capitals", `/flux/public/${"A".repeat(64)}.xml`, 404],
    ["broken percent-encoding", "/flux/public/%zz", 400],
    ["percent-encoding cut short", "/flux/%E0%A4%A/offre-info.xml", 400],
    ["bytes that are not UTF-8", "/flux/%ff/offre-info.xml", 400],
    ["a profile without end", `/flux/${"a".repeat(5_000)}/offre-info.xml`, 414],
    ["no slash", "flux", 400],
  ])("%s", async (_what, target, status) => {
    const answer = await get(target);
    expect(answer.status).toBe(status);
    refusedInWords(answer);
  });

  test("headers without end", async () => {
    const answer = await get(FEED, `X-Long: ${"a".repeat(100_000)}`);
    expect(answer.status).toBe(431);
    refusedInWords(answer);
  });

  test.each([
    ["not HTTP", "bonjour\r\n\r\n", 400],
    ["a line break inside a header name", `GET ${FEED} HTTP/1.1\r\nHost: x\r\nX\n y: 1\r\n\r\n`, 400],
    [
      "two lengths",
      `POST ${FEED} HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab`,
      400,
    ],
    ["an unknown method", `VOLER ${FEED} HTTP/1.1\r\nHost: x\r\n\r\n`, 400],
  ])("%s", async (_what, bytes, status) => {
    const answer = await sendRaw(base, bytes);
    expect(answer.status).toBe(status);
    refusedInWords(answer);
  });

  test("a body, of whatever type and size, where nothing is taken", async () => {
    for (const type of ["application/xml", "application/x-www-form-urlencoded", "application/json", "x"]) {
      for (const method of ["POST", "PUT", "DELETE"]) {
        const answer = await sendRaw(
          base,
          `${method} ${FEED} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: ${type}\r\nContent-Length: 300000\r\n\r\n${"{".repeat(300_000)}`,
        );
        expect(answer.status).toBe(405);
        expect(answer.head).toMatch(/^allow: GET, HEAD\r?$/im);
        refusedInWords(answer);
      }
    }
  });
});

describe("a header that makes no sense is ignored", () => {
  test.each([
    "Range: bytes=abc",
    "Range: bytes=9-0",
    "Range: bytes=0-0,-1,5-",
    "Range: octets=0-9",
    "Range: bytes=-",
    "If-None-Match: abc",
    "If-Modified-Since: hier",
    "If-Modified-Since: 0",
    'If-Range: "x',
    "Accept-Encoding: gzip;q=banane",
    "Host: autre.exemple.fr",
  ])("%s", async (header) => {
    const { status, body } = await get(FEED, header);
    expect(status).toBe(200);
    expect(body).toBe(feedXml("bonjour"));
  });

  test("numbers that no file reaches are outside of it", async () => {
    expect((await get(FEED, `Range: bytes=${"9".repeat(400)}-`)).status).toBe(416);
    expect((await get(FEED, `Range: bytes=0-${"9".repeat(400)}`)).status).toBe(206);
    expect((await get(FEED, `Range: bytes=-${"9".repeat(400)}`)).status).toBe(206);
  });
});

function refusedInWords({ head, body }: { head: string; body: string }): void {
  expect(body).toMatch(/^[A-ZÀ-Ý][^\n]*\.\n$/);
  expect(body).not.toMatch(/FST_ERR|\bat .*:\d+|node_modules|secret|invalid|Error\b/);
  expect(head).toMatch(/^content-type: text\/plain; charset=utf-8\r?$/im);
  expect(head).toMatch(/^x-content-type-options: nosniff\r?$/im);
  expect(head).not.toMatch(/^(server|x-powered-by):/im);
}
