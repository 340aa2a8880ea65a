import { createServer, type RequestListener } from "node:http";
import { type AddressInfo, createServer as createTcp, type Server, type Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import {
  dossierTransport,
  httpsTransport,
  type NomPhase,
  type Push,
  phasesOf,
  type Resolve,
  sftpTransport,
  startChrono,
} from "../../src/delivery/index.ts";
import { type Secrets, zTransport } from "../../src/partner/index.ts";
import { useFolder } from "../support/diffusion.ts";
import { calm, fileToSend } from "../support/envoi.ts";
import { startSftp } from "../support/sftp.ts";
import { type Identity, identity, startTls } from "../support/tls.ts";

/** Where the time of a push goes, as the page of a delivery shows it. */
const folder = useFolder();
const opened: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0)) await close();
});

async function listen(server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => sockets.add(socket.on("error", () => undefined)));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  opened.push(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  });
  return (server.address() as AddressInfo).port;
}

const SLOW = 80;
/** Timers of Node may fire a little early. */
const FELT = SLOW - 5;

/** Sends a file and tells the time of each phase, in the order in which they came. */
async function measure(way: Push, octets = 1_000): Promise<[NomPhase, number][]> {
  const chrono = startChrono();
  await way(fileToSend(folder.dir, { octets }), calm({ chrono }));
  return chrono.phases().map(({ nom, ms }) => [nom, ms]);
}

const names = (phases: readonly [NomPhase, number][]): NomPhase[] => phases.map(([nom]) => nom);

function https(
  url: string,
  { fields = {}, secrets, resolve }: { fields?: object; secrets?: Secrets; resolve?: Resolve } = {},
): Push {
  const transport = zTransport.parse({ type: "https", url, ...fields });
  if (transport.type !== "https") throw new Error("unreachable");
  return httpsTransport(transport, {
    interne: true,
    ...(secrets === undefined ? {} : { secrets }),
    ...(resolve === undefined ? {} : { resolve }),
  });
}

