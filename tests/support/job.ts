import type { Knex } from "knex";
import type { JobContext } from "../../src/cron/index.ts";
import { horloge } from "../../src/db/index.ts";
import { noTools } from "./cron.ts";

/** What a job that needs only the database is run with, at the clock of that database. */
export async function jobContext(db: Knex, fields: Partial<JobContext> = {}): Promise<JobContext> {
  const maintenant = await horloge(db);
  return { ...noTools(db), maintenant, slot: maintenant, signal: new AbortController().signal, ...fields };
}
