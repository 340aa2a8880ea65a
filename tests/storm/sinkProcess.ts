import { createHash } from "node:crypto";
import { openSync, writeSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { gunzipSync } from "node:zlib";
import { Random } from "../../fixtures/demo/random.ts";
import { type Exchange, treat } from "./manners.ts";
import { type Line, marksIn } from "./record.ts";

/**
 * All the partners, in a process of their own that nobody kills: `sinkProcess.ts <record> <seed>`. A partner is
 * `/<kind>/<id>`. Each step is in the record before the answer that it leads to. Told `calm`, they behave.
 */
const [file = "", seed = "0"] = process.argv.slice(2);
const record = openSync(file, "a");
const random = new Random("sink", seed);
const stored = new Set<string>();
let calm = false;

const note = (line: Line) => writeSync(record, `${JSON.stringify(line)}\n`);

function exchangeOf(request: IncomingMessage, response: ServerResponse, partner: string): Exchange {
  const key = String(request.headers["idempotency-key"]);
  const who = () => ({
    at: Date.now(),
    partner,
    key,
    epoch: Number(request.headers["x-offre-info-tentative"]),
  });
  let sha256 = "";
  note({ step: "request", ...who() });
  const receive = async () => {
    const bytes = await buffer(request);
    sha256 = createHash("sha256").update(bytes).digest("hex");
    const digest = `sha-256=:${Buffer.from(sha256, "hex").toString("base64")}:`;
    if (digest !== request.headers["content-digest"]) throw new Error("not the bytes that were announced");
    const xml = bytes[0] === 0x1f ? gunzipSync(bytes) : bytes;
    note({ step: "received", ...who(), sha256, marks: marksIn(xml.toString()) });
  };
  const take = async () => {
    await receive();
    stored.add(key);
    note({ step: "accepted", ...who(), sha256 });
  };
  return {
    request,
    response,
    known: stored.has(key),
    take,
    async receive() {
      await receive();
      stored.add(key);
    },
    async accept(status = 201, body = '{"formations":1,"sessions":1}', headers = {}) {
      await take();
      response.writeHead(status, headers).end(body);
    },
    async refuse(status, headers = {}) {
      await receive();
      note({ step: "refused", ...who(), status });
      response.writeHead(status, headers).end("non");
    },
    async putOff(status, headers = {}) {
      await receive();
      response.writeHead(status, headers).end("plus tard");
    },
  };
}

const server = createServer((request, response) => {
  const [, kind = "", partner = ""] = (request.url ?? "").split("/");
  const exchange = exchangeOf(request, response, partner);
  treat(kind, exchange, random, calm).catch(() => response.destroy());
});
server.listen(0, "127.0.0.1", () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.on("message", () => {
  calm = true;
});
process.on("disconnect", () => process.exit());
