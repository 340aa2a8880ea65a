import type { Attributes, Extras } from "../lheo/index.ts";

/**
 * LHEO `extras`: data that the language has no element for, named by `@info` as the national feeds name them.
 * @param values name and text of each `extra`
 */
export function extras(
  info: string,
  values: readonly (readonly [info: string, texte: string])[],
  attributes?: Attributes,
): Extras {
  return {
    "@": { ...attributes, info },
    "*": values.map(([nom, texte]) => ["extra", { "@": { info: nom }, "#": texte }]),
  };
}

/** One datum, whose container has the same name. */
export const extrasSimple = (info: string, texte: string): Extras => extras(info, [[info, texte]]);

/** The list without its absences; undefined when nothing is left. */
export function listeExtras(list: readonly (Extras | undefined)[]): readonly Extras[] | undefined {
  const kept = list.filter((item) => item !== undefined);
  return kept.length === 0 ? undefined : kept;
}
