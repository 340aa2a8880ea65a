import type { FastifyInstance } from "fastify";
import { METHODS } from "../answer.ts";
import type { PullContext } from "../context.ts";
import { openapiDocument } from "./document.ts";

/** `/openapi.json`: what can be asked here, for machines. */
export function openapiRoute(app: FastifyInstance, { url }: PullContext): void {
  app.route({
    method: METHODS,
    url: "/openapi.json",
    async handler(request, reply) {
      const text = `${JSON.stringify(openapiDocument(url("")), null, 2)}\n`;
      reply
        .type("application/json; charset=utf-8")
        .header("cache-control", "public, max-age=3600")
        .header("content-length", String(Buffer.byteLength(text)));
      return request.method === "HEAD" ? reply.send() : reply.send(text);
    },
  });
}
