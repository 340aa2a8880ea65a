import type { Knex } from "knex";
import { nextSlot, slotsBefore } from "./creneaux.ts";
import { failSlot, MOST_TRIES } from "./end.ts";
import type { Job } from "./job.ts";

/** A slot that this worker holds; its name and `essais` prove that it is still its own. */
export interface ClaimedSlot {
  readonly job: string;
  readonly slot: Date;
  readonly manuel: boolean;
  readonly worker: string;
  /** 1, 2… */
  readonly essais: number;
  /** The clock of the database when it was taken. */
  readonly maintenant: Date;
}

export interface ClaimOptions {
  readonly worker: string;
  /** How long the claim holds without being renewed, milliseconds. */
  readonly leaseMs: number;
}

/** Skipped slots that are written down; a long stop has no more to say. */
const MOST_SKIPPED = 200;

const ABANDONED = "Le processus s'est arrêté pendant la tâche.";

interface Line {
  readonly creneau: Date;
  readonly maintenant: Date;
}

/** Makes jobs known; a new one starts from now. A clock that came back from the future does not silence anything. */
export async function registerJobs(db: Knex, jobs: readonly Job[]): Promise<void> {
  const ids = jobs.map(({ id }) => id);
  await db.raw("INSERT INTO cron_job (id) SELECT unnest(?::text[]) ON CONFLICT DO NOTHING", [ids]);
  await db.raw("UPDATE cron_job SET creneau = horloge() WHERE creneau > horloge() + interval '25 hours'");
}

/** The jobs that have something to do now; one statement, and nothing is written. */
export async function dueJobs(db: Knex, jobs: readonly Job[]): Promise<Job[]> {
  const { rows } = await db.raw<{ rows: (Line & { id: string; prise: boolean; reprise: boolean })[] }>(
    `SELECT j.id, j.creneau, c.maintenant,
       EXISTS (SELECT 1 FROM cron_run r WHERE r.job = j.id AND r.etat = 'en_cours'
         AND r.lease_until >= c.maintenant) AS prise,
       EXISTS (SELECT 1 FROM cron_run r WHERE r.job = j.id AND (r.etat = 'en_cours'
         OR r.etat = 'a_reprendre' AND r.reprise_at <= c.maintenant)) AS reprise
     FROM cron_job j, LATERAL (SELECT horloge() AS maintenant) c WHERE j.id = ANY(?)`,
    [jobs.map(({ id }) => id)],
  );
  const lines = new Map(rows.map((row) => [row.id, row]));
  return jobs.filter(({ id, horaire }) => {
    const line = lines.get(id);
    if (line === undefined || line.prise) return false;
    return line.reprise || nextSlot(horaire, line.creneau) <= line.maintenant;
  });
}

/**
 * Takes the slot of a job that is to be run now, if there is one and nobody runs the job already. The row of the job is
 * locked meanwhile: any number of processes may ask, one gets it.
 */
export async function claimSlot(db: Knex, job: Job, options: ClaimOptions): Promise<ClaimedSlot | undefined> {
  return db.transaction(async (trx) => {
    const { rows } = await trx.raw<{ rows: Line[] }>(
      "SELECT creneau, horloge() AS maintenant FROM cron_job WHERE id = ? FOR UPDATE SKIP LOCKED",
      [job.id],
    );
    const [line] = rows;
    if (line === undefined) return undefined;
    const under = await trx("cron_run").where({ job: job.id, etat: "en_cours" }).first();
    if (under !== undefined) {
      if (under.lease_until >= line.maintenant) return undefined;
      if (!under.manuel && under.essais < MOST_TRIES) return begin(trx, job.id, under.slot, options);
      await failSlot(trx, under, ABANDONED);
    }
    const slot = (await newSlot(trx, job, line)) ?? (await slotToTakeUp(trx, job.id));
    return slot === undefined ? undefined : begin(trx, job.id, slot, options);
  });
}

/** Takes a slot of its own for a run by hand; undefined when the job is running already, in a process that is alive. */
export async function claimByHand(
  trx: Knex.Transaction,
  job: string,
  options: ClaimOptions,
): Promise<ClaimedSlot | undefined> {
  await trx.raw("SELECT 1 FROM cron_job WHERE id = ? FOR UPDATE", [job]);
  const under = await trx("cron_run")
    .where({ job, etat: "en_cours" })
    .first("*", trx.raw("lease_until >= horloge() AS alive"));
  if (under?.alive === true) return undefined;
  if (under !== undefined) await failSlot(trx, under, ABANDONED);
  const [row] = await trx("cron_run").insert(
    { job, slot: trx.raw("horloge()"), manuel: true, etat: "sautee" },
    ["slot"],
  );
  return begin(trx, job, row?.slot, options);
}

/** Writes down the slots that came since the last one, and returns the one to run. */
async function newSlot(
  trx: Knex.Transaction,
  job: Job,
  { creneau, maintenant }: Line,
): Promise<Date | undefined> {
  const newestOnly = job.rattrapage === "dernier";
  const [slot, ...skipped] = newestOnly
    ? slotsBefore(job.horaire, creneau, maintenant, MOST_SKIPPED + 1)
    : [nextSlot(job.horaire, creneau)].filter((next) => next <= maintenant);
  if (slot === undefined) return undefined;
  await trx("cron_job").where({ id: job.id }).update({ creneau: slot });
  // A failure that waits for its next try: this run does its work, both would only double the noise.
  if (newestOnly)
    await trx("cron_run")
      .where({ job: job.id, etat: "a_reprendre" })
      .update({ etat: "echouee", reprise_at: null });
  const { rows } = await trx.raw<{ rows: { slot: Date }[] }>(
    `INSERT INTO cron_run (job, slot, etat) SELECT ?, unnest(?::timestamptz[]), 'sautee'
     ON CONFLICT DO NOTHING RETURNING slot`,
    [job.id, [slot, ...skipped]],
  );
  // Met already, before the clock of the database was set back.
  return rows.find((row) => row.slot.getTime() === slot.getTime())?.slot;
}

async function slotToTakeUp(trx: Knex.Transaction, job: string): Promise<Date | undefined> {
  const row = await trx("cron_run")
    .where({ job, etat: "a_reprendre" })
    .where("reprise_at", "<=", trx.raw("horloge()"))
    .orderBy("slot")
    .first("slot");
  return row?.slot;
}

async function begin(
  trx: Knex.Transaction,
  job: string,
  slot: Date,
  { worker, leaseMs }: ClaimOptions,
): Promise<ClaimedSlot> {
  const [row] = await trx("cron_run")
    .where({ job, slot })
    .update(
      {
        etat: "en_cours",
        worker,
        essais: trx.raw("essais + 1"),
        started_at: trx.raw("horloge()"),
        finished_at: null,
        reprise_at: null,
        lease_until: trx.raw("horloge() + ? * interval '1 millisecond'", [leaseMs]),
      },
      ["manuel", "essais", "started_at"],
    );
  return { job, slot, worker, manuel: row?.manuel, essais: row?.essais, maintenant: row?.started_at };
}
