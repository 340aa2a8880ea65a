import type { Knex } from "knex";
import { type Auteur, porteeOf } from "../auteur.ts";
import type { EtatAction } from "../etats/action.ts";
import type { Cadre } from "../fiche.ts";

/** How many actions each tab holds (S26). */
export type Comptes = Readonly<Record<Cadre, Readonly<Partial<Record<EtatAction, number>>>>>;

/**
 * Counts what the author may see, from an index alone: 100 000 actions take some ten milliseconds.
 * @param structures of these only
 */
export async function countActions(
  db: Knex,
  auteur: Auteur,
  structures?: readonly string[],
): Promise<Comptes> {
  const { sql, bindings } = porteeOf(auteur);
  const { rows } = await db.raw<{ rows: { cadre: Cadre; etat: EtatAction; nombre: string }[] }>(
    `SELECT a.cadre, a.etat, count(*) AS nombre FROM catalogue_action a
     WHERE ${sql} ${structures === undefined ? "" : "AND a.structure = ANY (:structures::text[])"}
     GROUP BY a.cadre, a.etat`,
    { ...bindings, ...(structures === undefined ? {} : { structures: [...structures] }) },
  );
  const of = (cadre: Cadre) =>
    Object.fromEntries(
      rows.filter((row) => row.cadre === cadre).map(({ etat, nombre }) => [etat, Number(nombre)]),
    );
  return {
    non_conventionnee: of("non_conventionnee"),
    conventionnee: of("conventionnee"),
    initiale: of("initiale"),
  };
}
