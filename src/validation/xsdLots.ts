/** Fragments put one after the other in one document, in UTF-8, ready to be handed over to a thread. */
export interface Lot {
  readonly buffer: ArrayBuffer;
  readonly length: number;
  readonly ends: readonly number[];
}

/**
 * Characters in a lot, roughly: enough for the cost of a document to be shared, few enough for several threads to
 * share the work and for the tree to stay in the processor's cache.
 */
const LOT = 192 * 1024;

/** Buffers of this size come back and are used again. */
const BUFFER = 3 * LOT;
const MOST_KEPT = 8;

export type Fragment = string | Uint8Array;

/** Cuts a list in runs that make a lot each. */
export function cutInLots(fragments: readonly Fragment[]): readonly { start: number; end: number }[] {
  const lots = [];
  let start = 0;
  let size = 0;
  for (let i = 0; i < fragments.length; i++) {
    size += fragments[i]?.length ?? 0;
    if (size >= LOT || i === fragments.length - 1) {
      lots.push({ start, end: i + 1 });
      start = i + 1;
      size = 0;
    }
  }
  return lots;
}

/** Encodes lots, in buffers that are given back when the thread is done with them. */
export class LotEncoder {
  readonly #free: ArrayBuffer[] = [];
  readonly #head: Buffer;
  readonly #tail: Buffer;

  constructor(head: string, tail: string) {
    this.#head = Buffer.from(head);
    this.#tail = Buffer.from(tail);
  }

  lot(fragments: readonly Fragment[]): Lot {
    const bound = fragments.reduce((sum, fragment) => sum + mostBytes(fragment), 0);
    const bytes = this.#take(this.#head.length + bound + this.#tail.length);
    let at = this.#head.copy(bytes);
    const ends = fragments.map((fragment) => {
      at += put(fragment, bytes, at);
      return at;
    });
    at += this.#tail.copy(bytes, at);
    return { buffer: bytes.buffer, length: at, ends };
  }

  document(xml: Fragment): Lot {
    const bytes = this.#take(mostBytes(xml));
    return { buffer: bytes.buffer, length: put(xml, bytes, 0), ends: [] };
  }

  giveBack(buffer: ArrayBuffer): void {
    if (buffer.byteLength === BUFFER && this.#free.length < MOST_KEPT) this.#free.push(buffer);
  }

  #take(size: number): Buffer<ArrayBuffer> {
    return Buffer.from(size > BUFFER ? new ArrayBuffer(size) : (this.#free.pop() ?? new ArrayBuffer(BUFFER)));
  }
}

/** A UTF-16 unit takes at most three bytes. */
const mostBytes = (fragment: Fragment): number =>
  typeof fragment === "string" ? fragment.length * 3 : fragment.length;

function put(fragment: Fragment, bytes: Buffer, at: number): number {
  if (typeof fragment === "string") return bytes.write(fragment, at);
  bytes.set(fragment, at);
  return fragment.length;
}
