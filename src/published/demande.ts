import type { Knex } from "knex";

/** Subject, in the outbox, of an édition that is asked for; src/edition answers it. */
export const EDITION_DEMANDEE = "edition.demandee";

/**
 * Asks for an édition, in the transaction of what it is for: a version whose mise en ligne lies in the past, or that was
 * committed while an édition was reading, is found by this alone.
 * @param detail what it is for, kept with the announcement; JSON
 */
export async function demanderEdition(
  trx: Knex,
  raison: string,
  detail: Readonly<Record<string, unknown>>,
): Promise<void> {
  await trx("outbox").insert({ sujet: EDITION_DEMANDEE, charge: JSON.stringify({ raison, ...detail }) });
}
