import type { Knex } from "knex";
import type { Job, Outils } from "../../src/cron/index.ts";
import { createLogger } from "../../src/log/index.ts";

/** Tools of jobs that need nothing but the database: the others refuse. */
export function noTools(db: Knex): Outils {
  const refuse = (): never => {
    throw new Error("this job has no such tool in this test");
  };
  return {
    db,
    log: createLogger({ level: "silent" }),
    channels: [],
    keyring: [],
    base: "72",
    retentionJours: 400,
    alertExpiryWeeks: [12, 8, 4, 2, 1],
    store: new Proxy({} as Outils["store"], { get: refuse }),
    editer: async () => refuse(),
  };
}

/** A job that does what the test says, once an hour. */
export function unJob(run: Job["run"], fields: Partial<Job> = {}): Job {
  return {
    id: "essai",
    description: "Fait ce que dit le test",
    horaire: "0 * * * *",
    rattrapage: "dernier",
    run,
    ...fields,
  };
}

export interface RunRow {
  readonly slot: Date;
  readonly etat: string;
  readonly manuel: boolean;
  readonly essais: number;
  readonly worker: string | null;
  readonly bilan: Record<string, unknown> | null;
  readonly erreur: string | null;
}

/** Runs of a job, in the order of their slots. */
export async function runsOf(db: Knex, job = "essai"): Promise<RunRow[]> {
  return db("cron_run").where({ job }).orderBy("slot");
}
