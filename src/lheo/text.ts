/**
 * A text as it comes back from a file: blanks (space, tab) before a line break are dropped. Nothing else is touched:
 * no trimming, empty lines stay, `\r` stays.
 *
 * For every text that XML can carry, reading what was written gives `normaliseText` of it. It is idempotent.
 */
export function normaliseText(text: string): string {
  return text.includes("\n") ? text.replace(/[ \t]+\n/g, "\n") : text;
}

/**
 * Length that the schema counts: characters (code points), with the space that is written before each line break.
 * A text that fits by this length fits in the file.
 */
export function writtenLength(text: string): number {
  let length = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x0a) {
      const previous = text.charCodeAt(i - 1);
      length += previous === 0x20 || previous === 0x09 ? 1 : 2;
    } else if (code < 0xdc00 || code > 0xdfff || !isHigh(text.charCodeAt(i - 1))) {
      length++;
    }
  }
  return length;
}

const isHigh = (code: number): boolean => code >= 0xd800 && code < 0xdc00;
