import type { Knex } from "knex";
import type { FicheAction, FicheSession } from "../fiche.ts";

/** Gives an action its reference when it has none (S50): when the OF confirms, never before, and for ever (H12). */
export async function numberAction(trx: Knex.Transaction, fiche: FicheAction): Promise<FicheAction> {
  if (fiche.reference !== null) return fiche;
  const [row] = await trx("catalogue_action")
    .where({ id: fiche.id })
    .update({ reference: trx.raw("nouvelle_reference('action')") })
    .returning("reference");
  return { ...fiche, reference: row.reference };
}

/** The same for sessions (S51). */
export async function numberSessions(
  trx: Knex.Transaction,
  sessions: readonly FicheSession[],
): Promise<readonly FicheSession[]> {
  const without = sessions.filter(({ reference }) => reference === null).map(({ id }) => id);
  if (without.length === 0) return sessions;
  const rows: { id: string | number; reference: string }[] = await trx("catalogue_session")
    .whereIn("id", without)
    .update({ reference: trx.raw("nouvelle_reference('session')") })
    .returning(["id", "reference"]);
  const given = new Map(rows.map(({ id, reference }) => [Number(id), reference]));
  return sessions.map((one) => ({ ...one, reference: given.get(one.id) ?? one.reference }));
}
