import type { Knex } from "knex";
import { closeAlert, openAlert } from "../alert/index.ts";
import type { ClaimedSlot } from "./claim.ts";

/** Waits after the 1st, 2nd… failure of a slot, minutes; after the last one it is given up. */
const WAITS: readonly number[] = [1, 5, 15, 60];
export const MOST_TRIES = WAITS.length + 1;
/** Failures in a row after which an operator is told: one is often a passing cloud. */
const TELL_AFTER = 3;

/** How a run ended: with its summary, with a failure, or because we stop and someone is to begin it again. */
export type Ending =
  | { readonly bilan: Readonly<Record<string, unknown>> }
  | { readonly erreur: string }
  | { readonly interrompue: true };

type SlotRow = Pick<ClaimedSlot, "job" | "slot" | "manuel" | "essais">;

/**
 * Records the end of a run; heard only from who holds the slot.
 * @returns false when another worker holds it by now
 */
export async function endSlot(db: Knex, claimed: ClaimedSlot, ending: Ending): Promise<boolean> {
  return db.transaction(async (trx) => {
    // The job first, as in a claim: nobody waits in a circle.
    await trx.raw("SELECT 1 FROM cron_job WHERE id = ? FOR UPDATE", [claimed.job]);
    const held = await ours(trx, claimed).first("slot");
    if (held === undefined) return false;
    if ("bilan" in ending) await succeed(trx, claimed, ending.bilan);
    else if ("erreur" in ending) await failSlot(trx, claimed, ending.erreur);
    else await giveBack(trx, claimed);
    return true;
  });
}

/** @returns false when it is not ours any more: stop working */
export async function renewSlot(db: Knex, claimed: ClaimedSlot, leaseMs: number): Promise<boolean> {
  const renewed = await ours(db, claimed).update({
    lease_until: db.raw("horloge() + ? * interval '1 millisecond'", [leaseMs]),
  });
  return renewed === 1;
}

const ours = (db: Knex, { job, slot, worker, essais }: ClaimedSlot) =>
  db("cron_run").where({ job, slot, worker, essais, etat: "en_cours" });

async function succeed(
  trx: Knex.Transaction,
  { job, slot }: ClaimedSlot,
  bilan: Readonly<Record<string, unknown>>,
): Promise<void> {
  await trx("cron_run")
    .where({ job, slot })
    .update({
      etat: "faite",
      finished_at: trx.raw("horloge()"),
      lease_until: null,
      bilan: JSON.stringify(bilan),
      erreur: null,
    });
  await trx("cron_job").where({ id: job }).update({ echecs: 0 });
  await closeAlert(trx, alertOf(job));
}

/** Being stopped is no failure. */
async function giveBack(trx: Knex.Transaction, { job, slot, manuel, essais }: ClaimedSlot): Promise<void> {
  await trx("cron_run")
    .where({ job, slot })
    .update({
      ...(manuel ? { etat: "echouee" } : { etat: "a_reprendre", reprise_at: trx.raw("horloge()") }),
      essais: essais - 1,
      lease_until: null,
      erreur: "Interrompue : le processus s'arrêtait.",
    });
}

/**
 * Records a failure: tried again later, or given up when it was one too many or when an operator asked and sees it.
 * @param trx holds the row of the job
 */
export async function failSlot(
  trx: Knex.Transaction,
  { job, slot, manuel, essais }: SlotRow,
  erreur: string,
): Promise<void> {
  const wait = manuel ? undefined : WAITS[essais - 1];
  await trx("cron_run")
    .where({ job, slot })
    .update({
      etat: wait === undefined ? "echouee" : "a_reprendre",
      reprise_at: wait === undefined ? null : trx.raw("horloge() + ? * interval '1 minute'", [wait]),
      finished_at: trx.raw("horloge()"),
      lease_until: null,
      erreur,
    });
  const [line] = await trx("cron_job")
    .where({ id: job })
    .update({ echecs: trx.raw("echecs + 1") }, ["echecs"]);
  if (Number(line?.echecs) < TELL_AFTER) return;
  await openAlert(trx, {
    cle: alertOf(job),
    code: "tache-en-echec",
    message: `La tâche « ${job} » a échoué ${line?.echecs} fois de suite. Dernier échec : ${erreur}`,
    detail: { job, creneau: slot.toISOString(), erreur },
  });
}

const alertOf = (job: string): string => `tache:${job}`;
