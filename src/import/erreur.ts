/** The file as a whole cannot be imported; nothing of it is kept. The message is for the operator, in French. */
export class ImportError extends Error {
  /** Line of the file, from 1, where it is known. */
  readonly line: number | undefined;

  constructor(message: string, line?: number) {
    super(line === undefined ? message : `${message} (ligne ${line})`);
    this.name = "ImportError";
    this.line = line;
  }
}
