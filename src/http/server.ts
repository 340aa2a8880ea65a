import fastify, { type FastifyInstance, type FastifyPluginAsync } from "fastify";
import type { Knex } from "knex";
import type { Logger } from "../log/index.ts";
import type { Store } from "../snapshot/index.ts";
import { health } from "./health.ts";
import { allowedMethods, type KnownRoute } from "./methods.ts";
import { sendProblem } from "./problem.tsx";
import { pull } from "./pull/plugin.ts";

export interface ServerOptions {
  readonly db: Knex;
  readonly store: Pick<Store, "pathOf">;
  readonly log: Logger;
  /** What else is served: pages, later the API. */
  readonly plugins?: readonly FastifyPluginAsync[];
}

/** A client that neither sends nor takes anything for so long is gone. */
const IDLE_MS = 120_000;

const SECURITY: Readonly<Record<string, string>> = {
  "content-security-policy":
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "no-referrer",
};

/** The server of feeds, health and pages; listening is the caller's business. */
export function buildServer({ db, store, log, plugins = [] }: ServerOptions): FastifyInstance {
  const app = fastify({
    // Keep-alive connections would hold a stop for ever; answers under way still end.
    forceCloseConnections: "idle",
    connectionTimeout: IDLE_MS,
  });
  const routes: KnownRoute[] = [];
  app.addHook("onRoute", ({ method, url }) => {
    routes.push({ methods: [method].flat(), url });
  });
  app.addHook("onRequest", async (_request, reply) => {
    reply.headers(SECURITY);
  });
  app.addHook("onResponse", async (request, reply) => {
    const { method, url } = request;
    log.debug({ method, url, status: reply.statusCode, ms: Math.round(reply.elapsedTime) }, "http.request");
  });
  app.setNotFoundHandler(async (request, reply) => {
    const allowed = allowedMethods(routes, request.url);
    if (allowed.length === 0 || allowed.includes(request.method))
      return sendProblem(request, reply, 404, "Il n'y a rien à cette adresse.");
    reply.header("allow", allowed.join(", "));
    return sendProblem(request, reply, 405, `Cette adresse se lit seulement (${allowed.join(", ")}).`);
  });
  app.setErrorHandler(async (error: Error & { statusCode?: number }, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status < 500) return sendProblem(request, reply, status, "La demande n'a pas pu être lue.");
    log.error({ err: error, method: request.method, url: request.url }, "http.failed");
    for (const name of [
      "etag",
      "last-modified",
      "accept-ranges",
      "content-range",
      "content-encoding",
      "content-length",
      "content-location",
    ])
      reply.removeHeader(name);
    return sendProblem(request, reply, 500, "La demande n'a pas abouti ; l'incident est au journal.");
  });
  app.register(health({ db }));
  app.register(pull({ db, store }));
  for (const plugin of plugins) app.register(plugin);
  return app;
}
