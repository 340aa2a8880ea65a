/**
 * The id of a delivery: `20261124T083015Z-kairos-3f9a1c`. It sorts by date, can be read aloud, is also the
 * `Idempotency-Key` that a partner sees, and fits a job id (no `:`, not all digits).
 * @param random six hexadecimal digits
 */
export function deliveryId(at: Date, partner: string, random: string): string {
  const stamp = at.toISOString().replace(/\.\d+/, "").replaceAll(/[-:]/g, "");
  return `${stamp}-${partner}-${random}`;
}
