/** Why a file could not be put in place; nothing is ever left under a final name. */
export type StoreFault = "disque-plein" | "fichier-altere" | "ecriture";

/** A store failure, with a French sentence for the operator. */
export class StoreError extends Error {
  readonly fault: StoreFault;
  constructor(fault: StoreFault, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "StoreError";
    this.fault = fault;
  }
}

/** What the system answers when there is no room: on the disk, in the quota, or in the size allowed to a file. */
const FULL = new Set(["ENOSPC", "EDQUOT", "EFBIG"]);

/** Turns a failure of the file system into a sentence that says what to do. */
export function storeError(cause: unknown, folder: string): StoreError {
  if (cause instanceof StoreError) return cause;
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  if (FULL.has(code))
    return new StoreError(
      "disque-plein",
      `Plus de place pour écrire le flux dans « ${folder} » (${code}). Libérez de l'espace puis relancez l'édition : le flux précédent reste en service.`,
      { cause },
    );
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new StoreError(
    "ecriture",
    `Écriture impossible dans « ${folder} » : ${reason}. Le flux précédent reste en service.`,
    { cause },
  );
}
