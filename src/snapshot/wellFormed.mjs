// @ts-check
/**
 * A check that bytes read back from a disk are a well-formed XML 1.0 document in UTF-8 without DTD. It keeps
 * nothing but the stack of open elements, and is written on bytes because every file of every profile goes through
 * it: ten times faster than an event parser. Tests hold it to the verdicts of `saxes`. Plain JavaScript because
 * `relectureWorker.mjs` runs it in a thread without a loader; `tsc` checks it.
 *
 * @import { WellFormedCheck } from "./relectureProtocol.ts"
 */
import { isUtf8 } from "node:buffer";

/** What is wrong, and at which byte of the document. */
export class NotWellFormed extends Error {
  /**
   * @param {string} reason
   * @param {number} offset
   */
  constructor(reason, offset) {
    super(`not well-formed XML: ${reason} at byte ${offset}`);
    this.name = "NotWellFormed";
    this.offset = offset;
  }
}

/** No token of a feed comes near this: a longer one is a quote or a comment that was never closed. */
const LONGEST_TOKEN = 16 * 1024 * 1024;

const LT = 0x3c;
const GT = 0x3e;
const AMP = 0x26;
const SLASH = 0x2f;
const EQUAL = 0x3d;
const BANG = 0x21;
const QUESTION = 0x3f;

const NAME =
  /^[:A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\u{10000}-\u{effff}][-.0-9:A-Z_a-z\u00b7\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u037d\u037f-\u1fff\u200c-\u200d\u203f-\u2040\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\u{10000}-\u{effff}]*$/u;
