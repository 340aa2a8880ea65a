import type { FastifyInstance } from "fastify";
import { accessRoutes } from "./access/plugin.tsx";
import { guardScope, type SessionOptions } from "./access/session.ts";
import { pages } from "./pages/plugin.tsx";

/** The site for people: coming in, and pages that each say who may use them. */
export function site(options: SessionOptions) {
  return async (app: FastifyInstance): Promise<void> => {
    await guardScope(app, options);
    await app.register(accessRoutes(options));
    await app.register(pages(options));
  };
}
