import type { Knex } from "knex";
import type { EtatAction } from "../etats/action.ts";
import { ONGLETS } from "../listes/onglets.ts";

/** An action of the structure that a formation of a file is already. */
interface Connue {
  readonly id: number;
  readonly phrase: string;
}

interface Row {
  readonly rang: number;
  readonly id: string;
  readonly reference: string | null;
  readonly etat: EtatAction;
  readonly par_numero: boolean;
}

/**
 * Which of these are already in the catalogue of the structure, by their number or by their title (S53).
 * @param formations of one file; `numero` is empty when it is only of that file
 */
export async function findConnues(
  db: Knex,
  structure: string,
  formations: readonly { readonly rang: number; readonly numero: string; readonly intitule: string }[],
): Promise<ReadonlyMap<number, Connue>> {
  if (formations.length === 0) return new Map();
  const { rows } = await db.raw<{ rows: Row[] }>(
    `SELECT DISTINCT ON (f.rang) f.rang, a.id, a.reference, a.etat, a.par_numero
     FROM unnest(:rangs::int[], :numeros::text[], :nus::text[], :titres::text[]) AS f(rang, numero, nu, titre)
     CROSS JOIN LATERAL (
       SELECT a.id, a.reference, a.etat, true AS par_numero FROM catalogue_action a
         WHERE a.reference = ANY (ARRAY[nullif(f.numero, ''), nullif(f.nu, '')] COLLATE "C")
         AND a.structure = :structure
       UNION ALL
       SELECT a.id, a.reference, a.etat, false FROM catalogue_action a
         WHERE a.structure = :structure AND a.intitule_tri = cle_de_titre(f.titre) COLLATE "C" AND f.titre <> ''
           AND a.etat <> 'supprimee') a
     ORDER BY f.rang, a.par_numero DESC, a.id`,
    {
      structure,
      rangs: formations.map(({ rang }) => rang),
      numeros: formations.map(({ numero }) => numero),
      // As a feed shows a number of ours: the base stands in front of it.
      nus: formations.map(({ numero }) => numero.slice(numero.indexOf("_") + 1)),
      titres: formations.map(({ intitule }) => intitule),
    },
  );
  return new Map(
    rows.map(({ rang, id, reference, etat, par_numero }) => [
      rang,
      { id: Number(id), phrase: phraseOf(reference, etat, par_numero) },
    ]),
  );
}

function phraseOf(reference: string | null, etat: EtatAction, parNumero: boolean): string {
  const onglet = ONGLETS.find((one) => one.etat === etat)?.titre ?? etat;
  const numero = reference === null ? "" : `, référence ${reference}`;
  return parNumero
    ? `Elle est déjà dans votre catalogue (« ${onglet} »${numero}).`
    : `Une formation de même intitulé est déjà dans votre catalogue (« ${onglet} »${numero}) : complétez celle-là.`;
}
