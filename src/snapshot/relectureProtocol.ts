/** What the main thread and the thread that reads written files again say to each other. */

/** A check of one document that comes in pieces. */
export interface WellFormedCheck {
  /** @throws NotWellFormed at the first fault */
  write(chunk: Uint8Array): void;
  /** @throws NotWellFormed when the document is not complete */
  end(): void;
}

export type RelectureRequest =
  /** The XML is on the disk from its start to `octets`. */
  | { readonly kind: "ecrit"; readonly id: number; readonly xml: string; readonly octets: number }
  /** Both files are whole. */
  | { readonly kind: "fin"; readonly id: number; readonly xml: string; readonly gz: string }
  /** The file is given up. */
  | { readonly kind: "abandon"; readonly id: number };

/** What was read, to compare with what was written. */
export interface Relu {
  /** Of the XML as it was checked, and as it was once it was whole. */
  readonly sha256: readonly [suivi: string, fin: string];
  readonly sha256Gz: string;
  /** Why the XML is not well-formed; undefined when it is. */
  readonly malForme: string | undefined;
}

export type RelectureReply =
  | { readonly kind: "relu"; readonly id: number; readonly relu: Relu }
  | { readonly kind: "echec"; readonly id: number; readonly error: Error };
