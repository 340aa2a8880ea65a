import type { Knex } from "knex";
import type { CodeAlerte } from "./codes.ts";
import { type Alerte, closeAlert, openAlert } from "./transitions.ts";

/** What changed. */
export interface Reconciled {
  readonly ouvertes: number;
  readonly resolues: number;
}

/**
 * Brings the alerts of a code to what is true now: opens what is new, ends what is over. For whoever looks at a state
 * again and again rather than at an event.
 * @param alertes all that are true now, each with the same code
 */
export async function reconcileAlerts(
  db: Knex,
  code: CodeAlerte,
  alertes: readonly Omit<Alerte, "code">[],
): Promise<Reconciled> {
  return db.transaction(async (trx) => {
    const open: string[] = await trx("alert").where({ code }).whereNull("closed_at").pluck("cle");
    const wanted = new Set(alertes.map(({ cle }) => cle));
    let ouvertes = 0;
    for (const one of alertes) if (await openAlert(trx, { ...one, code })) ouvertes += 1;
    const over = open.filter((cle) => !wanted.has(cle));
    for (const cle of over) await closeAlert(trx, cle);
    return { ouvertes, resolues: over.length };
  });
}
