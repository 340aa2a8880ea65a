import type { Knex } from "knex";
import { withClient } from "./connect.ts";

/** A statement with the numbers of its parameters, `$1`…: gives the rows that it answers. */
export type Prepared<Row> = (db: Knex, values: readonly unknown[]) => Promise<Row[]>;

/**
 * A statement that each connection reads and plans once, then only runs: for those that every delivery goes through.
 * @param name of its own, whatever the file
 */
export function prepared<Row extends object>(name: string, text: string): Prepared<Row> {
  return (db, values) =>
    withClient(db, async (client) => (await client.query<Row>({ name, text, values: [...values] })).rows);
}
