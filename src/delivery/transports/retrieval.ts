import { type Failure, failure } from "../outcome.ts";

/** A file that a partner left for us. */
export interface RemoteFile {
  /** In its folder. */
  readonly nom: string;
  readonly octets: number;
  readonly modifieLe: Date | undefined;
}

/**
 * What a partner leaves for us, read with the same credentials and the same guard as what we send. Each call is bounded
 * in time and memory, and throws a `RetrievalError` when the partner does not do its part.
 */
export interface Retrieval {
  /**
   * The files of a folder, the first ten thousand. Paths: over SFTP as the server has them; in a local folder relative to
   * it; over HTTPS relative to the address of the partner, on the same server, the listing being JSON as nginx writes it
   * (`autoindex_format json`) and without a listing a file is read by its name.
   */
  list(dossier: string): Promise<readonly RemoteFile[]>;
  /** The bytes of a file. A file that is larger than `mostOctets` is refused. */
  read(chemin: string, mostOctets: number): Promise<Buffer>;
  close(): Promise<void>;
}

/** What a partner was asked for did not come: says why, like an attempt. */
export class RetrievalError extends Error {
  override readonly name = "RetrievalError";
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.message);
    this.failure = failure;
  }
}

/** Files listed at most in one folder. */
export const MOST_FILES = 10_000;

export function tooLarge(chemin: string, mostOctets: number): RetrievalError {
  return new RetrievalError(
    failure("lecture_impossible", `« ${chemin} » fait plus de ${mostOctets} octets : il n'a pas été lu.`),
  );
}
