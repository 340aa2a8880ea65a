import { LheoError } from "./errors.ts";
import { NAMESPACE } from "./generated/elements.ts";
import { strictParser } from "./xml.ts";

/**
 * Checks that raw inner XML can stand in an `extra`: well-formed, every prefix declared, no entity.
 *
 * @throws LheoError saying what is wrong.
 */
export function checkRaw(raw: string): void {
  strictParser({ xmlns: true }).write(`<extra xmlns="${NAMESPACE}">${raw}</extra>`).close();
}

/** The same as a question. */
export function isRaw(raw: string): boolean {
  try {
    checkRaw(raw);
    return true;
  } catch (error) {
    if (error instanceof LheoError) return false;
    throw error;
  }
}