describe("over HTTPS", () => {
  let autorite: Identity;
  beforeAll(() => {
    autorite = identity({ nom: "Autorité", autorite: true });
  });
  const secure = async (listener: RequestListener) => {
    const server = identity({ nom: "Serveur", hote: "127.0.0.1", par: autorite });
    const far = await startTls({ cert: server.cert, key: server.key }, listener);
    opened.push(() => far.close());
    return {
      url: `https://127.0.0.1:${far.port}/`,
      secrets: new Map([["autorite", autorite.cert]]) as Secrets,
    };
  };

  test("every phase is there, and each has its own time", async () => {
    const { url, secrets } = await secure((request, response) => {
      request.resume().on("end", () => {
        setTimeout(() => response.writeHead(201, { "content-length": "2" }).write("o"), SLOW);
        setTimeout(() => response.end("k"), 2 * SLOW);
      });
    });
    const slowName: Resolve = async () => {
      await pause(SLOW);
      return [{ address: "127.0.0.1", family: 4 }];
    };
    const named = url.replace("127.0.0.1", "depot.exemple");
    const unknown = await measure(https(named, { secrets, resolve: slowName }));
    // The certificate is for another name: it stops there, after the name was found.
    expect(names(unknown)).toEqual(["dns", "tcp", "tls"]);
    expect(unknown[0]?.[1]).toBeGreaterThanOrEqual(FELT);

    const phases = await measure(https(url, { secrets }), 200_000);
    expect(names(phases)).toEqual(["dns", "tcp", "tls", "envoi", "attente", "reponse"]);
    const ms = Object.fromEntries(phases);
    expect(ms.attente).toBeGreaterThanOrEqual(FELT);
    expect(ms.reponse).toBeGreaterThanOrEqual(FELT);
    expect(phases.every(([, lasted]) => lasted >= 0)).toBe(true);
  });

  test("without TLS there is none; a small file leaves at once", async () => {
    const port = await listen(
      createServer((request, response) => request.resume().on("end", () => response.end())),
    );
    expect(names(await measure(https(`http://127.0.0.1:${port}/`)))).toEqual([
      "dns",
      "tcp",
      "envoi",
      "attente",
      "reponse",
    ]);
  });

  test("what stopped it is the last: a silent partner, one that hangs up, nobody", async () => {
    const mute = await listen(createServer((request) => void request.resume()));
    const late = await measure(https(`http://127.0.0.1:${mute}/`, { fields: { delais: { entetes: 0.2 } } }));
    expect(late.at(-1)?.[0]).toBe("attente");
    expect(late.at(-1)?.[1]).toBeGreaterThanOrEqual(195);
    const rude = await listen(createTcp((socket) => socket.once("data", () => socket.destroy())));
    expect(names(await measure(https(`https://127.0.0.1:${rude}/`)))).toEqual(["dns", "tcp", "tls"]);
    await opened.pop()?.();
    expect(names(await measure(https(`http://127.0.0.1:${rude}/`)))).toEqual(["dns", "tcp"]);
  });

  test("a token is asked for first, and again when it is refused", async () => {
    let asked = 0;
    const port = await listen(
      createServer((request, response) => {
        request.resume().on("end", () => {
          if (request.url === "/jeton") {
            asked += 1;
            response.end(JSON.stringify({ access_token: `jeton-${asked}`, expires_in: 3600 }));
          } else response.writeHead(request.headers.authorization === "Bearer jeton-1" ? 401 : 201).end();
        });
      }),
    );
    const base = `http://127.0.0.1:${port}`;
    const auth = { type: "oauth2", url_jeton: `${base}/jeton`, client_id: `essai-${port}` };
    const phases = await measure(
      https(`${base}/depot`, { fields: { auth }, secrets: new Map([["secret_client", "secret-long"]]) }),
    );
    const sending = ["dns", "tcp", "envoi", "attente", "reponse"];
    expect(names(phases)).toEqual(["jeton", ...sending, "jeton", ...sending]);
  });
});

test("over SFTP: connection, host, login, transfer, name", async () => {
  const far = await startSftp();
  opened.push(() => far.close());
  far.fault = async ({ op }) => {
    if (op === "write" || op === "posix-rename") await pause(SLOW / 2);
    return undefined;
  };
  const transport = zTransport.parse({
    type: "sftp",
    hote: "127.0.0.1",
    port: far.port,
    utilisateur: "agence",
    empreintes: [far.empreinte],
  });
  if (transport.type !== "sftp") throw new Error("unreachable");
  const way = (motDePasse: string) =>
    sftpTransport(transport, { interne: true, secrets: new Map([["mot_de_passe", motDePasse]]) });
  const phases = await measure(way("secret-sftp"));
  expect(names(phases)).toEqual(["dns", "tcp", "ssh", "authentification", "envoi", "renommage"]);
  const ms = Object.fromEntries(phases);
  expect(ms.envoi).toBeGreaterThanOrEqual(FELT / 2);
  // Two names are given: the file's and its announcement's.
  expect(ms.renommage).toBeGreaterThanOrEqual(FELT);
  expect(names(await measure(way("un autre")))).toEqual(["dns", "tcp", "ssh", "authentification"]);
});

test("into a folder", async () => {
  const way = dossierTransport({
    type: "dossier",
    chemin: folder.dir,
    fichier: "f.xml",
    compression: "aucune",
  });
  expect(names(await measure(way))).toEqual(["envoi", "renommage"]);
});

test("what is kept is read back, and what is not of ours is left", () => {
  expect(phasesOf({ phases: [["tls", 12.3]] })).toEqual([{ nom: "tls", ms: 12.3 }]);
  for (const phases of [undefined, null, "tls", [["autre", 1]], [["tls", -1]], [{ tls: 1 }]])
    expect(phasesOf({ phases })).toEqual([]);
});
