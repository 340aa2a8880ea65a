import { type FileHandle, open } from "node:fs/promises";
import { type Action, type AsRead, type Formation, parse } from "../../lheo/index.ts";
import type { Offre } from "./offre.ts";

/** One offer read from its feed. */
export interface OffreLue {
  /** The formation without its actions. */
  readonly tete: AsRead<Formation>;
  readonly action: AsRead<Action>;
}

/** Reads offers of one stored feed. Close it. */
export interface Lecteur {
  /** @throws LheoError when the bytes there are not an offer */
  lire(offre: Offre): Promise<OffreLue>;
  close(): Promise<void>;
}

/** @throws the system's error when the file is not there */
export async function openLecteur(path: string): Promise<Lecteur> {
  const handle = await open(path, "r");
  let last: { readonly debut: number; readonly tete: AsRead<Formation> } | undefined;
  return {
    async lire(offre) {
      // Offers of one formation follow each other.
      if (last?.debut !== offre.debut) {
        const before = await textAt(handle, offre.debut, offre.debutDesActions);
        const after = await textAt(handle, offre.finDesActions, offre.fin);
        last = { debut: offre.debut, tete: parse("formation", before + after).value };
      }
      const { value: action } = parse(
        "action",
        await textAt(handle, offre.debutDeLAction, offre.finDeLAction),
      );
      return { tete: last.tete, action };
    },
    close: () => handle.close(),
  };
}

async function textAt(handle: FileHandle, from: number, to: number): Promise<string> {
  const bytes = Buffer.allocUnsafe(to - from);
  const { bytesRead } = await handle.read(bytes, 0, bytes.length, from);
  return bytes.toString("utf8", 0, bytesRead);
}
