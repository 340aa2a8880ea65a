/** Bytes given out of one buffer before another is taken. */
const POOL = 128 * 1024;
/** A UTF-16 unit takes at most three bytes. */
const MOST = 3;

let pool = Buffer.alloc(0);
let used = 0;

/**
 * A text as UTF-8. Pieces of a feed are made by the thousand and live briefly: cut out of a common buffer, they cost
 * one reading of the text and no allocation.
 */
export function octets(text: string): Buffer {
  const room = text.length * MOST;
  if (room > POOL / 4) return Buffer.from(text);
  if (used + room > pool.length) {
    pool = Buffer.allocUnsafeSlow(POOL);
    used = 0;
  }
  const from = used;
  used += pool.write(text, from);
  return pool.subarray(from, used);
}
