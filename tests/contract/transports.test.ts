import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { buffer } from "node:stream/consumers";
import { dossierTransport, httpsTransport, sftpTransport } from "../../src/delivery/index.ts";
import { zTransport } from "../../src/partner/index.ts";
import { startSftp } from "../support/sftp.ts";
import { type FarEnd, transportContract } from "./transports.ts";

transportContract("https", async (): Promise<FarEnd> => {
  const files = new Map<string, Buffer>();
  const server = createServer((request, response) => {
    buffer(request).then(
      (bytes) => {
        files.set(String(request.headers["idempotency-key"]), bytes);
        response.writeHead(201).end("{}");
      },
      () => undefined,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const transport = zTransport.parse({ type: "https", url: `http://127.0.0.1:${port}/depot` });
  if (transport.type !== "https") throw new Error("unreachable");
  const close = async () => {
    server.closeAllConnections();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  };
  return {
    push: httpsTransport(transport, { interne: true }),
    received: async () => [...files.values()],
    vanish: close,
    close,
  };
});

transportContract("dossier", async (): Promise<FarEnd> => {
  const chemin = mkdtempSync(path.join(tmpdir(), "offre-info-depot-"));
  const transport = zTransport.parse({ type: "dossier", chemin });
  if (transport.type !== "dossier") throw new Error("unreachable");
  return {
    push: dossierTransport(transport),
    // Only what is announced counts: that is what the other side reads.
    received: async () =>
      readdirSync(chemin)
        .filter((name) => name.endsWith(".ok"))
        .map((name) => readFileSync(path.join(chemin, name.replace(/\.ok$/, "")))),
    vanish: async () => rmSync(chemin, { recursive: true }),
    close: async () => rmSync(chemin, { recursive: true, force: true }),
  };
});

for (const ancien of [false, true])
  transportContract(`sftp${ancien ? ", server without extensions" : ""}`, async (): Promise<FarEnd> => {
    const far = await startSftp({ ancien });
    const transport = zTransport.parse({
      type: "sftp",
      hote: "127.0.0.1",
      port: far.port,
      utilisateur: "agence",
      empreintes: [far.empreinte],
      dossier: "/",
    });
    if (transport.type !== "sftp") throw new Error("unreachable");
    return {
      push: sftpTransport(transport, { interne: true, secrets: new Map([["mot_de_passe", "secret-sftp"]]) }),
      received: async () =>
        readdirSync(far.dir)
          .filter((name) => name.endsWith(".ok"))
          .map((name) => readFileSync(path.join(far.dir, name.replace(/\.ok$/, "")))),
      vanish: () => far.stop(),
      close: () => far.close(),
    };
  });
