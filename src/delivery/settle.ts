import type { Knex } from "knex";
import { breakerWait } from "./breaker.ts";
import { type Decision, decide, type PartnerChange } from "./decide.ts";
import type { Outcome } from "./outcome.ts";
import { recordAnswer } from "./receipts/index.ts";
import { supersede } from "./supersede.ts";

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
  /** Someone asked this process to stop. */
  readonly arret?: boolean;
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
  const under = await readUnderWay(trx, ended);
  if (under === undefined) {
    await noteLate(trx, ended);
    return { taken: false };
  }
  const { partner, maintenant, newer, announced } = under;
  const decision = decide(ended.outcome, { ...ended, surInconnue: under.sur_inconnue, maintenant });
  const waits = decision.etat === "retry" || decision.etat === "held";
  const breaker = breakerAfter(decision, under.echecs_suite);
  // What has no content yet cannot take the place of what is to leave: it gives its own, and is announced again later.
  if (waits && announced !== undefined)
    await supersede(
      trx,
      [{ id: announced, par: ended.id }],
      "L'envoi d'avant n'a pas abouti : il reprend d'abord.",
    );
  await trx("delivery")
    .where({ id: ended.id })
    .update({
      ...stateOf(decision, { echecs: ended.echecs, atLeast: breaker?.wait ?? 0 }, newer, maintenant),
      lease_until: null,
      updated_at: maintenant,
    });
  await closeAttempt(trx, ended, decision, maintenant);
  if (decision.etat === "accepted") await recordAnswer(trx, { id: ended.id, partner }, ended.outcome);
  if (breaker !== undefined) await moveBreaker(trx, under, breaker);
  if ("partenaire" in decision && decision.partenaire !== undefined)
    await changePartner(trx, partner, decision.partenaire);
  return { taken: true, decision, supersededBy: waits ? newer : undefined };
}

interface UnderWay {
  readonly partner: string;
  readonly sur_inconnue: "renvoyer" | "retenir";
  /** Failures in a row before this attempt. */
  readonly echecs_suite: number;
  readonly maintenant: Date;
  /** What waits behind it, with its content. */
  readonly newer: string | undefined;
  /** What is announced behind it, whose content is still to come. */
  readonly announced: string | undefined;
}

interface UnderWayRow extends Omit<UnderWay, "newer" | "announced"> {
  readonly newer: string | null;
  readonly announced: string | null;
}

/** The delivery that this attempt carries, if it is still the one in flight. */
async function readUnderWay(trx: Knex.Transaction, { id, epoch }: Ended): Promise<UnderWay | undefined> {
  const { rows } = await trx.raw<{ rows: UnderWayRow[] }>(
    `SELECT d.partner, p.sur_inconnue, p.echecs_suite, horloge() AS maintenant,
       CASE WHEN w.snapshot_id IS NOT NULL THEN w.id END AS newer,
       CASE WHEN w.snapshot_id IS NULL THEN w.id END AS announced
     FROM delivery d JOIN partner p ON p.id = d.partner
       LEFT JOIN delivery w ON w.partner = d.partner AND w.etat IN ('scheduled', 'retry', 'held')
     WHERE d.id = ? AND d.epoch = ? AND d.etat = 'in_flight'`,
    [id, epoch],
  );
  const [row] = rows;
  if (row === undefined) return undefined;
  return { ...row, newer: row.newer ?? undefined, announced: row.announced ?? undefined };
}

function stateOf(
  decision: Decision,
  { echecs, atLeast }: { readonly echecs: number; readonly atLeast: number },
  newer: string | undefined,
  now: Date,
): Record<string, unknown> {
  switch (decision.etat) {
    case "accepted":
      return { etat: "accepted", motif: null };
    case "dead":
      return { etat: "dead", motif: decision.motif, echecs: echecs + 1 };
    case "held":
      return newer === undefined
        ? { etat: "held", retenue: "inconnue", motif: decision.motif }
        : gaveWayTo(newer);
    case "retry": {
      const counted = { echecs: decision.compte ? echecs + 1 : echecs };
      if (newer !== undefined) return { ...counted, ...gaveWayTo(newer) };
      // Not before the breaker closes: the date that is shown is the one on which it leaves.
      return {
        ...counted,
        etat: "retry",
        due_at: new Date(now.getTime() + Math.max(decision.delai, atLeast)),
      };
    }
  }
}

const gaveWayTo = (newer: string) => ({
  etat: "superseded",
  motif: "Un contenu plus récent part à sa place.",
  superseded_by: newer,
});

/** Failures in a row from now on, and how long the partner is left alone for them, milliseconds. */
interface Breaker {
  readonly suite: number;
  readonly wait: number | undefined;
}

/** Failures in a row are the partner's, whatever the delivery; what says nothing of the partner moves nothing. */
function breakerAfter(decision: Decision, suite: number): Breaker | undefined {
  if (decision.etat === "accepted") return suite === 0 ? undefined : { suite: 0, wait: undefined };
  if (decision.etat === "held" || (decision.etat === "retry" && !decision.compte)) return undefined;
  return { suite: suite + 1, wait: breakerWait(suite + 1) };
}

async function moveBreaker(
  trx: Knex.Transaction,
  { partner, maintenant }: UnderWay,
  { suite, wait }: Breaker,
): Promise<void> {
  await trx("partner")
    .where({ id: partner })
    .update({
      echecs_suite: suite,
      ouvert_jusqua: wait === undefined ? null : new Date(maintenant.getTime() + wait),
    });
}

async function closeAttempt(
  trx: Knex.Transaction,
  ended: Ended,
  { issue }: Decision,
  now: Date,
): Promise<void> {
  await trx("attempt")
    .where({ delivery_id: ended.id, epoch: ended.epoch })
    .update({ finished_at: now, issue, ...attemptFields(ended) });
}

/** What an attempt keeps of what it brought back, as columns. */
export function attemptFields({ outcome, detail }: Ended): {
  readonly http_status: number | null;
  readonly reponse: string | null;
  readonly detail: string;
} {
  return {
    http_status: statusOf(outcome) ?? null,
    reponse: outcome.kind === "reponse" ? outcome.body : null,
    detail: JSON.stringify({ ...detail, ...wordsOf(outcome) }),
  };
}

/** The newer attempt decides; what this one learnt is kept all the same. */
async function noteLate(trx: Knex.Transaction, { id, epoch, outcome }: Ended): Promise<void> {
  const late = { tardive: { ...wordsOf(outcome), status: statusOf(outcome) ?? null } };
  await trx("attempt")
    .where({ delivery_id: id, epoch })
    .update({ detail: trx.raw("detail || ?::jsonb", [JSON.stringify(late)]) });
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
      return {
        ...(outcome.cut ? { coupee: true } : {}),
        ...(outcome.retryAfter === undefined ? {} : { attendre: outcome.retryAfter }),
        type: outcome.contentType ?? null,
      };
  }
}
