/**
 * LHEO values seen without their types, as `tel_quel` has to see them: it may concern any element. A leaf is a text or
 * `{ "@", "#" }`, a sequence an object of children by name, a repeated child an array, an `extras` has `*`.
 */
export type Noeud = string | Champs;
export type Champs = Readonly<Record<string, unknown>>;

export const estChamps = (value: unknown): value is Champs =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const estNoeud = (value: unknown): value is Noeud => typeof value === "string" || estChamps(value);

export const estListe = (value: unknown): value is readonly unknown[] => Array.isArray(value);

/** The text of a leaf; undefined for anything else. */
export function texteDe(noeud: Noeud): string | undefined {
  if (typeof noeud === "string") return noeud;
  const texte = noeud["#"];
  return typeof texte === "string" ? texte : undefined;
}

export function attributsDe(noeud: Noeud): Readonly<Record<string, string>> {
  if (typeof noeud === "string" || !estChamps(noeud["@"])) return {};
  return Object.fromEntries(
    Object.entries(noeud["@"]).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}
