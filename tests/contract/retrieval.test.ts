import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { openRetrieval, type Retrieval } from "../../src/delivery/index.ts";
import { type Secrets, zTransport } from "../../src/partner/index.ts";
import { useFolder } from "../support/diffusion.ts";
import { type SftpServer, startSftp } from "../support/sftp.ts";

const folder = useFolder();
const opened: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

async function open(transport: unknown, secrets: Secrets, signal = new AbortController().signal) {
  const retrieval = await openRetrieval(
    { transport: zTransport.parse(transport), interne: true },
    secrets,
    signal,
  );
  opened.push(() => retrieval.close());
  return retrieval;
}

/** A folder `accuses` with `lot.csv` and a subfolder. */
function fill(dir: string): void {
  mkdirSync(path.join(dir, "accuses", "anciens"), { recursive: true });
  writeFileSync(path.join(dir, "accuses", "lot.csv"), "session;etat\n1;ok\n");
  writeFileSync(path.join(dir, "hors.txt"), "non");
}

const far = { sftp: undefined as SftpServer | undefined };

async function sftp(): Promise<Retrieval> {
  const server = await startSftp();
  far.sftp = server;
  opened.push(() => server.close());
  fill(server.dir);
  return open(
    {
      type: "sftp",
      hote: "127.0.0.1",
      port: server.port,
      utilisateur: "agence",
      empreintes: [server.empreinte],
      delais: { envoi: 0.5 },
    },
    new Map([["mot_de_passe", "secret-sftp"]]),
  );
}

async function dossier(): Promise<Retrieval> {
  const chemin = path.join(folder.dir, "dossier");
  fill(chemin);
  return open({ type: "dossier", chemin }, new Map());
}

async function https(): Promise<Retrieval> {
  const server = createServer((request, response) => {
    if (request.headers.authorization !== "Bearer jeton-de-lecture") response.writeHead(401).end();
    else if (request.url === "/depot/accuses/")
      response.end(
        JSON.stringify([
          { name: "lot.csv", type: "file", mtime: "Tue, 24 Nov 2026 08:30:15 GMT", size: 18 },
          { name: "anciens", type: "directory", mtime: "Tue, 24 Nov 2026 08:30:15 GMT" },
          { name: "../hors.txt", type: "file", size: 3 },
        ]),
      );
    else if (request.url === "/depot/accuses/lot.csv") response.end("session;etat\n1;ok\n");
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  opened.push(async () => {
    server.closeAllConnections();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  });
  const { port } = server.address() as AddressInfo;
  return open(
    { type: "https", url: `http://127.0.0.1:${port}/depot/`, auth: { type: "bearer" } },
    new Map([["jeton", "jeton-de-lecture"]]),
  );
}

describe.each<[string, () => Promise<Retrieval>]>([
  ["sftp", sftp],
  ["dossier", dossier],
  ["https", https],
])("what a partner left over %s", (_, reach) => {
  test("is listed and read, files alone", async () => {
    const retrieval = await reach();
    const files = await retrieval.list("accuses/");
    expect(files).toMatchObject([{ nom: "lot.csv", octets: 18 }]);
    expect(files[0]?.modifieLe).toBeInstanceOf(Date);
    expect((await retrieval.read("accuses/lot.csv", 100)).toString()).toBe("session;etat\n1;ok\n");
  });

  test("is refused when it is too large or not there, in words", async () => {
    const retrieval = await reach();
    await expect(retrieval.read("accuses/lot.csv", 10)).rejects.toMatchObject({
      failure: { classe: "lecture_impossible", message: expect.stringContaining("plus de 10 octets") },
    });
    await expect(retrieval.read("accuses/absent.csv", 10)).rejects.toMatchObject({
      failure: { classe: "lecture_impossible" },
    });
    await expect(retrieval.list("ailleurs/")).rejects.toMatchObject({ name: "RetrievalError" });
  });
});

test("a local folder is not left, by dots or by a link", async () => {
  const retrieval = await dossier();
  writeFileSync(path.join(folder.dir, "secret.txt"), "non");
  symlinkSync(path.join(folder.dir, "secret.txt"), path.join(folder.dir, "dossier", "lien"));
  for (const outside of ["../secret.txt", "lien"])
    await expect(retrieval.read(outside, 100)).rejects.toMatchObject({
      failure: { classe: "adresse_interdite" },
    });
});

test("another server than the partner's is not read", async () => {
  const retrieval = await https();
  for (const elsewhere of ["http://169.254.169.254/latest", "//169.254.169.254/latest"])
    await expect(retrieval.read(elsewhere, 100)).rejects.toMatchObject({
      failure: { classe: "adresse_interdite" },
    });
});

test("a silent server holds nobody", async () => {
  const retrieval = await sftp();
  if (far.sftp !== undefined) far.sftp.fault = ({ op }) => (op === "read" ? "silence" : undefined);
  await expect(retrieval.read("accuses/lot.csv", 100)).rejects.toMatchObject({
    failure: { classe: "delai" },
  });
});

test("a refused login is told as one", async () => {
  const server = await startSftp();
  opened.push(() => server.close());
  const transport = {
    type: "sftp",
    hote: "127.0.0.1",
    port: server.port,
    utilisateur: "agence",
    empreintes: [server.empreinte],
  };
  await expect(open(transport, new Map([["mot_de_passe", "faux"]]))).rejects.toMatchObject({
    failure: { classe: "acces_refuse" },
  });
});
