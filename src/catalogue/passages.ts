import type { Knex } from "knex";
import { recordAct } from "../audit/index.ts";
import { type Auteur, porteeOf } from "./auteur.ts";

/** A change of state, dated and signed. */
export interface Passage {
  readonly id: number;
  readonly session_id: number | null;
  /** Of the session, when it is about one. */
  readonly reference: string | null;
  readonly at: Date;
  readonly acteur: string;
  readonly evenement: string;
  readonly de: string | null;
  readonly vers: string;
  readonly message: string | null;
  readonly detail: Readonly<Record<string, unknown>>;
}

export interface NouveauPassage {
  readonly action: number;
  readonly session?: number | undefined;
  readonly evenement: string;
  readonly de: string | null;
  readonly vers: string;
  readonly message?: string | undefined;
  readonly detail?: Readonly<Record<string, unknown>> | undefined;
}

/**
 * Writes a passage in the history and in the audit. The audit comes last in a transaction: its chain is held from there to
 * the end.
 */
export async function recordPassage(
  trx: Knex.Transaction,
  { acteur }: Auteur,
  { action, session, evenement, de, vers, message, detail = {} }: NouveauPassage,
): Promise<void> {
  await trx("catalogue_passage").insert({
    action_id: action,
    session_id: session ?? null,
    acteur,
    evenement,
    de,
    vers,
    message: message ?? null,
    detail: JSON.stringify(detail),
  });
  await recordAct(trx, {
    acteur,
    acte: `catalogue.${evenement}`,
    objet:
      session === undefined
        ? { type: "action", id: String(action) }
        : { type: "session", id: String(session) },
    motif: message,
    detail: { de, vers, ...detail },
  });
}

export interface PageDePassages {
  readonly passages: readonly Passage[];
  /** Id to ask the older ones before. */
  readonly suite: number | undefined;
}

/** The history of an action and of its sessions, the latest first; empty when it is not the author's to see. */
export async function readPassages(
  db: Knex,
  auteur: Auteur,
  actionId: number,
  { limit = 100, avant }: { limit?: number; avant?: number | undefined } = {},
): Promise<PageDePassages> {
  const { sql, bindings } = porteeOf(auteur);
  const { rows } = await db.raw<{ rows: Passage[] }>(
    `SELECT p.id, p.session_id, s.reference, p.at, p.acteur, p.evenement, p.de, p.vers, p.message, p.detail
     FROM catalogue_passage p JOIN catalogue_action a ON a.id = p.action_id
     LEFT JOIN catalogue_session s ON s.id = p.session_id
     WHERE p.action_id = :actionId AND ${sql} AND (:avant::bigint IS NULL OR p.id < :avant)
     ORDER BY p.id DESC LIMIT :plus`,
    { actionId, plus: limit + 1, avant: avant ?? null, ...bindings },
  );
  const passages = rows.slice(0, limit).map((row) => ({
    ...row,
    id: Number(row.id),
    session_id: row.session_id === null ? null : Number(row.session_id),
  }));
  return { passages, suite: rows.length > limit ? passages.at(-1)?.id : undefined };
}
