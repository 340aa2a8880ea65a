import type { Knex } from "knex";
import { monotonic } from "../calendar/index.ts";
import type { Logger } from "../log/index.ts";
import type { ClaimedSlot } from "./claim.ts";
import { type Ending, endSlot, renewSlot } from "./end.ts";
import type { Job, Outils } from "./job.ts";

/** No job is left to run for longer, milliseconds: whatever it waits for, its next slot must come. */
const LONGEST = 2 * 3_600_000;

/** Of a failure, kept with the run. */
const MOST_WORDS = 2_000;

export interface RunOptions {
  readonly leaseMs: number;
  /** The process stops. */
  readonly signal: AbortSignal;
  /** Milliseconds; two hours when not given. */
  readonly longestMs?: number | undefined;
}

/**
 * Runs a job for a slot that was claimed, from the first renewal of its lease to the record of its end. Never throws for
 * the job's sake.
 * @throws what the database throws when the end cannot be recorded: the slot is then taken again once its lease lapses
 */
export async function runSlot(
  job: Job,
  claimed: ClaimedSlot,
  outils: Outils,
  { leaseMs, signal, longestMs = LONGEST }: RunOptions,
): Promise<Ending> {
  const { db, log } = outils;
  const guard = guardSlot(db, claimed, leaseMs, longestMs, signal);
  const since = monotonic();
  try {
    const ending = await Promise.race([work(job, claimed, outils, guard.signal), guard.outOfTime]);
    const stopped = signal.aborted && "erreur" in ending;
    const told: Ending = stopped ? { interrompue: true } : ending;
    const taken = await endSlot(db, claimed, told);
    report(log, claimed, told, taken, Math.round(monotonic() - since));
    return told;
  } finally {
    guard.release();
  }
}

async function work(
  job: Job,
  { slot, maintenant }: ClaimedSlot,
  outils: Outils,
  signal: AbortSignal,
): Promise<Ending> {
  try {
    return { bilan: await job.run({ ...outils, slot, maintenant, signal }) };
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    return { erreur: words.replaceAll("\0", "\ufffd").slice(0, MOST_WORDS) };
  }
}

/** Keeps the claim alive while the job works; stops the job when it is lost, when time is up or when we stop. */
function guardSlot(db: Knex, claimed: ClaimedSlot, leaseMs: number, longestMs: number, outside: AbortSignal) {
  const controller = new AbortController();
  let renewedAt = monotonic();
  const lose = () => controller.abort(new Error("Tâche interrompue."));
  const renewal = setInterval(() => {
    const asked = monotonic();
    if (asked - renewedAt >= leaseMs) lose();
    renewSlot(db, claimed, leaseMs).then(
      (ours) => {
        if (ours) renewedAt = asked;
        else lose();
      },
      () => undefined,
    );
  }, leaseMs / 3);
  outside.addEventListener("abort", lose, { once: true });
  if (outside.aborted) lose();
  let clock: NodeJS.Timeout | undefined;
  const outOfTime = new Promise<Ending>((resolve) => {
    clock = setTimeout(() => {
      lose();
      resolve({ erreur: `La tâche n'était pas finie après ${Math.round(longestMs / 60_000)} minutes.` });
    }, longestMs);
  });
  return {
    signal: controller.signal,
    outOfTime,
    release() {
      clearInterval(renewal);
      clearTimeout(clock);
      outside.removeEventListener("abort", lose);
    },
  };
}

function report(
  log: Logger,
  { job, slot, essais }: ClaimedSlot,
  ending: Ending,
  taken: boolean,
  ms: number,
): void {
  const line = { job, slot, essais, ms };
  if (!taken) log.warn(line, "cron.late");
  else if ("erreur" in ending) log.warn({ ...line, erreur: ending.erreur }, "cron.failed");
  else if ("interrompue" in ending) log.info(line, "cron.interrupted");
  else log.debug({ ...line, bilan: ending.bilan }, "cron.done");
}
