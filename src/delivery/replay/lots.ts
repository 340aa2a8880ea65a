import type { Knex } from "knex";
import type { Etat } from "../listing/index.ts";

/** A confirmed replay and how far it is. */
export interface Lot {
  readonly id: number;
  readonly etat: "a_valider" | "en_cours" | "fini" | "abandonne";
  readonly acteur: string;
  readonly valideur: string | null;
  readonly motif: string | null;
  readonly diffusions: number;
  readonly envois: number;
  readonly confirmed_at: Date;
  readonly finished_at: Date | null;
  /** Of the deliveries asked for again. */
  readonly faites: number;
}

/** What became of one delivery asked for again. */
export interface LotItem {
  readonly delivery_id: string;
  readonly partner: string;
  readonly resultat: "cree" | "rejoint" | "refuse" | null;
  readonly rejeu: string | null;
  readonly rejeu_etat: Etat | null;
  readonly motif: string | null;
}

const LOT = `SELECT b.id, b.etat, b.acteur, b.valideur, b.motif, b.diffusions, b.envois, b.confirmed_at, b.finished_at,
    (SELECT count(i.resultat) FROM replay_item i WHERE i.batch_id = b.id) AS faites
  FROM replay_batch b`;

/** Replays that wait for a second person or are under way, the oldest first. */
export async function openLots(db: Knex): Promise<Lot[]> {
  const { rows } = await db.raw<{ rows: Lot[] }>(
    `${LOT} WHERE b.etat IN ('a_valider', 'en_cours') ORDER BY b.id`,
  );
  return rows;
}

/** One confirmed replay with what became of each delivery; undefined when there is none of that number. */
export async function readLot(
  db: Knex,
  id: number,
): Promise<(Lot & { readonly items: readonly LotItem[] }) | undefined> {
  const { rows } = await db.raw<{ rows: Lot[] }>(`${LOT} WHERE b.id = ? AND b.etat <> 'apercu'`, [id]);
  const [lot] = rows;
  if (lot === undefined) return undefined;
  const { rows: items } = await db.raw<{ rows: LotItem[] }>(
    `SELECT i.delivery_id, i.partner, i.resultat, i.rejeu, d.etat AS rejeu_etat, i.motif
     FROM replay_item i LEFT JOIN delivery d ON d.id = i.rejeu WHERE i.batch_id = ?
     ORDER BY i.partner, i.delivery_id DESC`,
    [id],
  );
  return { ...lot, items };
}
