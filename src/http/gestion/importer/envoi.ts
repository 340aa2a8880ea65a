import { createReadStream, createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import multipart, { type MultipartFile } from "@fastify/multipart";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { OCTETS_ENVOYES, type Refus } from "../../../catalogue/index.ts";
import { taille } from "../../pages/format.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** A file that is being sent: nothing of it was read yet. */
    fichier: MultipartFile | undefined;
  }
}

/**
 * Lets the routes of a scope take one file. The fields of the form come before it and are read first, so that the token is
 * checked, and rights too, before the file is.
 */
export async function acceptFile(app: FastifyInstance): Promise<void> {
  await app.register(multipart, {
    limits: { files: 1, fileSize: OCTETS_ENVOYES, fields: 5, fieldSize: 1_000, headerPairs: 20 },
  });
  app.decorateRequest("fichier", undefined);
  app.addHook("preValidation", async (request) => {
    if (request.connexion !== undefined && request.isMultipart()) await readFields(request);
  });
  // What nobody read is let through, or the browser would wait to send it.
  app.addHook("onResponse", async ({ fichier }) => {
    fichier?.file.resume();
  });
}

/**
 * Does something with the file once it is all here: how long a browser takes to send it is nobody else's business, least of
 * all a transaction's.
 */
export async function withFile<T extends object>(
  { file }: MultipartFile,
  work: (bytes: AsyncIterable<Uint8Array>) => Promise<T>,
): Promise<T | Refus> {
  const folder = await mkdtemp(path.join(tmpdir(), "offre-info-"));
  try {
    const kept = path.join(folder, "fichier");
    await pipeline(file, createWriteStream(kept));
    // Beyond the limit the rest is dropped without a word.
    if (file.truncated)
      return {
        refus: `Le fichier dépasse ${taille(OCTETS_ENVOYES)} : compressez-le (.xml.gz) ou découpez-le.`,
      };
    return await work(createReadStream(kept));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function readFields(request: FastifyRequest): Promise<void> {
  const fields: Record<string, unknown> = {};
  const parts = request.parts();
  for (let part = await parts.next(); part.done !== true; part = await parts.next()) {
    if (part.value.type === "file") {
      request.fichier = part.value;
      break;
    }
    fields[part.value.fieldname] = part.value.value;
  }
  request.body = fields;
}
