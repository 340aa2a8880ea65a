import { recordAct } from "../audit/index.ts";
import { workerName } from "../delivery/index.ts";
import { claimByHand, registerJobs } from "./claim.ts";
import type { Ending } from "./end.ts";
import type { Job, Outils } from "./job.ts";
import { runSlot } from "./runSlot.ts";

/** The job is running already, here or in another process. */
export class DejaEnCours extends Error {
  override readonly name = "DejaEnCours";
  constructor(job: string) {
    super(`La tâche « ${job} » est déjà en cours : attendez qu'elle se termine.`);
  }
}

/**
 * Runs a job at once because an operator asks: in a slot of its own, so that its timetable is not touched. The act is in
 * the audit.
 * @throws DejaEnCours
 */
export async function runByHand(
  job: Job,
  outils: Outils,
  { acteur, signal }: { readonly acteur: string; readonly signal: AbortSignal },
): Promise<Ending> {
  const { db } = outils;
  const leaseMs = 60_000;
  await registerJobs(db, [job]);
  const claimed = await db.transaction(async (trx) => {
    const taken = await claimByHand(trx, job.id, { worker: workerName(), leaseMs });
    if (taken === undefined) throw new DejaEnCours(job.id);
    await recordAct(trx, { acteur, acte: "tache.lancer", objet: { type: "tache", id: job.id } });
    return taken;
  });
  return runSlot(job, claimed, outils, { leaseMs, signal });
}
