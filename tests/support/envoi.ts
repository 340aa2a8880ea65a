import { createHash, randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { type Conduct, type Envoi, startChrono } from "../../src/delivery/index.ts";

/** A file to send, written in `dir`: bytes that do not compress, so that its size is the one asked for. */
export function fileToSend(
  dir: string,
  options: { octets?: number; gzip?: boolean; nom?: string } = {},
): Envoi & { readonly bytes: Buffer } {
  const { octets = 1000, gzip = false } = options;
  const xml = randomBytes(Math.ceil(octets / 2)).toString("hex");
  const bytes = gzip ? gzipSync(xml) : Buffer.from(xml);
  const id = `20261124T083015Z-essai-${randomBytes(3).toString("hex")}`;
  const file = path.join(dir, `${id}.publie`);
  writeFileSync(file, bytes);
  return {
    id,
    epoch: 1,
    instant: new Date("2026-11-24T08:30:15Z"),
    profil: "rco",
    sha256Xml: createHash("sha256").update(xml).digest("hex"),
    formations: 2,
    sessions: 5,
    fichier: {
      path: file,
      octets: bytes.length,
      sha256: createHash("sha256").update(bytes).digest("hex"),
      gzip,
      nom: options.nom ?? `offre-info-rco.xml${gzip ? ".gz" : ""}`,
    },
    bytes,
  };
}

/** A delivery that stays ours to the end. */
export function calm(fields: Partial<Conduct> = {}): Conduct {
  return {
    signal: new AbortController().signal,
    chrono: startChrono(),
    stillOurs: async () => true,
    ...fields,
  };
}
