/** The file as a whole cannot be imported; nothing of it is kept. The message is for the operator, in French, with the line in it. */
export class ImportError extends Error {
  override readonly name = "ImportError";
  /** Line of the file, from 1, where it is known. */
  readonly line: number | undefined;

  constructor(message: string, line?: number) {
    super(message);
    this.line = line;
  }
}
