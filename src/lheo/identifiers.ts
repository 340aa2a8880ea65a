/**
 * Numbers given by the State to bodies and schools. Each `…Defect` says what is wrong, coded, or undefined when
 * nothing is: whether a defect blocks is a rule's business.
 */

/** `zeros` is the usual placeholder; it passes the key, so it has its own name. */
export type SiretDefect = "vide" | "forme" | "zeros" | "cle";

const LA_POSTE = "356000000";

/**
 * SIRET: 14 digits, SIREN then NIC, with a Luhn key on the 14 and on the first 9. La Poste (SIREN 356000000) has more
 * establishments than the key allows: there the sum of the digits is a multiple of 5. Monaco's begin with letters
 * and have no key.
 */
export function siretDefect(siret: string): SiretDefect | undefined {
  if (siret.trim() === "") return "vide";
  if (/^MONACO[A-Z0-9]{8}$/.test(siret)) return undefined;
  if (!/^\d{14}$/.test(siret)) return "forme";
  if (/^0{9}/.test(siret)) return "zeros";
  if (luhn(siret) && luhn(siret.slice(0, 9))) return undefined;
  return siret.startsWith(LA_POSTE) && digitSum(siret) % 5 === 0 ? undefined : "cle";
}

export function isSiret(siret: string): boolean {
  return siretDefect(siret) === undefined;
}

/** `composition` is only a doubt: the make-up of the number is custom, not law. */
export type NdaDefect = "vide" | "forme" | "zeros" | "composition";

/** NDA (numéro de déclaration d'activité): 11 characters, region, department, order, department again. */
export function ndaDefect(nda: string): NdaDefect | undefined {
  if (nda.trim() === "") return "vide";
  if (!/^\d{2}(?:\d{2}|2[AB])\d{5}(?:\d{2}|2[AB])$/.test(nda)) return "forme";
  if (/^0+$/.test(nda)) return "zeros";
  return nda.slice(2, 4) === nda.slice(9) ? undefined : "composition";
}

export type UaiDefect = "vide" | "forme" | "zeros" | "cle";

/** UAI of a school: 7 digits and the letter that they give. */
export function uaiDefect(uai: string): UaiDefect | undefined {
  if (uai.trim() === "") return "vide";
  if (!/^\d{7}[A-Z]$/.test(uai)) return "forme";
  if (/^0{7}/.test(uai)) return "zeros";
  return uai.at(7) === UAI_KEYS[Number(uai.slice(0, 7)) % UAI_KEYS.length] ? undefined : "cle";
}

export function isUai(uai: string): boolean {
  return uaiDefect(uai) === undefined;
}

const UAI_KEYS = "ABCDEFGHJKLMNPRSTUVWXYZ";

/** Luhn's key: from the right, every second digit doubled, its digits summed; the total is a multiple of 10. */
export function luhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = digits.charCodeAt(digits.length - 1 - i) - 48;
    const weighed = i % 2 === 0 ? digit : digit * 2;
    sum += weighed > 9 ? weighed - 9 : weighed;
  }
  return sum % 10 === 0;
}

const digitSum = (digits: string): number => [...digits].reduce((sum, digit) => sum + Number(digit), 0);
