import type { FastifyReply } from "fastify";
import type { VNode } from "preact";
import { renderToString } from "preact-render-to-string";

/** Sends a page; pages change with what they show and with who asks, so nobody keeps them. */
export function sendPage(reply: FastifyReply, page: VNode): FastifyReply {
  return reply
    .type("text/html; charset=utf-8")
    .header("cache-control", "no-store")
    .send(`<!doctype html>\n${renderToString(page)}`);
}
