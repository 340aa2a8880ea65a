/** Something wrong in a receipt: where, and what to do about it, in French. */
export interface Remarque {
  readonly lieu: string;
  readonly message: string;
}

export const VIDE = "Le fichier est vide : demandez-le à nouveau au destinataire.";

/** Remarks kept; a file may have the same fault on each of its lines. */
const MOST = 20;

/** What is said of one file while it is read. */
export class Remarques {
  readonly #kept: Remarque[] = [];
  readonly #said = new Set<string>();
  #cut = false;

  /** Each sentence once, at the first place where it is true. */
  add(lieu: string, message: string): void {
    if (this.#said.has(message) || this.#kept.length >= MOST) return;
    this.#said.add(message);
    this.#kept.push({ lieu, message });
  }

  /** The rest of the file was not read. */
  cut(lieu: string, message: string): void {
    this.#cut = true;
    this.add(lieu, message);
  }

  get all(): readonly Remarque[] {
    return this.#kept;
  }

  /** Some of the file was not read: what it does not name proves nothing. */
  get isCut(): boolean {
    return this.#cut;
  }
}
