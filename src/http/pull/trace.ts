import type { Socket } from "node:net";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Knex } from "knex";
import type { Logger } from "../../log/index.ts";
import { type Prise, type Quoi, recordPrises } from "../../snapshot/index.ts";
import type { Found } from "./answer.ts";

/** Writes down who takes what. */
export interface Trace {
  /** An answer about a feed begins; how it ends is written when it does. */
  follow(request: FastifyRequest, reply: FastifyReply, feed: Found, quoi: Quoi): void;
}

/** Answers to nobody in particular, and the single formations that come by the thousand, are counted for so long. */
const COUNTED_MS = 60_000;

const WRITTEN_AT_ONCE = 500;

/** Nothing waits for the trace: it is written after the answer, and a write that fails is for the journal. */
export function startTrace(app: FastifyInstance, { db, log }: { db: Knex; log: Logger }): Trace {
  const counted = new Map<string, Prise & { octets: number; nombre: number }>();
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
    if (counted.size === 0) return;
    write([...counted.values()]);
    counted.clear();
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
    const { profil, partner, snapshot, quoi, statut, entier } = prise;
    const key = `${profil} ${partner} ${snapshot} ${quoi} ${statut} ${entier}`;
    const before = counted.get(key);
    if (before === undefined) counted.set(key, { ...prise });
    else {
      before.octets += prise.octets;
      before.nombre += prise.nombre;
    }
  };
  return {
    follow({ method, raw: { socket } }, reply, { snapshot, partner }, quoi) {
      if (method !== "GET") return;
      const before = takenBy(socket);
      reply.raw.once("close", () => {
        const whole = reply.raw.writableFinished;
        const statut = reply.raw.statusCode;
        ended({
          profil: snapshot.profil,
          partner,
          snapshot: snapshot.id,
          quoi,
          statut,
          octets: statut < 300 ? octetsOf(reply, whole, takenBy(socket) - before) : 0,
          entier: whole && (statut === 304 || statut === 200 || (statut === 206 && isLastPiece(reply))),
          nombre: 1,
        });
      });
    },
  };
}

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
