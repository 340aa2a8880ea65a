/** Who asks for an act, on what, and why. */
export interface Demande {
  readonly id: string;
  /** `console:<login>`, later a user. */
  readonly acteur: string;
  readonly motif: string;
  /** Only says what would be done. */
  readonly essai?: boolean;
}

/** What was done (or would be), or why it was not and what to do instead: in French, never an exception. */
export type Acted<T = string> = { readonly done: T } | { readonly refused: string };

/** What an act lacks whatever it is about, in French. */
export function missing({ acteur, motif }: Pick<Demande, "acteur" | "motif">): string | undefined {
  if (acteur.trim() === "") return "On ne sait pas qui demande cet acte.";
  return motif.trim() === "" ? "Donnez un motif : il reste au journal d'audit." : undefined;
}
