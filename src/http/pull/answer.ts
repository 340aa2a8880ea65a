import { createHash } from "node:crypto";
import { pipeline, Readable } from "node:stream";
import { createGzip } from "node:zlib";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Snapshot } from "../../snapshot/index.ts";
import { sendProblem } from "../problem.tsx";
import { precondition, type Validators } from "./conditional.ts";
import { prefersGzip } from "./encoding.ts";
import type { Feed, Refus } from "./feed.ts";

/** A feed that may be served. */
export type Found = Extract<Feed, { snapshot: Snapshot }>;

export const METHODS = ["GET", "HEAD"];
export const XML = "application/xml; charset=utf-8";
export const JSON_TYPE = "application/json; charset=utf-8";
/** The same address, other bytes tomorrow: kept, but asked about each time. */
export const REVALIDATE = "no-cache";
/** This address will never mean other bytes. */
export const FOR_EVER = "max-age=31536000, immutable";

/** A restricted feed is kept by its partner alone, never by a proxy on the way. */
export const cacheControl = (prive: boolean, how: string): string =>
  `${prive ? "private" : "public"}, ${how}`;

export function refuse(request: FastifyRequest, reply: FastifyReply, { statut, message }: Refus) {
  if (statut === 401) reply.header("www-authenticate", 'Basic realm="offre-info", charset="UTF-8"');
  return sendProblem(request, reply, statut, message);
}

/** A short tag of some texts. */
export const tagOf = (...texts: readonly string[]): string =>
  createHash("sha256").update(JSON.stringify(texts)).digest("hex").slice(0, 32);

/** What is answered, with what HTTP says of it. */
interface Answer extends Validators {
  readonly prive: boolean;
  readonly type: string;
  /** Other headers of the answer itself. */
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Evaluates the conditions and sets the headers.
 * @returns the answer when it is over: nothing changed, a condition fails, or only headers were asked for
 */
function begin(request: FastifyRequest, reply: FastifyReply, answer: Answer): FastifyReply | undefined {
  const verdict = precondition(request.headers, answer);
  if (verdict === "failed")
    return sendProblem(request, reply, 412, "Le document n'est plus celui que votre demande suppose.");
  reply.headers({
    etag: answer.etag,
    "last-modified": answer.lastModified.toUTCString(),
    "cache-control": cacheControl(answer.prive, REVALIDATE),
    ...answer.headers,
  });
  if (verdict === "not-modified") return reply.code(304).send();
  reply.type(answer.type);
  return undefined;
}

/** Answers with a text held in memory, whose tag is its own hash. */
export function sendText(
  request: FastifyRequest,
  reply: FastifyReply,
  answer: Omit<Answer, "etag">,
  text: string,
): FastifyReply {
  const etag = `"${createHash("sha256").update(text).digest("hex").slice(0, 32)}"`;
  const over = begin(request, reply, { ...answer, etag });
  if (over !== undefined) return over;
  reply.header("content-length", String(Buffer.byteLength(text)));
  return request.method === "HEAD" ? reply.send() : reply.send(text);
}

/** Answers with pieces made as the client takes them. What they read from is closed in any case. */
export async function sendPieces(
  request: FastifyRequest,
  reply: FastifyReply,
  answer: Answer & { readonly octets?: number; readonly gzip?: boolean },
  pieces: () => AsyncIterable<string | Buffer>,
): Promise<FastifyReply> {
  const over = begin(request, reply, answer);
  if (over !== undefined) return over;
  const gzip = answer.gzip === true && prefersGzip(request.headers["accept-encoding"]);
  if (answer.gzip === true) reply.header("vary", "Accept-Encoding");
  if (gzip) reply.header("content-encoding", "gzip");
  else if (answer.octets !== undefined) reply.header("content-length", String(answer.octets));
  if (request.method === "HEAD") return reply.send();
  const stream = Readable.from(pieces(), { objectMode: false });
  // Whatever ends the one ends the other: Fastify sees it on what it sends.
  return reply.send(gzip ? pipeline(stream, createGzip(), () => undefined) : stream);
}
