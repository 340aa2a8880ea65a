/** A file of a register that cannot be taken at all; the message is in French, with the file and its line. */
export class ReferentielError extends Error {
  override readonly name = "ReferentielError";
}

/** A line that was left out, and why. */
export interface LigneRefusee {
  readonly fichier: string;
  readonly ligne: number;
  readonly raison: string;
}
