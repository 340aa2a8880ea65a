import type { FastifyReply } from "fastify";
import { h, type VNode } from "preact";
import { renderToString } from "preact-render-to-string";
import { DirectContext } from "../direct/contexte.ts";

/** Sends a page; pages change with what they show and with who asks, so nobody keeps them. */
export function sendPage(reply: FastifyReply, page: VNode): FastifyReply {
  const whole = h(DirectContext.Provider, { value: reply.request.direct }, page);
  return reply
    .type("text/html; charset=utf-8")
    .header("cache-control", "no-store")
    .send(`<!doctype html>\n${renderToString(whole)}`);
}
