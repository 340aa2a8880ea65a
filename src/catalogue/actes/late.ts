import type { Knex } from "knex";

/** What the control has beyond its deadline, the oldest first. */
export interface EnRetard {
  readonly nombre: number;
  /** References. */
  readonly premiers: readonly string[];
}

/** @param jour civil day in Paris, AAAAMMJJ: a deadline of this day is not over */
export async function lateControls(db: Knex, jour: string, limit: number): Promise<EnRetard> {
  const { rows } = await db.raw<{ rows: { reference: string; nombre: string }[] }>(
    `SELECT reference, count(*) OVER () AS nombre FROM catalogue_action
     WHERE etat IN ('creee', 'modifiee') AND echeance < ?::date ORDER BY echeance, id LIMIT ?`,
    [jour, limit],
  );
  return { nombre: Number(rows[0]?.nombre ?? 0), premiers: rows.map(({ reference }) => reference) };
}
