import { type FileHandle, open } from "node:fs/promises";
import type { FastifyReply, FastifyRequest } from "fastify";
import { sendProblem } from "../problem.tsx";
import { precondition, rangeApplies, type Validators } from "./conditional.ts";
import { parseRange, type Range } from "./range.ts";

/** Bytes of one file under one address, with what HTTP says of them. */
export interface Representation extends Validators {
  readonly path: string;
  readonly octets: number;
  readonly type: string;
  /** The file is the gzip of what the address means. */
  readonly encoding?: "gzip" | undefined;
  /** What says which representation this is, validators included: only answers that are about it carry them. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Bytes read at once: few enough to serve many slow clients, many enough that a fast one does not wait for the disk. */
const PIECE = 512 * 1024;

/**
 * Answers a GET or HEAD with a file: conditions, one range, streaming at the pace of the client. The file is opened
 * before anything is answered, so a newer feed or a removal in the meantime changes nothing for who is reading.
 * @throws the system's error when the file is not there
 */
export function sendFile(
  request: FastifyRequest,
  reply: FastifyReply,
  representation: Representation,
): FastifyReply | Promise<FastifyReply> {
  const { octets } = representation;
  const verdict = precondition(request.headers, representation);
  if (verdict === "not-modified") return reply.code(304).headers(representation.headers).send();
  if (verdict === "failed")
    return sendProblem(request, reply, 412, "Le fichier n'est plus celui que votre demande suppose.");
  // A range is of a GET only (RFC 9110, 14.2).
  const asked = request.method === "GET" && rangeApplies(request.headers, representation);
  const range = parseRange(asked ? request.headers.range : undefined, octets);
  if (range.kind === "unsatisfiable") {
    reply.headers({ "accept-ranges": "bytes", "content-range": `bytes */${octets}` });
    return sendProblem(request, reply, 416, `Le fichier fait ${octets} octets.`);
  }
  return sendPart(request, reply, representation, range);
}

async function sendPart(
  request: FastifyRequest,
  reply: FastifyReply,
  representation: Representation,
  range: Exclude<Range, { kind: "unsatisfiable" }>,
): Promise<FastifyReply> {
  const { octets, type, encoding } = representation;
  const handle = await openWhole(representation);
  const { start, end } = range.kind === "part" ? range : { start: 0, end: octets - 1 };
  if (range.kind === "part") reply.code(206).header("content-range", `bytes ${start}-${end}/${octets}`);
  reply.headers({
    ...representation.headers,
    "accept-ranges": "bytes",
    "content-length": String(end - start + 1),
    "content-type": type,
    ...(encoding === undefined ? {} : { "content-encoding": encoding }),
  });
  if (request.method === "HEAD") {
    await handle.close();
    return reply.send();
  }
  return reply.send(handle.createReadStream({ start, end, highWaterMark: PIECE }));
}

async function openWhole({ path, octets }: Representation): Promise<FileHandle> {
  const handle = await open(path, "r");
  const { size } = await handle.stat();
  if (size === octets) return handle;
  await handle.close();
  throw new Error(`${path} has ${size} bytes, ${octets} were published`);
}
