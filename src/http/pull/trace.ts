import type { Socket } from "node:net";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Knex } from "knex";
import type { Logger } from "../../log/index.ts";
import { type Prise, type Quoi, recordPrises } from "../../snapshot/index.ts";
import type { Found } from "./answer.ts";

/** Writes down who takes what. */
export interface Trace {
  /** An answer about a feed begins, or has just been given; how it ends is written when it does. */
  follow(request: FastifyRequest, reply: FastifyReply, feed: Found, quoi: Quoi): void;
}

/** Answers to nobody in particular, and the single formations that come by the thousand, are counted for so long. */
const COUNTED_MS = 60_000;

const WRITTEN_AT_ONCE = 500;

/** Nothing waits for the trace: it is written after the answer, and a write that fails is for the journal. */
export function startTrace(app: FastifyInstance, { db, log }: { db: Knex; log: Logger }): Trace {
  const counted: (Prise & { octets: number; nombre: number })[] = [];
  const pending: Prise[] = [];
  let writing: Promise<void> | undefined;
  /** One statement at a time: what comes meanwhile goes with the next. */
  const writeAll = async () => {
    while (pending.length > 0) {
      const prises = pending.splice(0, WRITTEN_AT_ONCE);
      await recordPrises(db, prises).catch((err: unknown) =>
        log.error({ err, prises: prises.length }, "pull.untraced"),
      );
    }
    writing = undefined;
  };
  const write = (prises: readonly Prise[]) => {
    pending.push(...prises);
    writing ??= writeAll();
  };
  const flush = () => {
    if (counted.length > 0) write(counted.splice(0));
  };
  const timer = setInterval(flush, COUNTED_MS).unref();
  app.addHook("onClose", async () => {
    clearInterval(timer);
    flush();
    await writing;
  });
  const ended = (prise: Prise) => {
    if (prise.partner !== null && prise.quoi !== "formation") {
      write([prise]);
      return;
    }
    const before = counted.find((one) => isAlike(one, prise));
    if (before === undefined) counted.push({ ...prise });
    else {
      before.octets += prise.octets;
      before.nombre += prise.nombre;
    }
    if (counted.length >= WRITTEN_AT_ONCE) flush();
  };
  return {
    follow({ method, raw: { socket } }, reply, { snapshot, partner }, quoi) {
      if (method !== "GET") return;
      const about = { profil: snapshot.profil, partner, snapshot: snapshot.id, quoi, nombre: 1 };
      // Nothing to see the end of.
      if (reply.statusCode === 304) return ended({ ...about, statut: 304, octets: 0, entier: true });
      const before = takenBy(socket);
      reply.raw.once("close", () => {
        const whole = reply.raw.writableFinished;
        const statut = reply.raw.statusCode;
        ended({
          ...about,
          statut,
          octets: statut < 300 ? octetsOf(reply, whole, takenBy(socket) - before) : 0,
          entier: whole && (statut === 304 || statut === 200 || (statut === 206 && isLastPiece(reply))),
        });
      });
    },
  };
}

/** A few kinds of answers make up all of a minute: they are looked through, the most frequent being there early. */
const isAlike = (a: Prise, b: Prise): boolean =>
  a.snapshot === b.snapshot &&
  a.statut === b.statut &&
  a.quoi === b.quoi &&
  a.partner === b.partner &&
  a.entier === b.entier &&
  a.profil === b.profil;

/** What left of the content: all of it at the end; when it was cut, what the system took, headers included, to a piece. */
function octetsOf(reply: FastifyReply, whole: boolean, taken: number): number {
  const length = Number(reply.getHeader("content-length") ?? Number.NaN);
  if (Number.isNaN(length)) return Math.max(0, taken);
  return whole ? length : Math.min(length, Math.max(0, taken));
}

/** `bytes 5-9/10`: nothing is missing after it. */
function isLastPiece(reply: FastifyReply): boolean {
  const [, end, size] = /-(\d+)\/(\d+)$/.exec(String(reply.getHeader("content-range"))) ?? [];
  return end !== undefined && Number(end) + 1 === Number(size);
}

/** Bytes that the system took for this client. */
const takenBy = (socket: Socket): number => (socket.bytesWritten ?? 0) - (socket.writableLength ?? 0);
