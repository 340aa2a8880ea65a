import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

/** One request that a sink saw. */
export interface Seen {
  readonly key: string;
  readonly epoch: number;
  readonly profil: string;
  /** Path without its slash: one per partner. */
  readonly partner: string;
  /** Of the bytes, once they all came. */
  sha256: string | undefined;
  status: number | undefined;
}

/** A partner that remembers all it saw. */
export interface Sink {
  readonly url: string;
  readonly seen: readonly Seen[];
  close(): Promise<void>;
}

/** How a sink answers: a status, or what to do with the exchange itself before its body is read. */
export type Manner = (
  seen: Seen,
  request: IncomingMessage,
  response: ServerResponse,
) => number | Promise<number | undefined>;

/** Starts a partner on a free port of this machine. */
export async function startSink(manner: Manner = () => 201): Promise<Sink> {
  const seen: Seen[] = [];
  const server = createServer(async (request, response) => {
    const one: Seen = {
      key: String(request.headers["idempotency-key"]),
      epoch: Number(request.headers["x-offre-info-tentative"]),
      profil: String(request.headers["x-offre-info-profil"]),
      partner: (request.url ?? "/").slice(1),
      sha256: undefined,
      status: undefined,
    };
    seen.push(one);
    try {
      const status = await manner(one, request, response);
      if (status === undefined) return;
      one.sha256 = createHash("sha256")
        .update(await buffer(request))
        .digest("hex");
      one.status = status;
      response.writeHead(status).end();
    } catch {
      response.destroy();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
