import { open, readdir, realpath, stat } from "node:fs/promises";
import path from "node:path";
import type { TransportDossier } from "../../partner/index.ts";
import { failure } from "../outcome.ts";
import { MOST_FILES, type Retrieval, RetrievalError, tooLarge } from "./retrieval.ts";

/** Reads below the folder of the partner and nowhere else, links included. */
export function retrieveFromDossier({ chemin }: TransportDossier): Retrieval {
  const inside = async (relative: string): Promise<string> => {
    const root = await realpath(chemin);
    const full = await realpath(path.join(root, relative));
    if (full !== root && !full.startsWith(root + path.sep))
      throw new RetrievalError(
        failure("adresse_interdite", `« ${relative} » mène hors de « ${chemin} » : rien n'a été lu.`),
      );
    return full;
  };
  return {
    list: (dossier) =>
      named(`Lecture impossible de « ${dossier} »`, async () => {
        const folder = await inside(dossier);
        const entries = (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isFile());
        return Promise.all(
          entries.slice(0, MOST_FILES).map(async ({ name }) => {
            const { size, mtime } = await stat(path.join(folder, name));
            return { nom: name, octets: size, modifieLe: mtime };
          }),
        );
      }),
    read: (relative, mostOctets) =>
      named(`Lecture impossible de « ${relative} »`, async () => {
        const handle = await open(await inside(relative), "r");
        try {
          const { size } = await handle.stat();
          if (size > mostOctets) throw tooLarge(relative, mostOctets);
          return await handle.readFile();
        } finally {
          await handle.close();
        }
      }),
    close: async () => undefined,
  };
}

async function named<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof RetrievalError) throw error;
    throw new RetrievalError(
      failure("lecture_impossible", `${what} : ${error instanceof Error ? error.message : String(error)}`),
    );
  }
}
