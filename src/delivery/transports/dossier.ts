import { type FileHandle, open, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import type { TransportDossier } from "../../partner/index.ts";
import { failure, type Outcome } from "../outcome.ts";
import type { Conduct, Envoi, Push } from "./port.ts";
import { announcement, MissingFile, olderParts, partOf, readPublished } from "./publishedFile.ts";

/**
 * Drops the file in a folder: written and made durable as `<delivery>.<epoch>.part`, renamed, then announced by
 * `<name>.ok` with its digest. Who reads the folder waits for `.ok` and never sees half a file.
 */
export function dossierTransport({ chemin }: TransportDossier): Push {
  return async (envoi, conduct) => {
    const part = path.join(chemin, partOf(envoi));
    try {
      for (const name of olderParts(envoi)) await rm(path.join(chemin, name), { force: true });
      conduct.chrono.enter("envoi");
      await copyDurably(envoi.fichier, part, conduct.signal);
      conduct.chrono.enter("renommage");
      return await putInPlace(chemin, part, envoi, conduct);
    } catch (error) {
      if (conduct.signal.aborted) return failure("interrompue", "Dépôt interrompu de notre côté.");
      if (error instanceof MissingFile) return error.failure;
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
  const { nom } = envoi.fichier;
  const file = path.join(chemin, nom);
  const ok = `${file}.ok`;
  if (conduct.signal.aborted || !(await conduct.stillOurs()))
    return failure("interrompue", "Un autre envoi a pris la suite avant la fin de celui-ci.");
  // An announcement must never stand beside another file than its own.
  await rm(ok, { force: true });
  await rename(part, file);
  await writeFile(part, announcement(envoi), { flush: true });
  await rename(part, ok);
  await syncFolder(chemin);
  return { kind: "depot", nom };
}

async function copyDurably(fichier: Envoi["fichier"], to: string, signal: AbortSignal): Promise<void> {
  const target = await open(to, "w");
  try {
    await copyInto(target, fichier, signal);
    await target.sync();
  } finally {
    await target.close();
  }
}

async function copyInto(target: FileHandle, fichier: Envoi["fichier"], signal: AbortSignal): Promise<void> {
  for await (const piece of readPublished(fichier)) {
    signal.throwIfAborted();
    await target.writeFile(piece);
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
