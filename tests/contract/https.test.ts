import { createServer, type RequestListener } from "node:http";
import { type AddressInfo, createServer as createTcp, type Server, type Socket } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import type { z } from "zod";
import { httpsTransport, type Outcome, type Resolve } from "../../src/delivery/index.ts";
import { zTransport } from "../../src/partner/index.ts";
import { useFolder } from "../support/diffusion.ts";
import { calm, fileToSend } from "../support/envoi.ts";

const folder = useFolder();
const opened: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0)) await close();
});

async function listen(server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined).on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  opened.push(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  });
  return (server.address() as AddressInfo).port;
}

const http = (listener: RequestListener) => listen(createServer(listener));
/** Answers raw bytes to the first thing that comes. */
const raw = (answer: (socket: Socket) => void) =>
  listen(createTcp((socket) => socket.once("data", () => answer(socket))));

interface To {
  readonly scheme?: string;
  readonly host?: string;
  readonly octets?: number;
  readonly delais?: z.input<typeof zTransport> extends { delais?: infer D } ? D : Record<string, number>;
  readonly interne?: boolean;
  readonly resolve?: Resolve;
}

function push(
  port: number,
  { scheme = "http", host = "127.0.0.1", octets, delais = {}, interne = true, resolve }: To = {},
): Promise<Outcome> {
  const transport = zTransport.parse({ type: "https", url: `${scheme}://${host}:${port}/depot?a=1`, delais });
  if (transport.type !== "https") throw new Error("unreachable");
  const way = httpsTransport(transport, { interne, ...(resolve === undefined ? {} : { resolve }) });
  return way(fileToSend(folder.dir, octets === undefined ? {} : { octets }), calm());
}

test("says what it sends, whole and checkable", async () => {
  const seen: { method: string | undefined; url: string | undefined; headers: Record<string, unknown> }[] =
    [];
  const port = await http((request, response) => {
    seen.push({ method: request.method, url: request.url, headers: request.headers });
    request.resume().on("end", () => response.writeHead(201).end());
  });
  const transport = zTransport.parse({ type: "https", url: `http://127.0.0.1:${port}/depot?a=1` });
  if (transport.type !== "https") throw new Error("unreachable");
  const envoi = fileToSend(folder.dir, { gzip: true });
  await httpsTransport(transport, { interne: true })(envoi, calm());
  expect(seen).toMatchObject([
    {
      method: "PUT",
      url: "/depot?a=1",
      headers: {
        "content-type": "application/gzip",
        "content-length": String(envoi.bytes.length),
        "content-digest": `sha-256=:${Buffer.from(envoi.fichier.sha256, "hex").toString("base64")}:`,
        "idempotency-key": envoi.id,
        "x-offre-info-diffusion": envoi.id,
        "x-offre-info-profil": "rco",
        "x-offre-info-tentative": "1",
        "x-offre-info-sha256": envoi.sha256Xml,
        "x-offre-info-sessions": "5",
      },
    },
  ]);
  expect(seen[0]?.headers["transfer-encoding"]).toBeUndefined();
});

describe("a partner that answers badly", () => {
  test("its status, its words and what it asks for are brought back", async () => {
    const port = await http((request, response) => {
      request
        .resume()
        .on("end", () =>
          response.writeHead(429, { "retry-after": "120", "content-type": "text/plain" }).end("plus tard\0"),
        );
    });
    expect(await push(port)).toMatchObject({
      kind: "reponse",
      status: 429,
      retryAfter: "120",
      body: "plus tard\ufffd",
      cut: false,
    });
  });

  test("a redirection is never followed", async () => {
    const paths: (string | undefined)[] = [];
    const port = await http((request, response) => {
      paths.push(request.url);
      request
        .resume()
        .on("end", () => response.writeHead(307, { location: "http://169.254.169.254/latest" }).end());
    });
    expect(await push(port)).toMatchObject({ kind: "reponse", status: 307 });
    expect(paths).toHaveLength(1);
  });

  test("one that refuses before having read everything is heard", async () => {
    const port = await http((_request, response) =>
      response.writeHead(413, { connection: "close" }).end("trop gros"),
    );
    const outcome = await push(port, { octets: 200_000 });
    expect(outcome).toMatchObject({ kind: "reponse", status: 413 });
  });

  test("an endless answer is cut, in memory and in time", async () => {
    const port = await http((request, response) => {
      request.resume().on("end", () => {
        response.writeHead(200, { "content-type": "text/plain" });
        const more = () => {
          while (!response.destroyed && response.write("x".repeat(65_536)));
          response.once("drain", more);
        };
        more();
      });
    });
    const outcome = await push(port);
    expect(outcome).toMatchObject({ kind: "reponse", status: 200, cut: true });
    expect(outcome.kind === "reponse" && outcome.body.length).toBe(65_536);
  });

  test("an answer that drips is stopped, and an acceptance that is not whole is none", async () => {
    const port = await http((request, response) => {
      request.resume().on("end", () => {
        response.writeHead(200, { "content-length": "1000" });
        const timer = setInterval(() => response.write("x"), 20);
        response.on("close", () => clearInterval(timer));
      });
    });
    expect(await push(port, { delais: { reponse: 0.3 } })).toMatchObject({
      kind: "echec",
      classe: "reponse_tronquee",
      status: 200,
    });
  });

  test("an answer cut in the middle is no acceptance, but a refusal stays one", async () => {
    const cut = (status: string) =>
      raw((socket) => {
        socket.write(`HTTP/1.1 ${status}\r\nContent-Length: 100\r\n\r\nabc`);
        setTimeout(() => socket.destroy(), 50);
      });
    expect(await push(await cut("201 Created"))).toMatchObject({
      kind: "echec",
      classe: "reponse_tronquee",
      status: 201,
    });
    expect(await push(await cut("400 Bad Request"))).toMatchObject({
      kind: "reponse",
      status: 400,
      body: "abc",
    });
  });

  test("a bomb of gzip is kept as it comes", async () => {
    const port = await http((request, response) => {
      request
        .resume()
        .on("end", () =>
          response.writeHead(201, { "content-encoding": "gzip" }).end(Buffer.alloc(40_000, 0x1f)),
        );
    });
    expect(await push(port)).toMatchObject({ kind: "reponse", status: 201, cut: false });
  });

  test("what is not HTTP, or headers without end, is not read", async () => {
    expect(await push(await raw((socket) => socket.end("bonjour\r\n\r\n")))).toMatchObject({
      kind: "echec",
      classe: "reponse_illisible",
    });
    const flood = await raw((socket) => {
      socket.write("HTTP/1.1 200 OK\r\n");
      const timer = setInterval(() => socket.write(`X-A: ${"x".repeat(4096)}\r\n`), 1);
      socket.on("close", () => clearInterval(timer));
    });
    expect(await push(flood)).toMatchObject({ kind: "echec", classe: "reponse_illisible" });
  });
});

