import { type FileHandle, open } from "node:fs/promises";
import { escapeAttribute } from "../lheo/index.ts";

/** Our feeds begin and end each formation at the start of a line. */
const START = Buffer.from("\n<formation");
const END = Buffer.from("\n</formation>");
const NUMERO = Buffer.from('\n<formation numero="');
const PIECE = 1024 * 1024;

/** Where a session stands, by the numbers that the feed writes. */
export interface Repere {
  readonly session: string;
  /** Of its formation. Formations are mostly in the order of their numbers, so that the place is found by halves. */
  readonly formation?: string | undefined;
}

/**
 * The text of the formation that holds a session, as a stored feed has it; one formation in memory.
 * @param path of the XML
 * @returns undefined when the feed does not show it
 * @throws what the file system throws: ENOENT when the file is no longer kept
 */
export async function findFormation(
  path: string,
  { session, formation }: Repere,
): Promise<string | undefined> {
  const mark = Buffer.from(`<session numero="${escapeAttribute(session)}"`);
  const handle = await open(path);
  try {
    const whole = { from: 0, to: (await handle.stat()).size };
    if (formation === undefined) return await scan(handle, mark, whole);
    const near = await bisect(handle, Buffer.from(escapeAttribute(formation)), whole);
    // Numbers of others may stand anywhere.
    return (await scan(handle, mark, near)) ?? (await scan(handle, mark, whole));
  } finally {
    await handle.close();
  }
}

interface Part {
  readonly from: number;
  readonly to: number;
}

/** The part of the file, no longer than a piece or than one formation, where a formation of this number begins. */
async function bisect(handle: FileHandle, numero: Buffer, whole: Part): Promise<Part> {
  let { from, to } = whole;
  while (to - from > PIECE) {
    const middle = Math.floor((from + to) / 2);
    const next = await nextFormation(handle, middle, to);
    if (next === undefined || Buffer.compare(next.numero, numero) > 0) to = middle;
    else from = next.at;
  }
  return { from, to };
}

/** The first formation that begins between two places. */
async function nextFormation(
  handle: FileHandle,
  from: number,
  to: number,
): Promise<{ readonly at: number; readonly numero: Buffer } | undefined> {
  let held: Buffer = Buffer.alloc(0);
  let base = from;
  for await (const piece of pieces(handle, from, PIECE / 16)) {
    held = Buffer.concat([held, piece]);
    const at = held.indexOf(NUMERO);
    const start = at + NUMERO.length;
    const end = at === -1 ? -1 : held.indexOf('"', start);
    if (end !== -1) return base + at < to ? { at: base + at, numero: held.subarray(start, end) } : undefined;
    const kept = at === -1 ? Math.max(0, held.length - NUMERO.length) : at;
    base += kept;
    held = held.subarray(kept);
    if (base >= to) return undefined;
  }
  return undefined;
}

/** Looks for a session among the formations that begin in a part of the file. */
async function scan(handle: FileHandle, mark: Buffer, { from, to }: Part): Promise<string | undefined> {
  let held: Buffer = Buffer.alloc(0);
  let base = from;
  /** Where what was not looked at begins, and the session once it is found. */
  let fresh = 0;
  let found = -1;
  for await (const piece of pieces(handle, from, PIECE)) {
    held = Buffer.concat([held, piece]);
    if (found === -1) {
      found = held.indexOf(mark, fresh);
      if (found === -1) {
        const start = Math.max(0, held.lastIndexOf(START));
        base += start;
        if (base > to) return undefined;
        held = held.subarray(start);
        fresh = Math.max(0, held.length - mark.length);
        continue;
      }
    }
    const start = held.lastIndexOf(START, found);
    const end = held.indexOf(END, found);
    if (start !== -1 && end !== -1) return held.toString("utf8", start + 1, end + END.length);
  }
  return undefined;
}

async function* pieces(handle: FileHandle, from: number, octets: number): AsyncGenerator<Buffer> {
  for (let at = from; ; ) {
    const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(octets), 0, octets, at);
    if (bytesRead === 0) return;
    at += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}
