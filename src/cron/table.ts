import type { Knex } from "knex";
import { nextSlot } from "./creneaux.ts";
import type { Job } from "./job.ts";

/** One run, as an operator sees it. */
export interface LastRun {
  readonly etat: "en_cours" | "a_reprendre" | "faite" | "echouee";
  readonly slot: Date;
  readonly manuel: boolean;
  readonly debut: Date | null;
  readonly fin: Date | null;
  readonly essais: number;
  readonly bilan: Readonly<Record<string, unknown>> | null;
  readonly erreur: string | null;
}

/** One line of the table of jobs. */
export interface CronLine {
  readonly id: string;
  readonly description: string;
  readonly horaire: string;
  /** The one that was begun last; null when there was none. */
  readonly derniere: LastRun | null;
  readonly prochaine: Date;
}

/** Every job with its last and its next run. */
export async function cronTable(db: Knex, jobs: readonly Job[], maintenant: Date): Promise<CronLine[]> {
  const { rows } = await db.raw<{ rows: (LastRun & { readonly job: string })[] }>(
    `SELECT j.id AS job, r.* FROM cron_job j CROSS JOIN LATERAL (
       SELECT etat, slot, manuel, started_at AS debut, finished_at AS fin, essais, bilan, erreur
       FROM cron_run WHERE job = j.id AND started_at IS NOT NULL ORDER BY started_at DESC LIMIT 1) r
     WHERE j.id = ANY(?)`,
    [jobs.map(({ id }) => id)],
  );
  const last = new Map(rows.map(({ job, ...run }) => [job, run]));
  return jobs.map(({ id, description, horaire }) => ({
    id,
    description,
    horaire,
    derniere: last.get(id) ?? null,
    prochaine: nextSlot(horaire, maintenant),
  }));
}
