/**
 * Numbers already written in each output, so that none comes twice in a feed. Half a million numbers kept as text
 * would be the largest thing in memory: only 64 bits of each are kept (two numbers that share them would be met once
 * in ten million runs of that size), with the set of the outputs that hold it.
 */
export interface Numeros {
  /** Takes a number for an output; false when that output already holds it. */
  take(kind: NumeroKind, numero: string, sortie: number): boolean;
}

/** Formations, actions and sessions are numbered apart. */
export type NumeroKind = "formation" | "action" | "session";

/** Outputs are kept as bits. */
export const MOST_SORTIES = 32;

/** Starts with no number. */
export function numeros(): Numeros {
  const kinds = { formation: new NumberTable(), action: new NumberTable(), session: new NumberTable() };
  return { take: (kind, numero, sortie) => kinds[kind].take(numero, sortie) };
}

/** Open addressing, three 32-bit lanes per entry: two of hash, one of outputs. Twice as large each time it is half full. */
class NumberTable {
  private capacity = 4096;
  private lanes = new Uint32Array(3 * this.capacity);
  private used = 0;

  take(numero: string, sortie: number): boolean {
    const [high, low] = hash(numero);
    const at = this.find(high, low);
    const before = this.lanes[at + 2] ?? 0;
    const bit = (1 << sortie) >>> 0;
    if ((before & bit) !== 0) return false;
    this.lanes[at] = high;
    this.lanes[at + 1] = low;
    this.lanes[at + 2] = before | bit;
    if (before === 0) this.grow();
    return true;
  }

  /** Index of the entry, or of the free place where it belongs. An entry is free while no output holds it. */
  private find(high: number, low: number): number {
    for (let slot = low & (this.capacity - 1); ; slot = (slot + 1) & (this.capacity - 1)) {
      const at = 3 * slot;
      if (this.lanes[at + 2] === 0 || (this.lanes[at] === high && this.lanes[at + 1] === low)) return at;
    }
  }

  private grow(): void {
    this.used += 1;
    if (this.used * 2 < this.capacity) return;
    const old = this.lanes;
    this.capacity *= 2;
    this.lanes = new Uint32Array(3 * this.capacity);
    for (let at = 0; at < old.length; at += 3) {
      const [high = 0, low = 0, sorties = 0] = old.subarray(at, at + 3);
      if (sorties !== 0) this.lanes.set([high, low, sorties], this.find(high, low));
    }
  }
}

/** Two independent 32-bit hashes of a text (the mixing of MurmurHash3). */
function hash(text: string): readonly [number, number] {
  let high = 0x9747b28c ^ text.length;
  let low = 0x3c6ef372 ^ text.length;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    high = Math.imul(high ^ code, 0x85ebca6b);
    high ^= high >>> 13;
    low = Math.imul(low ^ code, 0xc2b2ae35);
    low ^= low >>> 16;
  }
  return [mix(high), mix(low)];
}

function mix(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
