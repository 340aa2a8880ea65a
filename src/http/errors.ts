import { STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Logger } from "../log/index.ts";
import type { Connections } from "./connections.ts";
import { allowedMethods, type KnownRoute } from "./methods.ts";
import { plainProblem, sendProblem } from "./problem.tsx";
import { SECURITY_HEADERS } from "./security.ts";

/** Why a request was refused before anyone looked at what it asks; the framework's own words are not for users. */
const REFUSED: Readonly<Record<number, string>> = {
  408: "La demande n'est pas arrivée en entier à temps : recommencez.",
  413: "Ce qui est envoyé est trop long.",
  414: "L'adresse demandée est trop longue.",
  415: "Ce type de contenu n'est pas lu ici.",
  431: "Les en-têtes de la demande sont trop longs : 16 Ko au plus.",
};

const refusal = (statut: number): string =>
  REFUSED[statut] ?? "La demande n'a pas pu être lue : vérifiez comment elle est écrite.";

/** Nothing at this address (404), or not by this method (405). */
export function answerMissing(routes: readonly KnownRoute[]) {
  return (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const allowed = allowedMethods(routes, request.url);
    if (allowed.length === 0 || allowed.includes(request.method))
      return sendProblem(request, reply, 404, "Il n'y a rien à cette adresse.");
    reply.header("allow", allowed.join(", "));
    const seulement = allowed.every((one) => one === "GET" || one === "HEAD")
      ? "se lit seulement"
      : "attend une autre méthode";
    return sendProblem(request, reply, 405, `Cette adresse ${seulement} (${allowed.join(", ")}).`);
  };
}

/** A request that could not be read, or that we failed at: the cause goes to the journal, never to the client. */
export function answerFault(log: Logger) {
  return (
    error: Error & { statusCode?: number },
    request: FastifyRequest,
    reply: FastifyReply,
  ): FastifyReply => {
    // The framework answers some faults before any hook ran.
    reply.headers(SECURITY_HEADERS);
    const statut = error.statusCode ?? 500;
    if (statut >= 400 && statut < 500) return sendProblem(request, reply, statut, refusal(statut));
    log.error({ err: error, reqId: request.id, method: request.method, url: request.url }, "http.failed");
    return sendProblem(
      request,
      reply,
      500,
      `La demande n'a pas abouti ; l'incident est au journal sous la référence ${request.id}.`,
    );
  };
}

const BROKEN: Readonly<Record<string, number>> = { ERR_HTTP_REQUEST_TIMEOUT: 408, HPE_HEADER_OVERFLOW: 431 };

/** What did not even read as HTTP: there is no request to answer, only a connection to close politely. */
export function answerBroken({ isAnswering }: Pick<Connections, "isAnswering">) {
  return (error: Error & { code?: string }, socket: Socket): void => {
    // In the middle of an answer, another one would be taken for its bytes.
    if (error.code === "ECONNRESET" || !socket.writable || isAnswering(socket)) {
      socket.destroy();
      return;
    }
    const statut = BROKEN[error.code ?? ""] ?? 400;
    const body = plainProblem(statut, refusal(statut));
    const headers = {
      ...SECURITY_HEADERS,
      connection: "close",
      "cache-control": "no-store",
      "content-type": "text/plain; charset=utf-8",
      "content-length": String(Buffer.byteLength(body)),
    };
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.end(`HTTP/1.1 ${statut} ${STATUS_CODES[statut]}\r\n${lines.join("")}\r\n${body}`);
  };
}
