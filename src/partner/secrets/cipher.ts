import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";

const IV = 12;
const TAG = 16;

/** A key of 32 bytes, under a name that can be shown. */
export interface Key {
  readonly id: string;
  readonly bytes: Buffer;
}

/** @param bytes 32 of them, random */
export function keyOf(bytes: Buffer): Key {
  return {
    id: createHash("sha256").update("offre-info secrets\0").update(bytes).digest("hex").slice(0, 12),
    bytes,
  };
}

/**
 * Encrypts a text with AES-256-GCM.
 * @param context what it belongs to: it only opens for the same
 * @returns iv, tag and text, one after the other
 */
export function seal({ bytes }: Key, context: string, text: string): Buffer {
  const iv = randomBytes(IV);
  const cipher = createCipheriv("aes-256-gcm", bytes, iv).setAAD(Buffer.from(context));
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]);
}

/** Decrypts what `seal` made; undefined when the key or the context is another, or a byte was changed. */
export function unseal({ bytes }: Key, context: string, sealed: Buffer): string | undefined {
  try {
    const decipher = createDecipheriv("aes-256-gcm", bytes, sealed.subarray(0, IV), { authTagLength: TAG })
      .setAAD(Buffer.from(context))
      .setAuthTag(sealed.subarray(IV, IV + TAG));
    return Buffer.concat([decipher.update(sealed.subarray(IV + TAG)), decipher.final()]).toString("utf8");
  } catch {
    return undefined;
  }
}