const REFERENCE = /^(?:lt|gt|amp|quot|apos|#(\d+)|#x([\da-fA-F]+))$/;

/** `lt;`, `gt;` and `amp`. */
const LT_REFERENCE = 0x6c743b;
const GT_REFERENCE = 0x67743b;
const AMP_REFERENCE = 0x616d70;

/** Bytes that end a name. */
const ENDS_NAME = table([0x09, 0x0a, 0x0d, 0x20, GT, SLASH, EQUAL, LT, QUESTION, 0x22, 0x27]);
const SPACE = table([0x09, 0x0a, 0x0d, 0x20]);
/** Bytes to look at in a text: control characters, `&`, `<`, `]` before `]>`, and the lead byte of U+FFFE and U+FFFF. */
const NOTABLE = table([...Array(32).keys()].filter((byte) => SPACE[byte] !== 1).concat(AMP, LT, 0x5d, 0xef));

/** @param {readonly number[]} bytes */
function table(bytes) {
  const made = new Uint8Array(256);
  for (const byte of bytes) made[byte] = 1;
  return made;
}

/** Returned by the scanners when the token goes on in the next chunk. */
const INCOMPLETE = -1;

/**
 * Starts a check of one document.
 * @returns {WellFormedCheck}
 */
export function wellFormedCheck() {
  const scanner = new Scanner();
  return { write: (chunk) => scanner.write(chunk), end: () => scanner.end() };
}

class Scanner {
  /** @type {Uint8Array[]} */
  stack = [];
  /** @type {Map<number, Uint8Array[]>} */
  names = new Map();
  /** @type {Buffer} */
  bytes = Buffer.alloc(0);
  base = 0;
  rootSeen = false;

  /** @param {Uint8Array} chunk */
  write(chunk) {
    const fresh = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    this.bytes = this.bytes.length === 0 ? fresh : Buffer.concat([this.bytes, fresh]);
    const done = this.scan();
    if (!isUtf8(this.bytes.subarray(0, done))) this.fail("bytes that are not UTF-8", 0);
    // Copied: the caller may reuse its buffer.
    this.bytes = Buffer.from(this.bytes.subarray(done));
    this.base += done;
    if (this.bytes.length > LONGEST_TOKEN) this.fail("a token that does not end", 0);
  }

  end() {
    if (this.bytes.length > 0 && this.bytes.some((byte) => SPACE[byte] !== 1))
      this.fail("the document stops in the middle", 0);
    if (this.stack.length > 0) this.fail("an element is not closed", this.bytes.length);
    if (!this.rootSeen) this.fail("there is no element", 0);
  }

  /**
   * Consumes whole tokens.
   * @returns {number} how many bytes are done with
   */
  scan() {
    const { bytes } = this;
    let at = 0;
    for (;;) {
      let next = at;
      while (next < bytes.length && bytes[next] !== LT) next += 1;
      if (next === bytes.length) return at;
      if (next > at) this.text(at, next);
      const after = this.markup(next);
      if (after === INCOMPLETE) return next;
      at = after;
    }
  }

  /**
   * @param {number} from
   * @param {number} to
   */
  text(from, to) {
    if (this.stack.length > 0) {
      // Between two tags there is nearly always a line break and nothing else.
      if (to - from > 1 || NOTABLE[this.bytes[from] ?? 0] === 1) this.characters(from, to);
      return;
    }
    const bom = this.base + from === 0 && this.bytes.readUIntBE(0, Math.min(3, to)) === 0xefbbbf;
    for (let at = bom ? 3 : from; at < to; at += 1)
      if (SPACE[this.bytes[at] ?? 0] !== 1) this.fail("text outside of the root element", at);
    if (this.base + from === 0 && !bom && this.isDeclaration(to))
      this.fail("space before the XML declaration", from);
  }

  /**
   * Checks characters and references; `<` is refused, so it serves attribute values too.
   * @param {number} from
   * @param {number} to
   */
  characters(from, to) {
    const { bytes } = this;
    for (let at = from; at < to; at += 1) {
      const byte = bytes[at] ?? 0;
      if (NOTABLE[byte] !== 1) continue;
      if (byte === AMP) at = this.reference(at, to);
      else if (byte === 0x5d) {
        // The text ends at a tag, an attribute value at its quote, where `]]>` is allowed.
        if (bytes[to] === LT && bytes[at + 1] === 0x5d && bytes[at + 2] === GT)
          this.fail("']]>' in a text", at);
      } else if (byte === 0xef) {
        if (bytes[at + 1] === 0xbf && (bytes[at + 2] ?? 0) >= 0xbe) this.fail("an illegal character", at);
      } else this.fail(byte === LT ? "'<' in an attribute" : "an illegal control character", at);
    }
  }

  /**
   * @param {number} at
   * @param {number} to
   */
  reference(at, to) {
    // Nearly all of them, without making a text of each.
    const { bytes } = this;
    const usual = ((bytes[at + 1] ?? 0) << 16) | ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0);
    if (usual === LT_REFERENCE || usual === GT_REFERENCE) return at + 3;
    if (usual === AMP_REFERENCE && bytes[at + 4] === 0x3b) return at + 4;
    const end = bytes.indexOf(0x3b, at);
    const name = end === -1 || end >= to ? "" : bytes.toString("latin1", at + 1, end);
    const [found, decimal, hexadecimal] = REFERENCE.exec(name) ?? [];
    const code = decimal !== undefined ? Number(decimal) : Number.parseInt(hexadecimal ?? "20", 16);
    if (found === undefined || !isLegal(code)) this.fail("a reference that is not legal", at);
    return end;
  }

  /** @param {number} at */
  markup(at) {
    const second = this.bytes[at + 1];
    if (second === undefined) return INCOMPLETE;
    if (second === SLASH) return this.endTag(at);
    if (second === BANG) return this.declared(at);
    if (second === QUESTION) return this.instruction(at);
    return this.startTag(at);
  }

  /** @param {number} at */
  startTag(at) {
    const { bytes } = this;
    const end = this.nameEnd(at + 1);
    if (end === INCOMPLETE) return INCOMPLETE;
    if (bytes[end] === GT) return this.open(at, end, end + 1, false);
    /** @type {string[]} */
    const seen = [];
    for (let cursor = end; ; ) {
      const here = this.skipSpace(cursor);
      const byte = bytes[here];
      if (byte === undefined) return INCOMPLETE;
      if (byte === GT) return this.open(at, end, here + 1, false);
      if (byte === SLASH) {
        if (bytes[here + 1] === undefined) return INCOMPLETE;
        if (bytes[here + 1] !== GT) this.fail("'/' inside a tag", here);
        return this.open(at, end, here + 2, true);
      }
      if (here === cursor) this.fail("no space before an attribute", here);
      const nameEnd = this.nameEnd(here);
      const equal = nameEnd === INCOMPLETE ? INCOMPLETE : this.skipSpace(nameEnd);
      const open = equal === INCOMPLETE ? INCOMPLETE : this.skipSpace(equal + 1);
      if (open === INCOMPLETE || open >= bytes.length) return INCOMPLETE;
      const quote = bytes[open];
      if (bytes[equal] !== EQUAL || (quote !== 0x22 && quote !== 0x27))
        this.fail("an attribute without value", here);
      const close = bytes.indexOf(quote ?? 0, open + 1);
      if (close === -1) return INCOMPLETE;
      const name = bytes.toString("utf8", here, nameEnd);
      if (!NAME.test(name)) this.fail("an attribute name that is not one", here);
      if (seen.includes(name)) this.fail("an attribute given twice", here);
      seen.push(name);
      this.characters(open + 1, close);
      cursor = close + 1;
    }
  }

  /**
   * @param {number} at
   * @param {number} nameEnd
   * @param {number} after
   * @param {boolean} empty
   */
  open(at, nameEnd, after, empty) {
    if (this.stack.length === 0) {
      if (this.rootSeen) this.fail("a second root element", at);
      this.rootSeen = true;
    }
    const name = this.intern(at + 1, nameEnd);
    if (!empty) this.stack.push(name);
    return after;
  }

  /** @param {number} at */
  endTag(at) {
    const { bytes } = this;
    const name = this.stack.at(-1);
    const from = at + 2;
    const to = from + (name?.length ?? 0);
    const close = bytes[to] === GT ? to : bytes.indexOf(GT, from);
    if (close === -1) return INCOMPLETE;
    if (name === undefined || !this.same(name, from) || (close !== to && this.skipSpace(to) !== close))
      this.fail("an end tag that closes nothing", at);
    this.stack.pop();
    return close + 1;
  }

  /**
   * `<!--…-->` and `<![CDATA[…]]>`; a DTD is refused.
   * @param {number} at
   */
  declared(at) {
    const { bytes } = this;
    if (bytes.length < at + 9) return INCOMPLETE;
    const comment = bytes.toString("latin1", at, at + 4) === "<!--";
    if (!comment && (this.stack.length === 0 || bytes.toString("latin1", at, at + 9) !== "<![CDATA["))
      this.fail("a declaration that is not allowed here", at);
    const from = at + (comment ? 4 : 9);
    const close = bytes.indexOf(comment ? "--" : "]]>", from, "latin1");
    if (close === -1 || bytes.length < close + 3) return INCOMPLETE;
    if (comment && bytes[close + 2] !== GT) this.fail("'--' in a comment", close);
    this.legal(from, close);
    return close + 3;
  }

  /** @param {number} at */
  instruction(at) {
    const close = this.bytes.indexOf("?>", at + 2, "latin1");
    if (close === -1) return INCOMPLETE;
    const end = this.nameEnd(at + 2);
    const target = this.bytes.toString("utf8", at + 2, Math.min(end, close));
    if (!NAME.test(target)) this.fail("an instruction without target", at);
    if (target.toLowerCase() !== "xml") this.legal(end, close);
    else if (this.base + at > 0 || !DECLARATION.test(this.bytes.toString("latin1", at, close + 2)))
      this.fail("an XML declaration that is not one of UTF-8", at);
    return close + 2;
  }

  /**
   * In comments, CDATA and instructions only the characters themselves can be wrong.
   * @param {number} from
   * @param {number} to
   */
  legal(from, to) {
    for (let at = from; at < to; at += 1) {
      const byte = this.bytes[at] ?? 0;
      if (byte < 0x20 ? SPACE[byte] !== 1 : byte === 0xef && isNonCharacter(this.bytes, at))
        this.fail("an illegal character", at);
    }
  }

  /** @param {number} at */
  isDeclaration(at) {
    return this.bytes.toString("latin1", at, at + 6) === "<?xml ";
  }

  /** @param {number} from */
  nameEnd(from) {
    const { bytes } = this;
    for (let at = from; at < bytes.length; at += 1) if (ENDS_NAME[bytes[at] ?? 0] === 1) return at;
    return INCOMPLETE;
  }

  /** @param {number} from */
  skipSpace(from) {
    let at = from;
    while (SPACE[this.bytes[at] ?? 0] === 1) at += 1;
    return at;
  }

  /**
   * @param {Uint8Array} name
   * @param {number} from
   */
  same(name, from) {
    for (let rank = 0; rank < name.length; rank += 1)
      if (name[rank] !== this.bytes[from + rank]) return false;
    return true;
  }

  /**
   * Element names are few: each is checked once and then compared byte by byte.
   * @param {number} from
   * @param {number} to
   * @returns {Uint8Array}
   */
  intern(from, to) {
    let hash = to - from;
    for (let at = from; at < to; at += 1) hash = (hash * 31 + (this.bytes[at] ?? 0)) & 0xffffff;
    const bucket = this.names.get(hash) ?? [];
    for (const name of bucket) if (name.length === to - from && this.same(name, from)) return name;
    if (!NAME.test(this.bytes.toString("utf8", from, to))) this.fail("an element name that is not one", from);
    const made = Uint8Array.from(this.bytes.subarray(from, to));
    this.names.set(hash, [...bucket, made]);
    return made;
  }

  /**
   * @param {string} reason
   * @param {number} at
   * @returns {never}
   */
  fail(reason, at) {
    throw new NotWellFormed(reason, this.base + at);
  }
}

const DECLARATION =
  /^<\?xml\s+version\s*=\s*["']1\.[0-9]["'](\s+encoding\s*=\s*["']utf-8["'])?(\s+standalone\s*=\s*["'](yes|no)["'])?\s*\?>$/i;

/**
 * @param {Buffer} bytes
 * @param {number} at
 */
function isNonCharacter(bytes, at) {
  return bytes[at + 1] === 0xbf && (bytes[at + 2] ?? 0) >= 0xbe;
}

/** @param {number} code */
function isLegal(code) {
  if (code < 0x20) return code === 0x9 || code === 0xa || code === 0xd;
  return code <= 0xd7ff || (code >= 0xe000 && code <= 0xfffd) || (code >= 0x10000 && code <= 0x10ffff);
}
