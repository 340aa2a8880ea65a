import type { FastifyInstance } from "fastify";
import { changementsRoute } from "./changements.ts";
import { contextOf, type PullOptions } from "./context.ts";
import { fileRoutes } from "./files.ts";
import { formationRoute } from "./formation.ts";
import { lheoIndexRoute } from "./lheoIndex/route.ts";
import { offresRoute } from "./offres/route.tsx";
import { openapiRoute } from "./openapi/route.ts";
import { sitemapRoutes } from "./sitemap.ts";

export type { PullOptions };

/** What partners and search engines come and take. */
export function pull(options: PullOptions) {
  return async (app: FastifyInstance): Promise<void> => {
    const context = contextOf(app, options);
    fileRoutes(app, context);
    changementsRoute(app, context);
    formationRoute(app, context);
    lheoIndexRoute(app, context);
    offresRoute(app, context);
    sitemapRoutes(app, context);
    openapiRoute(app, context);
  };
}
