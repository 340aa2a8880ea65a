import type { BrouillonAction, BrouillonSession } from "../contenu.ts";

/** A formation of a file, as it would be a draft; nothing of the catalogue was looked at yet. */
export interface FormationLue {
  /** Line of the file where it begins, from 1. */
  readonly ligne: number;
  /** As the file has it; empty when it gives none. */
  readonly numero: string;
  readonly intitule: string;
  /** Whose it is said to be: any of these is enough. None: the active structure's. */
  readonly organismes: readonly string[];
  /** Undefined: nothing can be taken of it, the remarks say why. */
  readonly brouillon:
    | { readonly action: BrouillonAction; readonly sessions: readonly BrouillonSession[] }
    | undefined;
  /** French sentences for the person who brought the file. */
  readonly remarques: readonly string[];
}
