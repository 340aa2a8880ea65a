import { createHash } from "node:crypto";

/**
 * JSON whose bytes depend on the content alone: keys in order, no absent or null field. Two records are the same
 * when this text is. Written by hand because it runs on every record of every synchronisation.
 */
export function canonicalJson(value: unknown): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value ?? null);
  if (Array.isArray(value)) {
    let items = "";
    for (const item of value) items += `${items === "" ? "" : ","}${canonicalJson(item)}`;
    return `[${items}]`;
  }
  const source = value as Record<string, unknown>;
  let fields = "";
  for (const key of Object.keys(source).sort()) {
    const field = source[key];
    if (field === undefined || field === null) continue;
    fields += `${fields === "" ? "" : ","}${quotedKey(key)}:${canonicalJson(field)}`;
  }
  return `{${fields}}`;
}

/** Hexadecimal SHA-256 of a text in UTF-8. */
export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

const quoted = new Map<string, string>();
const MANY = 2000;

/** The contract has a few hundred keys; those of imported attributes are not worth remembering beyond that. */
function quotedKey(key: string): string {
  const known = quoted.get(key);
  if (known !== undefined) return known;
  const text = JSON.stringify(key);
  if (quoted.size < MANY) quoted.set(key, text);
  return text;
}
