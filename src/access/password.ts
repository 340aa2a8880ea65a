import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from "node:crypto";

/** 32 MB and about a tenth of a second: nothing for one sign-in, a wall for many. */
const COST = { N: 2 ** 15, r: 8, p: 1 } as const;
const LENGTH = 32;
const MAX_MEMORY = 64 * 1024 * 1024;

/** Characters of a password: long is what counts; the upper bound keeps the hashing cheap. */
export const MOT_DE_PASSE = { min: 12, max: 200 } as const;

/** Why a password is not taken, in French; undefined when it is. */
export function passwordDefect(password: string, identifiant: string): string | undefined {
  const length = [...password].length;
  if (length < MOT_DE_PASSE.min)
    return `Le mot de passe fait ${length} caractères : il en faut ${MOT_DE_PASSE.min} au moins. Une phrase de quatre mots convient.`;
  if (length > MOT_DE_PASSE.max)
    return `Le mot de passe fait ${length} caractères : ${MOT_DE_PASSE.max} au plus.`;
  if (new Set(password).size < 5) return "Le mot de passe répète les mêmes caractères : variez-les.";
  if (password.toLowerCase().includes(identifiant.toLowerCase()))
    return "Le mot de passe contient l'identifiant : choisissez-en un autre.";
  return undefined;
}

/** @returns `scrypt$N$r$p$salt$hash`, in base64 */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const hash = await derive(password, salt, LENGTH, COST);
  return ["scrypt", COST.N, COST.r, COST.p, salt.toString("base64"), hash.toString("base64")].join("$");
}

/** Takes the same time whether it is right or wrong. */
export async function verifyPassword(password: string, stored: string): Promise<boolean> {
  const [kind, N, r, p, salt = "", hash = ""] = stored.split("$");
  if (kind !== "scrypt") return false;
  const wanted = Buffer.from(hash, "base64");
  const given = await derive(password, Buffer.from(salt, "base64"), wanted.length, {
    N: Number(N),
    r: Number(r),
    p: Number(p),
  });
  return timingSafeEqual(given, wanted);
}

function derive(password: string, salt: Buffer, length: number, cost: ScryptOptions): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const text = password.normalize("NFC").slice(0, MOT_DE_PASSE.max * 2);
    scrypt(text, salt, length, { ...cost, maxmem: MAX_MEMORY }, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
}
