import type { Knex } from "knex";

/**
 * One reading of the contract: everything inside sees the database as it was at the first query, whatever is
 * published meanwhile, and nothing can be written.
 */
export async function reading<T>(db: Knex, read: (trx: Knex.Transaction) => Promise<T>): Promise<T> {
  return db.transaction(read, { isolationLevel: "repeatable read", readOnly: true });
}
