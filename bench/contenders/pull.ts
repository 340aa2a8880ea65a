import fastify from "fastify";
import { connect } from "../../src/db/index.ts";
import { buildServer } from "../../src/http/index.ts";
import { SECURITY_HEADERS } from "../../src/http/security.ts";
import { createLogger } from "../../src/log/index.ts";
import { openStore } from "../../src/snapshot/index.ts";

/** Ours on a database and a store, or a route of Fastify that does nothing but say 304, with headers like ours. */
const [manner = "", url = "", dossier = ""] = process.argv.slice(2);

const SAME = {
  ...SECURITY_HEADERS,
  "x-request-id": "01234567-89ab-4cde-8f01-23456789abcd",
  etag: `"${"0".repeat(64)}"`,
  "last-modified": "Mon, 12 Oct 2026 06:00:00 GMT",
  "cache-control": "public, no-cache",
  "content-location": `/flux/rco/${"0".repeat(64)}.xml`,
  vary: "Accept-Encoding",
};
const app =
  manner === "nu"
    ? fastify().get("/flux", async (_request, reply) => reply.code(304).headers(SAME).send())
    : buildServer({
        db: connect(url),
        store: await openStore(dossier),
        log: createLogger({ level: "warn" }),
      });
const listening = await app.listen({ host: "127.0.0.1", port: 0 });
process.once("SIGTERM", () => void app.close().then(() => process.exit()));
process.send?.(Number(new URL(listening).port));
