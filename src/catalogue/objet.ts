export type Objet = Readonly<Record<string, unknown>>;

/**
 * What a record holds at a path; undefined when there is nothing on the way.
 * @param chemin `lieux[0].coordonnees.adresse.ville`; blank: the record itself
 */
export function at(objet: unknown, chemin: string): unknown {
  return chemin
    .split(/[.[\]]+/)
    .filter((step) => step !== "")
    .reduce<unknown>(
      (value, step) => (typeof value === "object" && value !== null ? Reflect.get(value, step) : undefined),
      objet,
    );
}

/** The record with that value at a path of keys between dots, or without it when undefined. What is beside stays the same object. */
export function put(objet: Objet, chemin: string, valeur: unknown): Objet {
  const [step = "", ...rest] = chemin.split(".");
  if (rest.length > 0) {
    const inner = objet[step];
    return { ...objet, [step]: put(isObjet(inner) ? inner : {}, rest.join("."), valeur) };
  }
  if (valeur !== undefined) return { ...objet, [step]: valeur };
  const { [step]: _, ...others } = objet;
  return others;
}

export const isObjet = (value: unknown): value is Objet =>
  typeof value === "object" && value !== null && !Array.isArray(value);
