import { connect, type Socket } from "node:net";
import { text } from "node:stream/consumers";

/** An answer as it came over the wire. */
export interface RawAnswer {
  readonly status: number;
  /** Header lines and body, undecoded. */
  readonly head: string;
  readonly body: string;
}

/** Opens a connection to a server at `http://127.0.0.1:<port>`. */
export function dial(base: string): Socket {
  const { hostname, port } = new URL(base);
  return connect(Number(port), hostname);
}

/** Sends bytes that no well-behaved client would, and reads until the server hangs up. */
export async function sendRaw(base: string, request: string): Promise<RawAnswer> {
  const socket = dial(base);
  // A server that refuses a large request may hang up before it took it all.
  socket.on("error", () => undefined);
  socket.write(request, "latin1");
  const answer = await text(socket);
  const [head = "", ...body] = answer.split("\r\n\r\n");
  return { status: Number(head.split(" ")[1]), head, body: body.join("\r\n\r\n") };
}
