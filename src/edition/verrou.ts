import type { Knex } from "knex";
import type { Client } from "pg";
import { withClient } from "../db/index.ts";

/** Any number that nothing else uses for an advisory lock in this database. */
const LOCK = 7_340_231_010;

/** Another édition is under way on this database. */
export class EditionEnCours extends Error {
  constructor() {
    super(
      "Une édition est déjà en cours sur cette base : attendez qu'elle se termine, ou relancez plus tard.",
    );
    this.name = "EditionEnCours";
  }
}

/**
 * Runs alone on the database: one édition at a time. The lock goes with the connection, so a killed édition leaves
 * none behind.
 * @param attendre wait for the one under way instead of giving up
 * @throws EditionEnCours
 */
export async function alone<T>(
  db: Knex,
  attendre: boolean,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  return withClient(db, async (client) => {
    if (attendre) await client.query("SELECT pg_advisory_lock($1)", [LOCK]);
    else {
      const { rows } = await client.query<{ pris: boolean }>("SELECT pg_try_advisory_lock($1) AS pris", [
        LOCK,
      ]);
      if (rows[0]?.pris !== true) throw new EditionEnCours();
    }
    try {
      return await work(client);
    } finally {
      await client.query("SELECT pg_advisory_unlock($1)", [LOCK]);
    }
  });
}
