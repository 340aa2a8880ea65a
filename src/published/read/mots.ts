/** Words of a text, at most 12, without accents nor case, as `mots_cherches` of the database has them. */
export function motsDe(asked: string): readonly string[] {
  const plain = asked
    .toLowerCase()
    .replaceAll("œ", "oe")
    .replaceAll("æ", "ae")
    .normalize("NFD")
    .replaceAll(/\p{M}/gu, "");
  return plain.match(/[\p{L}\p{N}]+/gu)?.slice(0, 12) ?? [];
}

/** Words for `to_tsquery`: all of them, each by its beginning. Empty without words, which finds nothing. */
export const requeteDe = (mots: readonly string[]): string => mots.map((mot) => `${mot}:*`).join(" & ");

/** The same of a text; undefined when no word of it has two letters: numbers alone are looked for as numbers. */
export function requeteDuTexte(asked: string): string | undefined {
  const mots = motsDe(asked);
  return mots.some((mot) => /\p{L}{2}/u.test(mot)) ? requeteDe(mots) : undefined;
}
