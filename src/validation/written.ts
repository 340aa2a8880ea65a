import { LheoError } from "../lheo/index.ts";
import { type Notice, notice } from "../notices/index.ts";

/** Writes a piece of LHEO; what cannot be written at all is a notice like any other: the rest goes on. */
export function written<T>(
  place: { readonly action: string; readonly organisme: string; readonly session?: string },
  write: () => T,
): { readonly value?: T; readonly notices: readonly Notice[] } {
  try {
    return { value: write(), notices: [] };
  } catch (error) {
    if (!(error instanceof LheoError)) throw error;
    return { notices: [notice("ecriture-impossible", { ...place, path: "", attendu: error.message })] };
  }
}
