/**
 * What a document is from its root on, without its formations but the first. Blanks between formations are dropped, so its size does
 * not depend on their number.
 */
export class EnvelopeKeeper {
  #text = "";
  #lines = 1;
  #formations = 0;
  /** Where each piece begins, in the envelope and in the file. */
  readonly #pieces: { readonly line: number; readonly fileLine: number }[] = [];

  /** A piece that stands outside, and the line of the file where it begins. */
  outside(piece: string, fileLine: number): void {
    if (this.#formations > 0 && piece.trim() === "") return;
    this.#pieces.push({ line: this.#lines, fileLine });
    this.#add(piece);
  }

  /** The first formation, where the last piece ends. */
  formation(xml: string): void {
    this.#formations++;
    this.#add(xml);
  }

  get text(): string {
    return this.#text;
  }

  readonly fileLine = (line: number): number => {
    // A line that ends one piece and begins another belongs to the first: the other begins by its line break.
    const piece = this.#pieces.findLast((candidate) => candidate.line < line) ?? this.#pieces[0];
    return piece === undefined ? line : piece.fileLine + line - piece.line;
  };

  #add(piece: string): void {
    this.#text += piece;
    this.#lines += piece.split(/\r\n?|\n/).length - 1;
  }
}
