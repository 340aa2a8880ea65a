import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { ImportError } from "./erreur.ts";

async function* after<T>(first: T, rest: AsyncIterator<T>): AsyncGenerator<T> {
  yield first;
  while (true) {
    const next = await rest.next();
    if (next.done) return;
    yield next.value;
  }
}

async function* inflate(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const inflated = createGunzip();
  // The iteration below raises the error too: the callback is only there because one is required.
  pipeline(Readable.from(source), inflated, () => {});
  try {
    for await (const bytes of inflated) yield bytes;
  } catch (error) {
    if (!(error instanceof Error && "code" in error && String(error.code).startsWith("Z_"))) throw error;
    throw new ImportError(`Le fichier gzip est abîmé ou incomplet (${error.message}) : redemandez-le`);
  }
}

/**
 * The bytes of a file, gzip undone where it is one: feeds are handed over as `.xml.gz` as often as not.
 * @throws {ImportError} broken or cut gzip
 */
export async function* gunzipIfNeeded(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const chunks = source[Symbol.asyncIterator]();
  const first = await chunks.next();
  if (first.done) return;
  const [a, b] = first.value;
  const whole = after(first.value, chunks);
  yield* a === 0x1f && b === 0x8b ? inflate(whole) : whole;
}
