import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import type { Remarques } from "./remarques.ts";

type Bytes = AsyncIterable<Uint8Array>;

/**
 * The bytes of a file, gzip undone where it is one, at most `most` of them: a small file can hold a very large one.
 * What is wrong ends the file and is said.
 */
export async function* plainBytes(
  source: Bytes,
  most: number,
  remarques: Remarques,
): AsyncGenerator<Uint8Array> {
  let octets = 0;
  for await (const bytes of unpacked(source, remarques)) {
    octets += bytes.length;
    if (octets > most) {
      remarques.cut(
        `octet ${most}`,
        `Le fichier dépasse ${Math.floor(most / 1_000_000)} Mo une fois décompressé : la suite n'est pas lue. Demandez au destinataire un fichier plus petit.`,
      );
      return;
    }
    yield bytes;
  }
}

async function* unpacked(source: Bytes, remarques: Remarques): AsyncGenerator<Uint8Array> {
  const chunks = source[Symbol.asyncIterator]();
  const start = await startOf(chunks);
  if (start === undefined) return;
  const whole = after(start, chunks);
  if (start[0] === 0x50 && start[1] === 0x4b && start[2] === 3) {
    remarques.cut(
      "octet 1",
      "C'est une archive zip : décompressez-la et déposez le fichier qu'elle contient.",
    );
    return;
  }
  if (start[0] !== 0x1f || start[1] !== 0x8b) {
    yield* whole;
    return;
  }
  const inflated = createGunzip();
  // The iteration below raises the error too: the callback is only there because one is required.
  pipeline(Readable.from(whole), inflated, () => {});
  try {
    for await (const bytes of inflated) yield bytes;
  } catch (error) {
    if (!(error instanceof Error && "code" in error && String(error.code).startsWith("Z_"))) throw error;
    remarques.cut("fin de ce qui est lisible", `Le fichier gzip est abîmé ou incomplet : redemandez-le.`);
  }
}

/** The first bytes, enough to tell what a file is, however small the pieces in which it comes. */
async function startOf(chunks: AsyncIterator<Uint8Array>): Promise<Buffer | undefined> {
  let start: Buffer | undefined;
  while ((start?.length ?? 0) < 4) {
    const next = await chunks.next();
    if (next.done === true) break;
    start = start === undefined ? Buffer.from(next.value) : Buffer.concat([start, next.value]);
  }
  return start;
}

async function* after(first: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield first;
  for (;;) {
    const next = await rest.next();
    if (next.done === true) return;
    yield next.value;
  }
}

/**
 * Bytes to text, piece by piece. Bytes that are not UTF-8 are read as windows-1252 (which ISO-8859-1 files are) and
 * said: session numbers are ASCII in both, so nothing is lost for an accent.
 */
export async function* textOf(
  source: Bytes,
  encodage: "utf-8" | "latin1",
  remarques: Remarques,
): AsyncGenerator<string> {
  let held: Buffer<ArrayBufferLike> = Buffer.alloc(0);
  let octets = 0;
  let wide: "utf-16le" | "utf-16be" | undefined;
  let utf8 = encodage === "utf-8";
  let first = true;
  const decode = (bytes: Uint8Array): string => {
    if (wide !== undefined) return new TextDecoder(wide).decode(bytes);
    if (!utf8) return Buffer.from(bytes).toString("latin1");
    try {
      return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch {
      remarques.add(
        `après l'octet ${octets}`,
        "Le fichier contient des octets qui ne sont pas de l'UTF-8 : ils sont lus comme du latin1. Corrigez l'encodage de cet accusé s'il est en latin1.",
      );
      return Buffer.from(bytes).toString("latin1");
    }
  };
  for await (const chunk of source) {
    const bytes = held.length === 0 ? Buffer.from(chunk) : Buffer.concat([held, chunk]);
    if (first) {
      wide = wideOf(bytes);
      // A mark is surer than what was configured.
      utf8 ||= bytes.indexOf("\ufeff") === 0;
    }
    const end = wide === undefined ? wholeUtf8(bytes) : bytes.length - (bytes.length % 2);
    const text = decode(bytes.subarray(0, end));
    held = bytes.subarray(end);
    octets += end;
    if (text === "") continue;
    yield first ? text.replace(/^\ufeff/, "") : text;
    first = false;
  }
  if (held.length > 0) yield decode(held);
}

/** Office software writes UTF-16 with a mark. */
function wideOf([a, b]: Uint8Array): "utf-16le" | "utf-16be" | undefined {
  if (a === 0xff && b === 0xfe) return "utf-16le";
  return a === 0xfe && b === 0xff ? "utf-16be" : undefined;
}

/** Where to cut so that no character is in two: before a sequence that the end leaves incomplete. */
function wholeUtf8(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if ((byte & 0xc0) === 0x80) continue;
    const wanted = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return wanted > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}
