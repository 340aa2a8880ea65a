import type { Knex } from "knex";
import { explainRefusal, type RefusExplique } from "./codes.ts";
import { codesOf } from "./mappings.ts";
import type { Remarque } from "./remarques.ts";
import type { Comptes, IssueAccuse } from "./store.ts";

/** Where a session stands at one partner's, once something was sent. */
export interface SessionReceipt {
  readonly partner: string;
  readonly nom: string;
  /** First accepted delivery of the newest content of the session that was sent; `rejetee`: refused as a whole since. */
  readonly envoi: {
    readonly delivery: string;
    readonly at: Date;
    readonly version: number;
    readonly rejetee: boolean;
  };
  readonly accuse: SessionAccuse | undefined;
}

export interface SessionAccuse {
  readonly etat: "acquittee" | "visible" | "refusee";
  readonly at: Date;
  readonly delivery: string;
  /** It is about the content that was sent last, not about an older one. */
  readonly actuel: boolean;
  /** As the partner wrote them. */
  readonly code: string | null;
  readonly message: string | null;
  /** Of a refusal. */
  readonly refus: RefusExplique | undefined;
}

interface SessionRow {
  readonly partner: string;
  readonly nom: string;
  readonly delivery: string;
  readonly envoyee: Date;
  readonly version: number;
  readonly rejetee: boolean;
  readonly depuis: number;
  readonly etat: SessionAccuse["etat"] | null;
  readonly at: Date;
  readonly accusee: string;
  readonly accuse_depuis: number;
  readonly code: string | null;
  readonly message: string | null;
}

/**
 * What became of a session at each partner that it was sent to, by id of partner.
 * @param where.partner only this one
 */
export async function sessionReceipts(
  db: Knex,
  where: { readonly session: string; readonly partner?: string | undefined },
): Promise<SessionReceipt[]> {
  const { rows } = await db.raw<{ rows: SessionRow[] }>(SESSION, {
    session: where.session,
    partner: where.partner ?? null,
  });
  return Promise.all(rows.map((row) => sessionReceipt(db, row)));
}

async function sessionReceipt(db: Knex, row: SessionRow): Promise<SessionReceipt> {
  const { partner, nom, version, rejetee, etat, code, message } = row;
  const refus =
    etat === "refusee"
      ? explainRefusal({ code: code ?? "", message: message ?? "" }, await codesOf(db, partner))
      : undefined;
  return {
    partner,
    nom,
    envoi: { delivery: row.delivery, at: row.envoyee, version, rejetee },
    accuse:
      etat === null
        ? undefined
        : {
            etat,
            at: row.at,
            delivery: row.accusee,
            actuel: row.accuse_depuis === row.depuis,
            code,
            message,
            refus,
          },
  };
}

const SESSION = `
  SELECT p.id AS partner, p.nom, e.delivery, coalesce(t.finished_at, e.updated_at) AS envoyee, e.version, e.rejetee,
    e.depuis, a.etat, a.at, a.delivery_id AS accusee, a.depuis AS accuse_depuis, a.code, a.message
  FROM partner p
  CROSS JOIN LATERAL (
    SELECT d.id AS delivery, d.epoch, d.updated_at, f.session_version AS version, d.etat = 'rejected' AS rejetee,
      f.from_snapshot AS depuis
    FROM feed_presence f
    JOIN delivery d ON d.partner = p.id AND d.snapshot_id >= f.from_snapshot
      AND (f.to_snapshot IS NULL OR d.snapshot_id < f.to_snapshot) AND d.etat IN ('accepted', 'rejected')
    WHERE f.session = :session AND EXISTS (
      SELECT 1 FROM feed_snapshot s WHERE s.id = d.snapshot_id AND s.profil = f.profil)
    ORDER BY f.from_snapshot DESC, d.etat, d.created_at LIMIT 1) e
  LEFT JOIN attempt t ON t.delivery_id = e.delivery AND t.epoch = e.epoch
  LEFT JOIN session_accuse a ON a.partner = p.id AND a.session = :session
  WHERE CAST(:partner AS text) IS NULL OR p.id = :partner
  ORDER BY p.id`;

