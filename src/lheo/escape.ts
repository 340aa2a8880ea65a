import { LheoError } from "./errors.ts";

/**
 * Texts and attributes as XML 1.0 writes them. This is the hottest code of a feed: most texts need nothing, and one
 * test by a regular expression says so.
 */

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones to find
const TEXT_NEEDS_WORK = /[&<>\r\n\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones to find
const ATTRIBUTE_NEEDS_WORK = /[&<>"\0-\x1f\ud800-\udfff\ufffe\uffff]/;

/**
 * A line break is written after a space, because a reader of the field joins lines; `normaliseText` takes the space
 * back. `\r` is escaped, or a reader would make it a line break.
 *
 * @throws LheoError on a character that XML 1.0 forbids, or half of a surrogate pair.
 */
export function escapeText(text: string): string {
  const first = text.search(TEXT_NEEDS_WORK);
  return first === -1 ? text : escapeFrom(text, first, false);
}

/**
 * The inside of a double-quoted attribute, line breaks and tabs kept by escaping.
 *
 * @throws LheoError on a character that XML 1.0 forbids, or half of a surrogate pair.
 */
export function escapeAttribute(text: string): string {
  const first = text.search(ATTRIBUTE_NEEDS_WORK);
  return first === -1 ? text : escapeFrom(text, first, true);
}

function escapeFrom(text: string, first: number, attribute: boolean): string {
  let out = "";
  let kept = 0;
  for (let i = first; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 0x3e && code < 0xd800) continue;
    if (code >= 0xd800 && code < 0xe000) {
      if (!isPair(code, text.charCodeAt(i + 1))) throw forbidden(text, i);
      i++;
      continue;
    }
    const written = attribute ? attributeWritten(code) : textWritten(code, text.charCodeAt(i - 1));
    if (written === undefined) {
      if (code < 0x20 ? code !== 0x09 && code !== 0x0a : code >= 0xfffe) throw forbidden(text, i);
      continue;
    }
    out += text.slice(kept, i) + written;
    kept = i + 1;
  }
  return out + text.slice(kept);
}

function textWritten(code: number, previous: number): string | undefined {
  switch (code) {
    case 0x26:
      return "&amp;";
    case 0x3c:
      return "&lt;";
    case 0x3e:
      return "&gt;";
    case 0x0d:
      return "&#13;";
    case 0x0a:
      return previous === 0x20 || previous === 0x09 ? undefined : " \n";
    default:
      return undefined;
  }
}

function attributeWritten(code: number): string | undefined {
  switch (code) {
    case 0x22:
      return "&quot;";
    case 0x09:
      return "&#9;";
    case 0x0a:
      return "&#10;";
    default:
      return textWritten(code, 0);
  }
}

const isPair = (high: number, low: number): boolean => high < 0xdc00 && low >= 0xdc00 && low < 0xe000;

function forbidden(text: string, at: number): LheoError {
  const code = text.charCodeAt(at).toString(16).toUpperCase().padStart(4, "0");
  return new LheoError(
    `Caractère U+${code} interdit en XML, après « ${text.slice(Math.max(0, at - 40), at)} »`,
  );
}
