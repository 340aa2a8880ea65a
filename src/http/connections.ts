import type { Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";

/** Connections of a server, and which of them are in the middle of an answer. */
export interface Connections {
  watch(server: Server): void;
  /** An answer begins; its end is seen. */
  answering(socket: Socket, response: ServerResponse): void;
  isAnswering(socket: Socket): boolean;
  /**
   * Hangs up on who is owed no answer, now, and on the others as soon as they have theirs, or when they take nothing,
   * or after {@link LOOKS} looks: a download goes on by its range. Node alone waits for a keep-alive connection that was
   * busy, and for one that never asked anything, as browsers open them ahead of need.
   */
  stop(): void;
}

/** Who takes nothing between two looks has stopped reading. */
const LOOK_MS = 3_000;
/** A stop ends before whoever asked for it kills us. */
const LOOKS = 8;

/** Nothing is watched yet: a server is given once it exists. */
export function trackConnections(): Connections {
  const open = new Set<Socket>();
  const owed = new Map<Socket, number>();
  let stopping = false;
  const hangUpIfFree = (socket: Socket) => {
    if (stopping && open.has(socket) && !owed.has(socket)) socket.destroySoon();
  };
  return {
    watch(server) {
      server.on("connection", (socket: Socket) => {
        open.add(socket);
        socket.once("close", () => open.delete(socket));
        hangUpIfFree(socket);
      });
    },
    answering(socket, response) {
      // A client may ask again before it has its answer.
      owed.set(socket, (owed.get(socket) ?? 0) + 1);
      response.on("close", () => {
        const left = (owed.get(socket) ?? 0) - 1;
        if (left > 0) owed.set(socket, left);
        else owed.delete(socket);
        hangUpIfFree(socket);
      });
    },
    isAnswering: (socket) => owed.has(socket),
    stop() {
      stopping = true;
      open.forEach(hangUpIfFree);
      const taken = new Map([...open].map((socket) => [socket, takenBy(socket)]));
      let looks = 0;
      const timer = setInterval(() => {
        looks += 1;
        for (const socket of open) {
          if (looks === LOOKS || taken.get(socket) === takenBy(socket)) socket.destroy();
          taken.set(socket, takenBy(socket));
        }
        if (open.size === 0 || looks === LOOKS) clearInterval(timer);
      }, LOOK_MS).unref();
    },
  };
}

/** Bytes that the system took for this client. */
const takenBy = (socket: Socket): number => socket.bytesWritten - socket.writableLength;
