import type { Knex } from "knex";
import { horloge } from "../db/index.ts";
import { type Decision, decide, type PartnerChange } from "./decide.ts";
import type { Outcome } from "./outcome.ts";
import { type Receipt, receiptsOf } from "./receipts.ts";

/** An attempt that is over. */
export interface Ended {
  readonly id: string;
  readonly epoch: number;
  readonly outcome: Outcome;
  /** Failures before this attempt. */
  readonly echecs: number;
  /** Statuses by which the partner says that it already has these bytes. */
  readonly dejaRecu: readonly number[];
  /** In [0, 1). */
  readonly hasard: number;
  /** Timings and counts, kept with the attempt. */
  readonly detail?: Readonly<Record<string, unknown>>;
}

/** What was written, or that nothing was because another worker holds the delivery by now. */
export type Settled =
  | { readonly taken: true; readonly decision: Decision; readonly supersededBy: string | undefined }
  | { readonly taken: false };

/**
 * Records how an attempt ended and what becomes of its delivery. Only the epoch that is in flight is heard: an older
 * one leaves a note on its attempt.
 * @param trx holds the lock of the partner
 */
export async function settle(trx: Knex.Transaction, ended: Ended): Promise<Settled> {
  const delivery = await trx("delivery")
    .where({ id: ended.id, epoch: ended.epoch, etat: "in_flight" })
    .first("partner");
  if (delivery === undefined) {
    await noteLate(trx, ended);
    return { taken: false };
  }
  const partner: string = delivery.partner;
  const maintenant = await horloge(trx);
  const decision = decide(ended.outcome, { ...ended, maintenant });
  const newer = await waitingOf(trx, partner);
  await trx("delivery")
    .where({ id: ended.id })
    .update({
      ...stateOf(decision, ended.echecs, newer, maintenant),
      lease_until: null,
      updated_at: maintenant,
    });
  await closeAttempt(trx, ended, decision, maintenant);
  await insertReceipts(trx, ended.id, decision.etat === "accepted" ? receiptsOf(ended.outcome) : []);
  if (decision.etat !== "accepted" && decision.partenaire !== undefined)
    await changePartner(trx, partner, decision.partenaire);
  return { taken: true, decision, supersededBy: decision.etat === "retry" ? newer : undefined };
}

function stateOf(
  decision: Decision,
  echecs: number,
  newer: string | undefined,
  now: Date,
): Record<string, unknown> {
  switch (decision.etat) {
    case "accepted":
      return { etat: "accepted", motif: null };
    case "dead":
      return { etat: "dead", motif: decision.motif, echecs: echecs + 1 };
    case "retry": {
      const counted = { echecs: decision.compte ? echecs + 1 : echecs };
      if (newer !== undefined)
        return {
          ...counted,
          etat: "superseded",
          motif: "Un contenu plus récent part à sa place.",
          superseded_by: newer,
        };
      return { ...counted, etat: "retry", due_at: new Date(now.getTime() + decision.delai) };
    }
  }
}

async function waitingOf(trx: Knex.Transaction, partner: string): Promise<string | undefined> {
  const row = await trx("delivery")
    .where({ partner })
    .whereIn("etat", ["scheduled", "retry", "held"])
    .first("id");
  return row?.id;
}

async function closeAttempt(
  trx: Knex.Transaction,
  ended: Ended,
  { issue }: Decision,
  now: Date,
): Promise<void> {
  await trx("attempt")
    .where({ delivery_id: ended.id, epoch: ended.epoch })
    .update({
      finished_at: now,
      issue,
      http_status: statusOf(ended.outcome) ?? null,
      reponse: ended.outcome.kind === "reponse" ? ended.outcome.body : null,
      detail: JSON.stringify({ ...ended.detail, ...wordsOf(ended.outcome) }),
    });
}

/** The newer attempt decides; what this one learnt is kept all the same. */
async function noteLate(trx: Knex.Transaction, { id, epoch, outcome }: Ended): Promise<void> {
  const late = { tardive: { ...wordsOf(outcome), status: statusOf(outcome) ?? null } };
  await trx("attempt")
    .where({ delivery_id: id, epoch })
    .update({ detail: trx.raw("detail || ?::jsonb", [JSON.stringify(late)]) });
}

async function insertReceipts(
  trx: Knex.Transaction,
  id: string,
  receipts: readonly Receipt[],
): Promise<void> {
  if (receipts.length === 0) return;
  await trx("receipt").insert(
    receipts.map((one) => ({ ...one, delivery_id: id, detail: JSON.stringify(one.detail) })),
  );
}

async function changePartner(
  trx: Knex.Transaction,
  id: string,
  { etat, motif }: PartnerChange,
): Promise<void> {
  await trx("partner").where({ id }).update({ etat, etat_motif: motif });
  if (etat !== "desactive") return;
  await trx("delivery")
    .where({ partner: id })
    .whereIn("etat", ["scheduled", "retry", "held"])
    .update({ etat: "canceled", motif, updated_at: trx.raw("horloge()") });
}

function statusOf(outcome: Outcome): number | undefined {
  return outcome.kind === "depot" ? undefined : outcome.status;
}

function wordsOf(outcome: Outcome): Record<string, unknown> {
  switch (outcome.kind) {
    case "depot":
      return { fichier: outcome.nom };
    case "echec":
      return { message: outcome.message };
    case "reponse":
      return { ...(outcome.cut ? { coupee: true } : {}), type: outcome.contentType ?? null };
  }
}
