import { randomBytes } from "node:crypto";
import fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyPluginAsync,
  LogController,
} from "fastify";
import type { Knex } from "knex";
import type { Logger } from "../log/index.ts";
import type { Store } from "../snapshot/index.ts";
import { trackConnections } from "./connections.ts";
import { answerBroken, answerFault, answerMissing } from "./errors.ts";
import { health } from "./health.ts";
import type { KnownRoute } from "./methods.ts";
import { metrics } from "./metrics.ts";
import { pull } from "./pull/plugin.ts";
import { SECURITY_HEADERS } from "./security.ts";

export interface ServerOptions {
  readonly db: Knex;
  readonly store: Pick<Store, "pathOf" | "writeSommaire">;
  readonly log: Logger;
  /** What a scraper shows to read `/metrics`; without it only this machine is answered. */
  readonly metricsToken?: string | undefined;
  /** Number of the base, in front of the numbers of the feeds. */
  readonly base?: string;
  /** Address of the site seen from outside; without it, where the server listens. */
  readonly publicUrl?: string | undefined;
  /** What else is served: pages, later the API. */
  readonly plugins?: readonly FastifyPluginAsync[];
}

/** Names that are given once: by this start of the server, then by rank. Drawing each would cost more than it is worth. */
function numberRequests(): () => string {
  const start = randomBytes(6).toString("hex");
  let rank = 0;
  return () => {
    rank += 1;
    return `${start}-${rank.toString(36)}`;
  };
}

/** A client that neither sends nor takes anything for so long is gone. */
const IDLE_MS = 120_000;
/** A request that takes longer to arrive only holds a connection. */
const ARRIVAL_MS = 60_000;
/** Forms are small; a route that takes more says so. */
const BODY_LIMIT = 64 * 1024;

/** The server of feeds, health and pages; listening is the caller's business. Closing lets what is under way end. */
export function buildServer(options: ServerOptions): FastifyInstance {
  const { db, store, log, metricsToken, base = "", publicUrl, plugins = [] } = options;
  const journal: FastifyBaseLogger = log;
  const connections = trackConnections();
  const app: FastifyInstance = fastify({
    loggerInstance: journal,
    // Our own line for each request, at a level that a nightly job does not fill the journal with.
    logController: new LogController({ disableRequestLogging: true }),
    // The same for every request: our lines name theirs.
    childLoggerFactory: (logger) => logger,
    genReqId: numberRequests(),
    bodyLimit: BODY_LIMIT,
    // The number of a session, with its characters written by threes.
    routerOptions: { maxParamLength: 1_000 },
    connectionTimeout: IDLE_MS,
    requestTimeout: ARRIVAL_MS,
    // What came in before the stop is answered, not turned away.
    return503OnClosing: false,
    clientErrorHandler: answerBroken(connections),
    frameworkErrors: answerFault(log),
  });
  const routes: KnownRoute[] = [];
  const missing = answerMissing(routes);
  app.addHook("onRoute", ({ method, url }) => {
    routes.push({ methods: [method].flat(), url });
  });
  connections.watch(app.server);
  app.addHook("preClose", async () => connections.stop());
  // Not async: a promise for each request would cost a part of the short answers.
  app.addHook("onRequest", (request, reply, done) => {
    connections.answering(request.raw.socket, reply.raw);
    reply.headers(SECURITY_HEADERS).header("x-request-id", request.id);
    // Before the body is read: whatever it holds, nobody here takes it.
    if (request.is404) missing(request, reply);
    else done();
  });
  if (log.isLevelEnabled("debug"))
    app.addHook("onResponse", async (request, reply) => {
      const { id: reqId, method } = request;
      // The address of an invitation is a secret.
      const url = request.url.replace(/^\/invitation\/.*/, "/invitation/…");
      const ms = Math.round(reply.elapsedTime);
      log.debug({ reqId, method, url, status: reply.statusCode, ms }, "http.request");
    });
  app.setNotFoundHandler(missing);
  app.setErrorHandler(answerFault(log));
  app.register(health({ db }));
  app.register(metrics({ db, token: metricsToken }));
  app.register(pull({ db, store, log, base, publicUrl }));
  for (const plugin of plugins) app.register(plugin);
  return app;
}
