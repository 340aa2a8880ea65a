import { createHash } from "node:crypto";

/**
 * JSON whose bytes depend on the content alone: keys in order, no absent or null field. Two records are the same
 * when this text is.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value ?? null);
  const source = value as Record<string, unknown>;
  let text = "";
  for (const key of Object.keys(source).sort()) {
    const field = source[key];
    if (field === undefined || field === null) continue;
    text += `${text === "" ? "" : ","}${JSON.stringify(key)}:${canonicalJson(field)}`;
  }
  return `{${text}}`;
}

/** Hexadecimal SHA-256 of a text in UTF-8. */
export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
