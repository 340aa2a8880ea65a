/** What listens: health, pages for operators, and the feeds that partners pull. */
export { pages } from "./pages/plugin.tsx";
export { buildServer, type ServerOptions } from "./server.ts";
