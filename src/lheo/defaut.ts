/**
 * A defect of a value or of a document that does not stop us: what was cleaned, kept though doubtful, or not kept.
 */
export interface Defaut {
  readonly kind: DefautKind;
  /** From the element given: `action[2]/session[1]/periode/debut`, `action[1]/@numero`; empty for itself. */
  readonly path: string;
  /** What was seen; for a character, the text around it, with `[U+000B]` in its place. */
  readonly value: string;
  /** What was expected, or what was put instead. */
  readonly attendu?: string;
  /** In the file read, from 1. */
  readonly line?: number;
}

export type DefautKind =
  // Characters. Each is removed or replaced, so that the text can be written.
  /** Forbidden by XML 1.0, or a control character of no meaning: removed. */
  | "caractere-interdit"
  /** Half of a surrogate pair: removed. */
  | "surrogat-isole"
  /** `\r\n` or `\r`: made `\n`. */
  | "retour-chariot"
  /** A control character of a Word paste (line break, hyphen): its meaning is kept. */
  | "controle-word"
  /** U+0080 to U+009F, a windows-1252 text decoded as ISO-8859-1: the character meant is put back. */
  | "caractere-windows"
  // Texts kept as they are.
  /** U+FFFD: a character was lost before us. */
  | "caractere-perdu"
  | "html"
  | "trop-long"
  | "trop-court"
  | "texte-blanc"
  // What the language has no place for. What is not kept is in `value`.
  | "element-inconnu"
  | "attribut-inconnu"
  /** A value of the wrong make (a number, a list for a text...). */
  | "forme"
  /** Raw XML of an `extra` that is not well-formed: kept as a text. */
  | "brut-mal-forme"
  // Documents.
  /** Children in another order than the language's: kept, and written back in order. */
  | "ordre"
  /** A child that may stand once, met again: the first is kept. */
  | "repete"
  /** Text between elements. */
  | "texte-inattendu"
  /** An element of another namespace, or a document that names another than LHEO's. */
  | "espace-de-noms";

/** The text before and after a place, on one line, short enough for a notice. */
export function excerpt(text: string, at: number, shown: string): string {
  const before = text.slice(Math.max(0, at - 40), at);
  const after = text.slice(at + 1, at + 41);
  return `${at > 40 ? "…" : ""}${before}[${shown}]${after}${text.length > at + 41 ? "…" : ""}`
    .replace(/[\s\p{Cc}\p{Cs}]+/gu, " ")
    .trim();
}

/** A name, or the rank (from 1) of the item of the list named before it. */
export type Step = string | number;

/** `["action", 2, "@numero"]` → `action[2]/@numero`. */
export function pathOf(steps: readonly Step[]): string {
  let path = "";
  for (const step of steps) path += typeof step === "number" ? `[${step}]` : path === "" ? step : `/${step}`;
  return path;
}
