import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { pipeline } from "node:stream";
import { createGunzip } from "node:zlib";

/**
 * The bytes of a file, decompressed when it is gzip, whatever its name.
 *
 * @throws the system's error when it cannot be read
 */
export async function openFile(path: string): Promise<AsyncIterable<Uint8Array>> {
  const file = await open(path);
  const start = Buffer.alloc(2);
  try {
    await file.read(start, 0, 2, 0);
  } finally {
    await file.close();
  }
  const bytes = createReadStream(path, { highWaterMark: 256 * 1024 });
  if (start[0] !== 0x1f || start[1] !== 0x8b) return bytes;
  // Errors come out of the last stream, which is the one that is read.
  return pipeline(bytes, createGunzip({ chunkSize: 256 * 1024 }), () => undefined);
}

/** The whole file as a text, or undefined when it is larger than `most` bytes. */
export async function readWhole(path: string, encoding: string, most: number): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of await openFile(path)) {
    size += chunk.length;
    if (size > most) return undefined;
    chunks.push(chunk);
  }
  return new TextDecoder(encoding).decode(Buffer.concat(chunks));
}
