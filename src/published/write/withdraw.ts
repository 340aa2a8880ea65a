import type { Knex } from "knex";
import { horloge } from "../../db/index.ts";
import type { MotifDeRetrait, RecordKind } from "../contract/index.ts";
import { announceChange } from "./announce.ts";
import { lockPublished } from "./lock.ts";

export interface WithdrawOptions {
  readonly motif: MotifDeRetrait;
  /** The operator's own words; never in a feed. */
  readonly note?: string;
}

export interface Withdrawn {
  /** Numbers that were published until now; the others were not and are left out. */
  readonly numeros: readonly string[];
  /** Sessions that left with their action. */
  readonly sessions: readonly string[];
}

/**
 * Withdraws records: all their versions that are still published are retired now, so that none comes back by way
 * of a longer wait. An action takes its sessions with it. Publishing the number again continues its history.
 * @param trx a transaction; other writers of the contract wait until it ends
 */
export async function withdraw(
  trx: Knex.Transaction,
  kind: RecordKind,
  numeros: readonly string[],
  options: WithdrawOptions,
): Promise<Withdrawn> {
  if (numeros.length === 0) return { numeros: [], sessions: [] };
  await lockPublished(trx);
  const at = await horloge(trx);
  const sessions =
    kind === "action" ? await retire(trx, "session", await sessionsOf(trx, numeros), options, at) : [];
  return { numeros: await retire(trx, kind, numeros, options, at), sessions };
}

/** Sessions that belong to these actions by their newest version: an older one may have belonged elsewhere. */
async function sessionsOf(trx: Knex.Transaction, actions: readonly string[]): Promise<string[]> {
  const { rows } = await trx.raw<{ rows: { numero: string }[] }>(
    `SELECT numero FROM (
       SELECT DISTINCT ON (numero) numero, action FROM published_session
        WHERE retired_at IS NULL
          AND numero IN (SELECT numero FROM published_session WHERE action = ANY (?::text[]) AND retired_at IS NULL)
        ORDER BY numero, version DESC) derniere
      WHERE action = ANY (?::text[])`,
    [[...actions], [...actions]],
  );
  return rows.map(({ numero }) => numero);
}

async function retire(
  trx: Knex.Transaction,
  kind: RecordKind,
  numeros: readonly string[],
  { motif, note }: WithdrawOptions,
  at: Date,
): Promise<string[]> {
  const { rows } = await trx.raw<{ rows: { numero: string }[] }>(
    `WITH retirees AS (
       UPDATE published_${kind} SET retired_at = ?, retired_reason = ?, retired_note = ?
        WHERE numero = ANY (?::text[]) AND retired_at IS NULL RETURNING numero)
     SELECT DISTINCT numero FROM retirees ORDER BY numero`,
    [at, motif, note ?? null, [...numeros]],
  );
  if (rows.length > 0) await announceChange(trx, kind, { retraits: rows.length });
  return rows.map(({ numero }) => numero);
}
