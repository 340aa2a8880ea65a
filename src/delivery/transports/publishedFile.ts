import { createReadStream } from "node:fs";
import { open, stat } from "node:fs/promises";
import { type Failure, failure } from "../outcome.ts";
import type { Envoi } from "./port.ts";

/** Our own file is not there any more, or is not the one that was published. */
export class MissingFile extends Error {
  readonly failure: Failure;
  constructor(message: string) {
    super(message);
    this.failure = failure("fichier_absent", message);
  }
}

const gone = (path: string) =>
  `Le fichier publié « ${path} » est introuvable ou illisible sur cette machine.`;
const changed = ({ path, octets }: Envoi["fichier"], seen: number) =>
  `Le fichier publié « ${path} » fait ${seen} octets au lieu de ${octets}.`;

/** A file that is gone or has another size is never sent under the digest of the one that was published. */
export async function fileFault(fichier: Envoi["fichier"]): Promise<Failure | undefined> {
  try {
    const { size } = await stat(fichier.path);
    return size === fichier.octets ? undefined : failure("fichier_absent", changed(fichier, size));
  } catch {
    return failure("fichier_absent", gone(fichier.path));
  }
}

/** The bytes of a small published file, in one piece; or why they are not those that were published. */
export async function wholeFile(fichier: Envoi["fichier"]): Promise<Buffer | Failure> {
  try {
    const file = await open(fichier.path);
    try {
      // Room for one more, by which a file that grew is known.
      const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(fichier.octets + 1), 0);
      return bytesRead === fichier.octets
        ? buffer.subarray(0, bytesRead)
        : failure("fichier_absent", changed(fichier, (await file.stat()).size));
    } finally {
      await file.close();
    }
  } catch {
    return failure("fichier_absent", gone(fichier.path));
  }
}

/**
 * The bytes of a published file, in pieces.
 * @throws MissingFile when it cannot be read, or when it ended and has not the size that was published
 */
export async function* readPublished(
  fichier: Envoi["fichier"],
  pieceOctets?: number,
): AsyncGenerator<Buffer> {
  let read = 0;
  const stream = createReadStream(
    fichier.path,
    pieceOctets === undefined ? {} : { highWaterMark: pieceOctets },
  );
  try {
    for await (const piece of stream) {
      read += piece.length;
      yield piece;
    }
  } catch {
    throw new MissingFile(gone(fichier.path));
  }
  if (read !== fichier.octets) throw new MissingFile(changed(fichier, read));
}

/** Epochs before ours whose leftovers are looked for. */
const OLDER = 50;

/** Under what name a file is written before it is whole. */
export const partOf = ({ id, epoch }: Pick<Envoi, "id" | "epoch">): string => `${id}.${epoch}.part`;

/**
 * What our own attempts may have left when they were cut, the latest first. A worker that still writes one of them can
 * no more rename it once it is removed.
 */
export function olderParts({ id, epoch }: Envoi): string[] {
  return Array.from({ length: Math.min(epoch - 1, OLDER) }, (_, rank) =>
    partOf({ id, epoch: epoch - 1 - rank }),
  );
}

/** What announces a file dropped in a folder, in `<name>.ok`: JSON on one line each. */
export function announcement({ id, fichier, formations, sessions }: Envoi): string {
  const { nom, octets, sha256 } = fichier;
  return `${JSON.stringify({ diffusion: id, fichier: nom, octets, sha256, formations, sessions }, null, 2)}\n`;
}
