import { WINDOWS } from "./cleanText.ts";
import { LheoError } from "./errors.ts";

/** Enough to hold any XML declaration. */
const PROLOG = 1024;

/**
 * Bytes of an XML document to text, piece by piece. UTF-8 (with its mark or not) unless the XML declaration or a
 * byte order mark says otherwise; bytes that the encoding does not have are refused, never replaced.
 */
export class XmlDecoder {
  /** Name of the encoding, upper case; `UTF-8` until the start has been seen. */
  encoding = "UTF-8";
  #decoder: InstanceType<typeof TextDecoder> | undefined;
  #start: Uint8Array[] = [];
  #length = 0;

  /** @throws LheoError on an encoding that we do not know, or bytes that are not of it. */
  write(bytes: Uint8Array): string {
    if (this.#decoder !== undefined) return this.#decode(this.#decoder, bytes, true);
    this.#start.push(bytes);
    this.#length += bytes.length;
    return this.#length < PROLOG ? "" : this.#begin(true);
  }

  /** @throws LheoError as `write`. */
  end(): string {
    return this.#decoder === undefined
      ? this.#begin(false)
      : this.#decode(this.#decoder, new Uint8Array(), false);
  }

  #begin(stream: boolean): string {
    const start = new Uint8Array(Buffer.concat(this.#start, this.#length));
    this.#start = [];
    this.encoding = encodingOf(start);
    try {
      this.#decoder = new TextDecoder(this.encoding, { fatal: true });
    } catch {
      throw new LheoError(`Encodage ${this.encoding} inconnu : écrire le fichier en UTF-8`);
    }
    return this.#decode(this.#decoder, start, stream);
  }

  #decode(decoder: InstanceType<typeof TextDecoder>, bytes: Uint8Array, stream: boolean): string {
    try {
      const text = decoder.decode(bytes, { stream });
      return decoder.encoding === "windows-1252" ? windows(text) : text;
    } catch {
      throw new LheoError(`Le fichier contient des octets qui ne sont pas de l'${this.encoding}`);
    }
  }
}

/** Some versions of Node decode windows-1252 (and ISO-8859-1, the same by WHATWG) as Latin-1. */
function windows(text: string): string {
  return text.replace(/[\x80-\x9f]/g, (c) => WINDOWS.charAt(c.charCodeAt(0) - 0x80).trim() || c);
}

function encodingOf(bytes: Uint8Array): string {
  const [a, b, c] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return "UTF-8";
  if ((a === 0xff && b === 0xfe) || (a === 0x3c && b === 0)) return "UTF-16LE";
  if ((a === 0xfe && b === 0xff) || (a === 0 && b === 0x3c)) return "UTF-16BE";
  const declaration = Buffer.from(bytes.subarray(0, PROLOG)).toString("latin1");
  const [, encoding = "UTF-8"] = /^<\?xml\s[^>]*?\bencoding\s*=\s*["']([\w.:-]+)["']/.exec(declaration) ?? [];
  return encoding.toUpperCase();
}
