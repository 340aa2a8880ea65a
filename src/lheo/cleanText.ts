import { type DefautKind, excerpt } from "./defaut.ts";

/** What `cleanText` found: the kind, where the first one stood, what was put for it. */
export interface Finding {
  readonly kind: DefautKind;
  readonly value: string;
  /** Absent when the character was kept. */
  readonly attendu: string | undefined;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones to find
const SUSPECT = /[\0-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffd-\uffff]/;

/** Characters 80 to 9F of windows-1252; a blank stands for the five that it does not have. */
export const WINDOWS = "€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ";

/**
 * Removes or replaces what XML 1.0 cannot carry and what a paste leaves behind. The same string when it is clean,
 * which one test says.
 */
export function cleanText(text: string, report: (finding: Finding) => void): string {
  const first = text.search(SUSPECT);
  return first === -1 ? text : repair(text, first, report);
}

function repair(text: string, first: number, report: (finding: Finding) => void): string {
  const seen = new Set<DefautKind>();
  let out = text.slice(0, first);
  for (let i = first; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const next = text.charCodeAt(i + 1);
    if (code >= 0xd800 && code < 0xdc00 && next >= 0xdc00 && next < 0xe000) {
      out += text.slice(i, i + 2);
      i++;
      continue;
    }
    const change = changeOf(code, next);
    if (change === undefined) {
      out += text.charAt(i);
      continue;
    }
    out += change.put ?? text.charAt(i);
    if (seen.has(change.kind)) continue;
    seen.add(change.kind);
    const value = excerpt(text, i, `U+${code.toString(16).toUpperCase().padStart(4, "0")}`);
    report({ kind: change.kind, value, attendu: change.put });
  }
  return out;
}

interface Change {
  readonly kind: DefautKind;
  readonly put: string | undefined;
}

function changeOf(code: number, next: number): Change | undefined {
  if (code === 0x0d) return { kind: "retour-chariot", put: next === 0x0a ? "" : "\n" };
  if (code === 0x0b || code === 0x0c) return { kind: "controle-word", put: "\n" };
  if (code === 0x1e) return { kind: "controle-word", put: "-" };
  if (code === 0x1f) return { kind: "controle-word", put: "" };
  if (code < 0x20)
    return code === 0x09 || code === 0x0a ? undefined : { kind: "caractere-interdit", put: "" };
  if (code === 0x7f || code === 0xfffe || code === 0xffff) return { kind: "caractere-interdit", put: "" };
  if (code >= 0x80 && code < 0xa0) {
    return { kind: "caractere-windows", put: WINDOWS.charAt(code - 0x80).trim() };
  }
  if (code >= 0xd800 && code < 0xe000) return { kind: "surrogat-isole", put: "" };
  return code === 0xfffd ? { kind: "caractere-perdu", put: undefined } : undefined;
}

const TAGS =
  "a|abbr|b|big|blockquote|body|br|center|div|em|font|h[1-6]|head|hr|html|i|img|li|ol|p|pre|script|small|span|" +
  "strong|style|sub|sup|table|tbody|td|th|thead|tr|u|ul";
const HTML = new RegExp(`</?(?:${TAGS})(?:\\s[^<>]*)?/?>|&(?:[a-z]{2,8}|#\\d{2,6}|#x[\\da-f]{2,5});`, "i");

/** The first HTML tag or entity pasted in a text. */
export function htmlIn(text: string): string | undefined {
  if (!text.includes("<") && !text.includes("&")) return undefined;
  const at = text.search(HTML);
  return at === -1 ? undefined : text.slice(Math.max(0, at - 20), at + 60);
}
