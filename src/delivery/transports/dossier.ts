import { createReadStream } from "node:fs";
import { type FileHandle, open, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import type { TransportDossier } from "../../partner/index.ts";
import { failure, type Outcome } from "../outcome.ts";
import type { Conduct, Envoi, Push } from "./port.ts";

/**
 * Drops the file in a folder: written and made durable as `<delivery>.<epoch>.part`, renamed, then announced by
 * `<name>.ok` with its digest. Who reads the folder waits for `.ok` and never sees half a file.
 */
export function dossierTransport({ chemin }: TransportDossier): Push {
  return async (envoi, conduct) => {
    const part = path.join(chemin, `${envoi.id}.${envoi.epoch}.part`);
    try {
      await copyDurably(envoi.fichier.path, part, envoi.fichier.octets, conduct.signal);
      return await putInPlace(chemin, part, envoi, conduct);
    } catch (error) {
      if (conduct.signal.aborted) return failure("interrompue", "Dépôt interrompu de notre côté.");
      if (error instanceof MissingFile) return failure("fichier_absent", error.message);
      return failure(
        "depot_impossible",
        `Dépôt impossible dans « ${chemin} » : ${error instanceof Error ? error.message : String(error)}`,
      );
    } finally {
      await rm(part, { force: true }).catch(() => undefined);
    }
  };
}

async function putInPlace(chemin: string, part: string, envoi: Envoi, conduct: Conduct): Promise<Outcome> {
  const { nom, sha256, octets } = envoi.fichier;
  const file = path.join(chemin, nom);
  const ok = `${file}.ok`;
  if (conduct.signal.aborted || !(await conduct.stillOurs()))
    return failure("interrompue", "Un autre envoi a pris la suite avant la fin de celui-ci.");
  // An announcement must never stand beside another file than its own.
  await rm(ok, { force: true });
  await rename(part, file);
  await writeFile(
    part,
    `${JSON.stringify({ diffusion: envoi.id, fichier: nom, octets, sha256, formations: envoi.formations, sessions: envoi.sessions }, null, 2)}\n`,
    { flush: true },
  );
  await rename(part, ok);
  await syncFolder(chemin);
  return { kind: "depot", nom };
}

class MissingFile extends Error {}

async function copyDurably(from: string, to: string, octets: number, signal: AbortSignal): Promise<void> {
  const target = await open(to, "w");
  try {
    const written = await copyInto(target, from, signal);
    if (written !== octets)
      throw new MissingFile(`Le fichier publié « ${from} » fait ${written} octets au lieu de ${octets}.`);
    await target.sync();
  } finally {
    await target.close();
  }
}

async function copyInto(target: FileHandle, from: string, signal: AbortSignal): Promise<number> {
  let written = 0;
  for await (const chunk of reading(from)) {
    signal.throwIfAborted();
    await target.writeFile(chunk);
    written += chunk.length;
  }
  return written;
}

async function* reading(from: string): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of createReadStream(from)) yield chunk;
  } catch {
    throw new MissingFile(`Le fichier publié « ${from} » est introuvable ou illisible sur cette machine.`);
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