describe("a partner that does not answer", () => {
  test("at all", async () => {
    const port = await http((request) => request.resume());
    expect(await push(port, { delais: { entetes: 0.3 } })).toMatchObject({ kind: "echec", classe: "delai" });
  });

  test("nor takes what is sent", async () => {
    const port = await listen(createTcp((socket) => socket.pause()));
    expect(await push(port, { octets: 30_000_000, delais: { envoi: 0.5 } })).toMatchObject({
      kind: "echec",
      classe: "delai",
      message: expect.stringContaining("ne prend plus"),
    });
  });

  test("and hangs up", async () => {
    expect(await push(await raw((socket) => socket.destroy()))).toMatchObject({
      kind: "echec",
      classe: "connexion_coupee",
    });
    expect(await push(await raw((socket) => socket.resetAndDestroy()))).toMatchObject({
      kind: "echec",
      classe: "connexion_coupee",
    });
  });

  test("because nobody is there", async () => {
    const port = await http(() => undefined);
    await opened.pop()?.();
    expect(await push(port)).toMatchObject({ kind: "echec", classe: "connexion_refusee" });
  });

  test("because its name does not resolve, or not in time", async () => {
    const unknown: Resolve = async () => {
      throw Object.assign(new Error("no"), { code: "ENOTFOUND" });
    };
    expect(await push(1, { host: "exemple.fr", resolve: unknown })).toMatchObject({ classe: "dns" });
    const silent: Resolve = () => new Promise(() => undefined);
    expect(await push(1, { host: "exemple.fr", resolve: silent, delais: { connexion: 0.2 } })).toMatchObject({
      classe: "delai",
    });
  });

  test("in TLS: no fall back to plain", async () => {
    const requests: string[] = [];
    const port = await http((request, response) => {
      requests.push(request.url ?? "");
      response.end();
    });
    expect(await push(port, { scheme: "https" })).toMatchObject({ kind: "echec", classe: "tls" });
    expect(requests).toEqual([]);
  });
});

describe("where it goes", () => {
  test("an inside address is not dialled for who is not internal", async () => {
    let connections = 0;
    const server = createTcp(() => {
      connections += 1;
    });
    const port = await listen(server);
    for (const inside of ["127.0.0.1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "169.254.169.254"]) {
      const outcome = await push(port, {
        scheme: "https",
        host: "exemple.fr",
        interne: false,
        resolve: async () => [{ address: inside, family: 4 }],
      });
      expect(outcome).toMatchObject({ kind: "echec", classe: "adresse_interdite" });
    }
    expect(await push(port, { interne: false })).toMatchObject({ classe: "adresse_interdite" });
    expect(connections).toBe(0);
  });

  test("what was looked at is what is dialled, whatever the name says afterwards", async () => {
    const hosts: (string | undefined)[] = [];
    const port = await http((request, response) => {
      hosts.push(request.headers.host);
      request.resume().on("end", () => response.end());
    });
    let asked = 0;
    const rebinding: Resolve = async () => {
      asked += 1;
      return [{ address: asked === 1 ? "127.0.0.1" : "192.0.2.1", family: 4 }];
    };
    expect(await push(port, { host: "rebond.exemple", resolve: rebinding })).toMatchObject({
      kind: "reponse",
      status: 200,
    });
    expect(asked).toBe(1);
    expect(hosts).toEqual([`rebond.exemple:${port}`]);
  });
});
