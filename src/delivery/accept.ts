import type { Knex } from "knex";
import { prepared, together } from "../db/index.ts";
import type { Claimed } from "./claim.ts";
import { type Decision, decide } from "./decide.ts";
import { type PlainAnswer, plainAnswer } from "./receipts/index.ts";
import { attemptFields, type Ended } from "./settle.ts";

/**
 * The usual end of an attempt, in one statement for all that end at the moment: accepted, with an answer that says no
 * more than that the file came. It writes what {@link settle} would, under the same lock and for the same epoch.
 * @returns what was decided; undefined when nothing was written and `settle` is to look closer: another outcome, an
 *   answer that tells of sessions, a partner that is locked, or a delivery that is not in flight under this epoch any more
 */
export async function acceptAtOnce(
  db: Knex,
  { partner, instant }: Pick<Claimed, "partner" | "instant">,
  ended: Ended,
): Promise<Decision | undefined> {
  // Of an outcome that ends well neither the partner's wishes nor the hour change anything.
  const decision = decide(ended.outcome, {
    ...ended,
    surInconnue: partner.sur_inconnue,
    maintenant: instant,
  });
  const answer = decision.etat === "accepted" ? plainAnswer(ended.outcome) : undefined;
  if (answer === undefined) return undefined;
  return (await accept(db, { ended, issue: decision.issue, answer })) ? decision : undefined;
}

interface Accepting {
  readonly ended: Ended;
  readonly issue: Decision["issue"];
  readonly answer: PlainAnswer;
}

const accept = together<Accepting, boolean>(async (db, all) => {
  const fields = all.map(({ ended }) => attemptFields(ended));
  const taken = await ACCEPT(db, [
    all.map(({ ended }) => ended.id),
    all.map(({ ended }) => ended.epoch),
    all.map(({ issue }) => issue),
    fields.map(({ http_status }) => http_status),
    fields.map(({ reponse }) => reponse),
    fields.map(({ detail }) => detail),
    all.map(({ answer }) => JSON.stringify(answer.receipts)),
    all.map(({ answer }) => answer.muette),
  ]);
  const done = new Set(taken.map(({ id, epoch }) => `${id}.${epoch}`));
  return all.map(({ ended }) => done.has(`${ended.id}.${ended.epoch}`));
});

/** The partner first, as everywhere, then the delivery, without waiting for either; all else follows from them. */
const ACCEPT = prepared<{ id: string; epoch: number }>(
  "delivery_accept",
  `WITH free AS (
    SELECT ended.*, d.partner
    FROM unnest($1::text[], $2::integer[], $3::text[], $4::integer[], $5::text[], $6::jsonb[], $7::jsonb[], $8::boolean[])
        AS ended(id, epoch, issue, http_status, reponse, detail, receipts, muette)
      JOIN delivery d ON d.id = ended.id JOIN partner p ON p.id = d.partner
    WHERE d.epoch = ended.epoch AND d.etat = 'in_flight'
      -- An answer in which the partner says what became of sessions is read by its mapping.
      AND (ended.muette OR NOT EXISTS (
        SELECT 1 FROM partner_accuse a WHERE a.partner = d.partner AND a.definition->'source'->>'type' = 'reponse'))
    FOR NO KEY UPDATE OF p, d SKIP LOCKED),
  done AS (
    UPDATE delivery d SET etat = 'accepted', motif = NULL, lease_until = NULL, updated_at = horloge()
    FROM free WHERE d.id = free.id RETURNING d.id, d.epoch, d.updated_at),
  closed AS (
    UPDATE attempt a SET finished_at = done.updated_at, issue = free.issue, http_status = free.http_status,
      reponse = free.reponse, detail = free.detail
    FROM free JOIN done USING (id, epoch) WHERE a.delivery_id = free.id AND a.epoch = free.epoch),
  said AS (
    INSERT INTO receipt (delivery_id, partner, etape, issue, detail)
    SELECT free.id, free.partner, r.etape, r.issue, r.detail
    FROM free JOIN done USING (id, epoch),
      jsonb_to_recordset(free.receipts) AS r(etape text, issue text, detail jsonb)),
  closed_breaker AS (
    UPDATE partner p SET echecs_suite = 0, ouvert_jusqua = NULL
    FROM free JOIN done USING (id, epoch) WHERE p.id = free.partner AND p.echecs_suite > 0)
  SELECT id, epoch FROM done`,
);
