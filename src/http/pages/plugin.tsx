import { readFileSync } from "node:fs";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Knex } from "knex";
import type { JSX } from "preact";
import { renderToString } from "preact-render-to-string";
import { readDeliveries, readEdition, readEditions, readNotices, readProfilRows } from "./data.ts";
import { EditionPage } from "./edition.tsx";
import { OverviewPage } from "./overview.tsx";

/** Notices shown on one page; the counts tell the rest. */
const SHOWN = 1_000;

const STYLE = readFileSync(new URL("./style.css", import.meta.url), "utf8");

/**
 * The pages for operators, read-only. There are no accounts yet, so they answer this machine alone: the request must
 * come from it and be addressed to it, which a proxy's requests and a rebound name are not.
 */
export function pages({ db }: { readonly db: Knex }) {
  return async (app: FastifyInstance): Promise<void> => {
    app.addHook("onRequest", async (request, reply) => {
      if (!isLocal(request)) {
        return reply
          .code(403)
          .type("text/plain; charset=utf-8")
          .send(
            "Les pages d'exploitation ne s'ouvrent que depuis la machine du serveur. Les flux publics sont sous /flux/.",
          );
      }
    });

    app.get("/style.css", async (_request, reply) =>
      reply.type("text/css; charset=utf-8").header("Cache-Control", "no-cache").send(STYLE),
    );

    app.get("/", async (_request, reply) => {
      const [profils, deliveries, editions] = await Promise.all([
        readProfilRows(db),
        readDeliveries(db),
        readEditions(db),
      ]);
      return sendPage(reply, <OverviewPage profils={profils} deliveries={deliveries} editions={editions} />);
    });

    app.get<{ Params: { id: string } }>("/editions/:id", async (request, reply) => {
      const id = Number(request.params.id);
      const edition = Number.isSafeInteger(id) && id > 0 ? await readEdition(db, id) : undefined;
      if (edition === undefined) return reply.callNotFound();
      const notices = await readNotices(db, id, SHOWN);
      return sendPage(reply, <EditionPage edition={edition} notices={notices} />);
    });
  };
}

function sendPage(reply: FastifyReply, page: JSX.Element): FastifyReply {
  return reply
    .type("text/html; charset=utf-8")
    .header("Cache-Control", "no-store")
    .send(`<!doctype html>\n${renderToString(page)}`);
}

const LOOPBACK = /^(?:::ffff:)?127\.|^::1$/;
const LOCAL_NAME = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/;

function isLocal(request: FastifyRequest): boolean {
  return (
    LOOPBACK.test(request.socket.remoteAddress ?? "") &&
    LOCAL_NAME.test(request.headers.host ?? "") &&
    request.headers["x-forwarded-for"] === undefined &&
    request.headers.forwarded === undefined
  );
}
