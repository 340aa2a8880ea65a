import type { FastifyInstance } from "fastify";

/**
 * Makes paths absolute. The address of the site never comes from a request: anyone may write any `Host`.
 * @param publicUrl address of the site seen from outside, without a slash at the end; without it, where the server listens
 */
export function addressOf(app: FastifyInstance, publicUrl: string | undefined): (path: string) => string {
  return (path) => `${publicUrl ?? listeningOf(app)}${path}`;
}

/** An address that listens to the whole network is none to give: this machine's name stands for it. */
function listeningOf({ server }: FastifyInstance): string {
  const address = server.address();
  if (address === null || typeof address === "string") return "http://localhost";
  const everywhere = address.address === "0.0.0.0" || address.address === "::";
  const host = address.family === "IPv6" ? `[${address.address}]` : address.address;
  return `http://${everywhere ? "localhost" : host}:${address.port}`;
}
