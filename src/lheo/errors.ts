/**
 * What stops us: XML that cannot be read, or a value that cannot be written. A wrong datum that can be carried is
 * a `Defaut`, never this.
 */
export class LheoError extends Error {
  override readonly name = "LheoError";
  /** From 1, in the file or in the text given. */
  readonly line: number | undefined;
  readonly column: number | undefined;

  constructor(message: string, at?: { readonly line: number; readonly column?: number }) {
    super(message);
    this.line = at?.line;
    this.column = at?.column;
  }
}