/** One receipt of a delivery. */
export interface ReceiptSummary {
  readonly id: number;
  readonly etape: "reception" | "traitement";
  readonly issue: IssueAccuse;
  readonly source: string;
  readonly recuLe: Date;
  readonly nom: string | null;
  readonly sha256: string | null;
  readonly comptes: Comptes;
  /** What the sessions that are not named are, when it says so. */
  readonly reste: "acquittee" | "visible" | null;
  readonly remarques: readonly Remarque[];
  readonly detail: Readonly<Record<string, unknown>>;
}

export interface LineSummary {
  readonly rang: number;
  readonly ecrit: string;
  readonly session: string | null;
  readonly mot: string;
  readonly code: string;
  readonly message: string;
}

/** All that was said of a delivery. */
export interface ReceiptsSummary {
  readonly delivery: string;
  readonly partner: string;
  readonly etat: string;
  readonly motif: string | null;
  readonly sessions: number;
  /** Oldest first. */
  readonly receipts: readonly ReceiptSummary[];
  /** Sessions refused in the newest receipt that names any, each refusal explained; the first ones. */
  readonly refusees: readonly (LineSummary & { readonly refus: RefusExplique })[];
  /** Lines of sessions that the delivery did not hold; the first ones. */
  readonly inconnues: readonly LineSummary[];
}

/** Lines shown. */
const SHOWN = 100;

/** @returns undefined when there is no such delivery */
export async function receiptsSummary(
  db: Knex,
  deliveryId: string,
  shown = SHOWN,
): Promise<ReceiptsSummary | undefined> {
  const { rows } = await db.raw<{
    rows: { partner: string; etat: string; motif: string | null; sessions: number | null }[];
  }>(
    `SELECT d.partner, d.etat, d.motif, s.sessions FROM delivery d LEFT JOIN feed_snapshot s ON s.id = d.snapshot_id
     WHERE d.id = ?`,
    [deliveryId],
  );
  const [delivery] = rows;
  if (delivery === undefined) return undefined;
  const receipts = (await db("receipt").where({ delivery_id: deliveryId }).orderBy("id")).map(summaryOf);
  const codes = await codesOf(db, delivery.partner);
  const newest = receipts.findLast(({ comptes }) => comptes.lignes > 0);
  const refusees = newest === undefined ? [] : await linesOf(db, newest.id, "refusee", shown);
  return {
    delivery: deliveryId,
    ...delivery,
    sessions: delivery.sessions ?? 0,
    receipts,
    refusees: refusees.map((line) => ({ ...line, refus: explainRefusal(line, codes) })),
    inconnues: newest === undefined ? [] : await linesOf(db, newest.id, "inconnue_de_nous", shown),
  };
}

async function linesOf(db: Knex, receipt: number, statut: string, limit: number): Promise<LineSummary[]> {
  return db("receipt_line")
    .where({ receipt_id: receipt, statut })
    .orderBy("rang")
    .limit(limit)
    .select("rang", "ecrit", "session", "mot", "code", "message");
}

interface Row extends Comptes {
  readonly id: number;
  readonly etape: "reception" | "traitement";
  readonly issue: IssueAccuse;
  readonly source: string;
  readonly received_at: Date;
  readonly nom: string | null;
  readonly sha256: string | null;
  readonly reste: "acquittee" | "visible" | null;
  readonly detail: Readonly<Record<string, unknown>> & { readonly remarques?: readonly Remarque[] };
}

function summaryOf(row: Row): ReceiptSummary {
  const { id, etape, issue, source, nom, sha256, reste } = row;
  const { lignes, acquittees, visibles, refusees, illisibles, inconnues } = row;
  const { remarques = [], ...detail } = row.detail;
  return {
    id,
    etape,
    issue,
    source,
    recuLe: row.received_at,
    nom,
    sha256,
    comptes: { lignes, acquittees, visibles, refusees, illisibles, inconnues },
    reste,
    remarques,
    detail,
  };
}
