import type { Knex } from "knex";
import { type Delivery, HELD } from "./match.ts";

/**
 * Moves on where each session stands at the partner's, by what one receipt says of it. The newest delivery holds, then
 * the newest receipt, whatever the order in which they are read. A session seen visible stays so while the same content
 * is only acknowledged again.
 * @param reste what the sessions of the delivery that the receipt does not name are; null: nothing is known of them
 */
export async function moveStates(
  trx: Knex.Transaction,
  {
    partner,
    receipt,
    delivery,
    reste,
  }: {
    readonly partner: string;
    readonly receipt: number;
    readonly delivery: Delivery;
    readonly reste: "acquittee" | "visible" | null;
  },
): Promise<void> {
  await trx.raw(MOVE, {
    partner,
    receipt,
    delivery: delivery.id,
    profil: delivery.profil,
    snapshot: delivery.snapshot_id,
    reste,
  });
}

const MOVE = `
  WITH dite AS (
    -- Of several lines on one session, the refusal counts.
    SELECT DISTINCT ON (session) session, statut, code, message FROM receipt_line
    WHERE receipt_id = :receipt AND session IS NOT NULL AND statut IN ('acquittee', 'visible', 'refusee')
    ORDER BY session, statut = 'refusee' DESC, statut = 'visible' DESC, rang
  )
  INSERT INTO session_accuse AS a (partner, session, etat, code, message, delivery_id, receipt_id, at, depuis,
    ordre_at, ordre_receipt)
  SELECT :partner, p.session, coalesce(d.statut, :reste), nullif(d.code, ''), nullif(d.message, ''), :delivery, r.id,
    r.received_at, p.from_snapshot, l.created_at, r.id
  FROM feed_presence p
  JOIN receipt r ON r.id = :receipt
  JOIN delivery l ON l.id = :delivery
  LEFT JOIN dite d ON d.session = p.session
  WHERE ${HELD} AND (d.session IS NOT NULL OR CAST(:reste AS text) IS NOT NULL)
  ON CONFLICT (partner, session) DO UPDATE SET
    (etat, code, message, delivery_id, receipt_id, at, depuis) = (
      SELECT CASE WHEN k.garde THEN a.etat ELSE excluded.etat END,
        CASE WHEN k.garde THEN a.code ELSE excluded.code END,
        CASE WHEN k.garde THEN a.message ELSE excluded.message END,
        CASE WHEN k.garde THEN a.delivery_id ELSE excluded.delivery_id END,
        CASE WHEN k.garde THEN a.receipt_id ELSE excluded.receipt_id END,
        CASE WHEN k.garde THEN a.at ELSE excluded.at END,
        CASE WHEN k.garde THEN a.depuis ELSE excluded.depuis END
      FROM (SELECT a.etat = 'visible' AND excluded.etat = 'acquittee' AND a.depuis = excluded.depuis AS garde) k),
    (ordre_at, ordre_receipt) = (
      SELECT max(o.at), max(o.receipt) FILTER (WHERE o.at = greatest(a.ordre_at, excluded.ordre_at))
      FROM (VALUES (a.ordre_at, a.ordre_receipt), (excluded.ordre_at, excluded.ordre_receipt)) AS o (at, receipt))
  WHERE (excluded.ordre_at, excluded.ordre_receipt) > (a.ordre_at, a.ordre_receipt)
    -- Read late, but it says more of the same content.
    OR (excluded.etat = 'visible' AND a.etat = 'acquittee' AND a.depuis = excluded.depuis)`;
