import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";

/** Something nobody can guess, for a cookie, a link or a key: 256 bits. */
export const newJeton = (): string => randomBytes(32).toString("base64url");

/** What is kept of it: enough to know it again, useless to who reads it. */
export const empreinteOf = (jeton: string): string => createHash("sha256").update(jeton).digest("hex");

/** What a form must give back: bound to the cookie, and not the cookie. */
export const csrfOf = (jeton: string): string =>
  createHmac("sha256", jeton).update("formulaire").digest("base64url");

/** Compares in constant time. */
export function sameText(a: string, b: string): boolean {
  const [left, right] = [empreinteOf(a), empreinteOf(b)].map((hex) => Buffer.from(hex, "hex"));
  return left !== undefined && right !== undefined && timingSafeEqual(left, right);
}
