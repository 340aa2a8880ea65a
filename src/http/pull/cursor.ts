/** Where a reading goes on: opaque to the partner, which gives it back as it is. */
export interface Cursor {
  /** The snapshot up to which changes are told, so that pages agree whatever is published in between. */
  readonly jusqua: number;
  readonly apres: string;
}

export function writeCursor({ jusqua, apres }: Cursor): string {
  return Buffer.from(JSON.stringify([jusqua, apres])).toString("base64url");
}

/** undefined when it is not one of ours. */
export function readCursor(text: string): Cursor | undefined {
  if (text.length > 2_000) return undefined;
  try {
    const read: unknown = JSON.parse(Buffer.from(text, "base64url").toString("utf8"));
    if (!Array.isArray(read) || read.length !== 2) return undefined;
    const [jusqua, apres]: unknown[] = read;
    if (typeof jusqua !== "number" || !Number.isSafeInteger(jusqua) || jusqua < 1) return undefined;
    return typeof apres === "string" && !apres.includes("\0") ? { jusqua, apres } : undefined;
  } catch {
    return undefined;
  }
}
