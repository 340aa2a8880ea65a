import type { FastifyInstance } from "fastify";
import type { Knex } from "knex";
import type { Logger } from "../../log/index.ts";
import { openSommaires, type Sommaires, type Store } from "../../snapshot/index.ts";
import { startTrace, type Trace } from "./trace.ts";

export interface PullOptions {
  readonly db: Knex;
  readonly store: Pick<Store, "pathOf" | "writeSommaire">;
  readonly log: Logger;
  /** Number of the base, in front of the numbers of the feed. */
  readonly base: string;
  /** Address of the site seen from outside, without a slash at the end; undefined: where the server listens. */
  readonly publicUrl: string | undefined;
}

/** What the routes of the pull share. */
export interface PullContext extends PullOptions {
  readonly sommaires: Sommaires;
  readonly trace: Trace;
  /** Absolute address of a path. It never comes from the request: anyone may write any `Host`. */
  url(path: string): string;
}

export function contextOf(app: FastifyInstance, options: PullOptions): PullContext {
  return {
    ...options,
    sommaires: openSommaires(options.store),
    trace: startTrace(app, options),
    url: (path) => `${options.publicUrl ?? listeningOf(app)}${path}`,
  };
}

/** An address that listens to the whole network is none to give: this machine's name stands for it. */
function listeningOf({ server }: FastifyInstance): string {
  const address = server.address();
  if (address === null || typeof address === "string") return "http://localhost";
  const everywhere = address.address === "0.0.0.0" || address.address === "::";
  const host = address.family === "IPv6" ? `[${address.address}]` : address.address;
  return `http://${everywhere ? "localhost" : host}:${address.port}`;
}
