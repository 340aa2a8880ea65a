import { isDeepStrictEqual } from "node:util";
import type { Modalites } from "../published/contract/index.ts";

/** What is said once on the action, and what each session says on its own (in the order given). */
export interface Partage {
  readonly communes: Modalites;
  readonly propres: readonly Modalites[];
}

/** Hours say one thing together: a session that gives its own takes none of the action's. */
const HEURES: readonly (keyof Modalites)[] = [
  "heures_par_modalite",
  "nombre_heures_centre",
  "nombre_heures_entreprise",
  "nombre_heures_total",
];

/**
 * Field by field (the hours together): a value that all sessions share goes on the action, any other stays on each session that has it.
 * With one session all of it is the action's.
 * @param modalites those of each session, absent fields left out
 */
export function partagerModalites(modalites: readonly Modalites[]): Partage {
  const [first = {}] = modalites;
  const same = (field: keyof Modalites): boolean =>
    modalites.every((autres) => isDeepStrictEqual(autres[field], first[field]));
  const memesHeures = HEURES.every(same);
  const communs = new Set(
    Object.keys(first).filter((key) => {
      const field = key as keyof Modalites;
      return HEURES.includes(field) ? memesHeures : same(field);
    }),
  );
  const pick = (source: Modalites, keep: (key: string) => boolean): Modalites =>
    Object.fromEntries(Object.entries(source).filter(([key]) => keep(key)));
  return {
    communes: pick(first, (key) => communs.has(key)),
    propres: modalites.map((propres) => pick(propres, (key) => !communs.has(key))),
  };
}
