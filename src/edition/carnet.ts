import type { Client } from "pg";
import { type CopyRow, copyIn } from "../db/index.ts";
import { LECTURE } from "../snapshot/index.ts";
import type { Carnet } from "./moteur.ts";

/** Rows gathered before a COPY. */
const BATCH = 5_000;

/** A carnet that can be emptied to its end. */
export interface PresenceCarnet extends Carnet {
  /** Writes what is left and prepares the comparison with the feed of before. */
  end(): Promise<void>;
}

/** Keeps the rows of a run in a temporary table of this connection, so that memory does not. */
export async function presenceCarnet(client: Client): Promise<PresenceCarnet> {
  await client.query(`DROP TABLE IF EXISTS ${LECTURE.table}`);
  await client.query(LECTURE.create);
  let rows: CopyRow[] = [];
  const write = async () => {
    const taken = rows;
    rows = [];
    await copyIn(client, LECTURE.table, LECTURE.columns, taken);
  };
  return {
    note(row) {
      rows.push(LECTURE.row(row));
    },
    async room() {
      if (rows.length >= BATCH) await write();
    },
    async end() {
      await write();
      await client.query(`ANALYZE ${LECTURE.table}`);
    },
  };
}
