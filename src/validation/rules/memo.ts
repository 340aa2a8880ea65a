/** Texts kept before a memory is emptied: a feed repeats its dates, its bodies and their addresses by the thousand. */
const MOST = 5_000;
/** Long texts are not repeated. */
const LONGEST = 200;

/** A pure function of a text that remembers its answers, in bounded memory. */
export function memo<T>(answer: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined || text.length > LONGEST) return found ?? answer(text);
    const value = answer(text);
    if (known.size >= MOST) known.clear();
    known.set(copy(text), value);
    return value;
  };
}

/** A text read from a file may be a view of the chunk that it came in, and would keep it in memory. */
const copy = (text: string): string => Buffer.from(text, "utf16le").toString("utf16le");
