/**
 * A set of texts that can be added to, kept as 64 bits of a hash each: a tenth of the memory of a `Set` of strings.
 * In a feed of a million numbers, two different ones are taken for the same once in some ten million feeds.
 */
export class NumberSet {
  /** Pairs of words; both zero: a free slot. */
  #slots = new Uint32Array(2048);
  #size = 0;

  /** @returns false when it was there already. */
  add(text: string): boolean {
    if (this.#size * 4 >= this.#slots.length) this.#grow();
    const [high, low] = hash(text);
    const added = put(this.#slots, high, low);
    if (added) this.#size++;
    return added;
  }

  #grow(): void {
    const old = this.#slots;
    this.#slots = new Uint32Array(old.length * 2);
    for (let i = 0; i < old.length; i += 2) {
      const [high = 0, low = 0] = [old[i], old[i + 1]];
      if (low !== 0) put(this.#slots, high, low);
    }
  }
}

/** Two independent mixes of the text; the second is never zero. */
function hash(text: string): readonly [high: number, low: number] {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, 0x9e3779b1);
    b = Math.imul(b ^ code, 0x5f356495);
  }
  const high = mix(a ^ (b >>> 15), b);
  const low = mix(b ^ (a >>> 13), a);
  return [high >>> 0, low >>> 0 || 1];
}

function mix(a: number, b: number): number {
  const first = Math.imul(a ^ (a >>> 16), 0x85ebca6b) ^ Math.imul(b ^ (b >>> 13), 0xc2b2ae35);
  const second = Math.imul(first ^ (first >>> 15), 0x2c1b3c6d);
  return second ^ (second >>> 16);
}

function put(slots: Uint32Array, high: number, low: number): boolean {
  const mask = slots.length / 2 - 1;
  for (let at = high & mask; ; at = (at + 1) & mask) {
    const found = slots[at * 2 + 1];
    if (found === low && slots[at * 2] === high) return false;
    if (found === 0) {
      slots[at * 2] = high;
      slots[at * 2 + 1] = low;
      return true;
    }
  }
}
