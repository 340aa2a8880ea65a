import type { Dispatcher } from "undici";
import { failure, type Outcome } from "../outcome.ts";
import type { Deadline } from "./deadline.ts";
import { networkFault } from "./networkFault.ts";

/** Of an answer, kept with the attempt. */
const MOST_ANSWER = 64 * 1024;

/** The bytes of a stream, no more than asked for: what comes after is neither read nor kept. */
export class Bounded {
  readonly most: number;
  readonly #chunks: Buffer[] = [];
  #octets = 0;
  /** There was more. */
  cut = false;

  constructor(most: number) {
    this.most = most;
  }

  async read(stream: AsyncIterable<Buffer>): Promise<void> {
    for await (const chunk of stream) {
      const room = this.most - this.#octets;
      this.#chunks.push(chunk.subarray(0, room));
      this.#octets += Math.min(chunk.length, room);
      this.cut = chunk.length > room;
      if (this.cut) break;
    }
  }

  /** What was read so far. */
  bytes(): Buffer {
    return Buffer.concat(this.#chunks);
  }
}

/**
 * Reads what a partner answered to a push, bounded in time and memory. A refusal needs no words; an acceptance that did
 * not arrive whole is not one.
 */
export async function readAnswer(
  { statusCode, headers, body }: Dispatcher.ResponseData,
  deadline: Deadline,
  reponse: number,
): Promise<Outcome> {
  deadline.within(reponse, "La réponse du destinataire n'est pas arrivée entière dans le délai.");
  const read = new Bounded(MOST_ANSWER);
  try {
    await read.read(body);
  } catch (error) {
    if (deadline.aborted()) throw error;
    if (statusCode < 300) {
      const { message } = deadline.stopped() ?? networkFault(error);
      return failure("reponse_tronquee", message, statusCode);
    }
  }
  return {
    kind: "reponse",
    status: statusCode,
    retryAfter: single(headers["retry-after"]),
    date: single(headers.date),
    contentType: single(headers["content-type"]),
    // PostgreSQL keeps no NUL in a text.
    body: read.bytes().toString("utf8").replaceAll("\0", "\ufffd"),
    cut: read.cut,
  };
}

function single(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}

/** Reads a JSON text of unknown origin; undefined when it is not one. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
