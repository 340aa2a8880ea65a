/** What listens: health, the site for people, and the feeds that partners pull. */
export { buildServer, type ServerOptions } from "./server.ts";
export { site } from "./site.ts";
