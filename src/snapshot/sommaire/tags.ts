/** A tag of a document, where it stands: `bytes[from]` is the first byte of its name. */
export interface Tag {
  /** The root is 1. */
  readonly depth: number;
  /** In the document: of its `<`, and after its `>`. */
  readonly start: number;
  readonly end: number;
  /** Valid until the listener returns. */
  readonly bytes: Buffer;
  readonly from: number;
  readonly to: number;
}

export interface TagListener {
  open(tag: Tag): void;
  close(tag: Tag): void;
}

const LT = 0x3c;
const GT = 0x3e;
const SLASH = 0x2f;
const BANG = 0x21;
const QUESTION = 0x3f;
const DOUBLE = 0x22;
const SINGLE = 0x27;
const INCOMPLETE = -1;

/**
 * Walks the tags of a document that is known to be well-formed, piece by piece: an empty element opens and closes. It
 * makes no text of anything, so a large feed goes through it at the pace of the disk.
 */
export class TagWalker {
  readonly #listener: TagListener;
  #bytes: Buffer = Buffer.alloc(0);
  #base = 0;
  #depth = 0;
  /** Nothing from this place of the document on may be forgotten. */
  keepFrom = Number.POSITIVE_INFINITY;

  constructor(listener: TagListener) {
    this.#listener = listener;
  }

  write(chunk: Buffer): void {
    this.#bytes = this.#bytes.length === 0 ? chunk : Buffer.concat([this.#bytes, chunk]);
    const done = Math.min(this.#walk(), this.keepFrom - this.#base);
    this.#bytes = this.#bytes.subarray(done);
    this.#base += done;
  }

  /** Bytes of the document as text, between two places that have not been forgotten. */
  text(from: number, to: number): string {
    return this.#bytes.toString("utf8", from - this.#base, to - this.#base);
  }

  /** Consumes whole tags; returns how many bytes are done with. */
  #walk(): number {
    for (let at = this.#resume(); ; ) {
      const next = this.#bytes.indexOf(LT, at);
      if (next === -1) return this.#bytes.length;
      const after = this.#markup(next);
      if (after === INCOMPLETE) return next;
      at = after;
      this.#seen = this.#base + at;
    }
  }

  /** What was kept for its text has been walked already. */
  #seen = 0;
  #resume(): number {
    return Math.max(0, this.#seen - this.#base);
  }

  #markup(at: number): number {
    const bytes = this.#bytes;
    switch (bytes[at + 1]) {
      case undefined:
        return INCOMPLETE;
      case BANG:
        return this.#declared(at);
      case QUESTION:
        return after(bytes.indexOf("?>", at + 2, "latin1"), 2);
      case SLASH: {
        const close = bytes.indexOf(GT, at + 2);
        if (close === -1) return INCOMPLETE;
        this.#listener.close(this.#tag(at, at + 2, close));
        this.#depth -= 1;
        return close + 1;
      }
      default:
        return this.#startTag(at);
    }
  }

  #startTag(at: number): number {
    const bytes = this.#bytes;
    for (let cursor = at + 1; cursor < bytes.length; cursor += 1) {
      const byte = bytes[cursor];
      if (byte === DOUBLE || byte === SINGLE) {
        // `>` may stand in a value.
        cursor = bytes.indexOf(byte, cursor + 1);
        if (cursor === -1) return INCOMPLETE;
      } else if (byte === GT) {
        const empty = bytes[cursor - 1] === SLASH;
        this.#depth += 1;
        const tag = this.#tag(at, at + 1, cursor);
        this.#listener.open(tag);
        if (empty) {
          this.#listener.close(tag);
          this.#depth -= 1;
        }
        return cursor + 1;
      }
    }
    return INCOMPLETE;
  }

  #declared(at: number): number {
    const bytes = this.#bytes;
    if (bytes.length < at + 4) return INCOMPLETE;
    const comment = bytes[at + 2] === 0x2d;
    return after(bytes.indexOf(comment ? "-->" : "]]>", at + 4, "latin1"), 3);
  }

  #tag(at: number, from: number, close: number): Tag {
    return {
      depth: this.#depth,
      start: this.#base + at,
      end: this.#base + close + 1,
      bytes: this.#bytes,
      from,
      to: close,
    };
  }
}

const after = (found: number, length: number): number => (found === -1 ? INCOMPLETE : found + length);

/** Is this the tag of an element of this name? */
export function isNamed({ bytes, from, to }: Tag, name: Buffer): boolean {
  const end = from + name.length;
  if (end > to) return false;
  for (let rank = 0; rank < name.length; rank += 1) if (bytes[from + rank] !== name[rank]) return false;
  const next = bytes[end];
  return end === to || next === SLASH || next === 0x20 || next === 0x0a || next === 0x09 || next === 0x0d;
}

/** The value of `numero` as a tag gives it; empty when it does not. */
export function numeroOf({ bytes, from, to }: Tag): string {
  const [, quoted, single] =
    /\snumero\s*=\s*(?:"([^"]*)"|'([^']*)')/.exec(bytes.toString("utf8", from, to)) ?? [];
  return unescapeXml(quoted ?? single ?? "");
}

const ENTITIES: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

/** The text that was written with references. */
export function unescapeXml(text: string): string {
  return text.replace(/&(?:#x([\da-fA-F]+)|#(\d+)|(\w+));/g, (whole, hexadecimal, decimal, name) => {
    if (name !== undefined) return ENTITIES[name] ?? whole;
    return String.fromCodePoint(
      hexadecimal === undefined ? Number(decimal) : Number.parseInt(hexadecimal, 16),
    );
  });
}
