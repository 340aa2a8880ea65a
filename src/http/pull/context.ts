import type { FastifyInstance } from "fastify";
import type { Knex } from "knex";
import type { Logger } from "../../log/index.ts";
import { openSommaires, type Sommaires, type Store } from "../../snapshot/index.ts";
import { addressOf } from "../address.ts";
import { type Feeds, openFeeds } from "./feed.ts";
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
  readonly feeds: Feeds;
  readonly sommaires: Sommaires;
  readonly trace: Trace;
  /** Absolute address of a path. */
  url(path: string): string;
}

export function contextOf(app: FastifyInstance, options: PullOptions): PullContext {
  return {
    ...options,
    feeds: openFeeds(options.db),
    sommaires: openSommaires(options.store),
    trace: startTrace(app, options),
    url: addressOf(app, options.publicUrl),
  };
}
