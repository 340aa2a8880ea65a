import type { Knex } from "knex";
import { recordAct } from "../../audit/index.ts";
import { horloge } from "../../db/index.ts";
import { insertDelivery } from "../insert.ts";
import type { Ligne } from "./ligne.ts";
import { readLotLignes } from "./read.ts";

export interface AdvanceOptions {
  /** Partners in one transaction. */
  readonly chunk?: number;
  /** Deliveries done so far, of how many. */
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

interface Batch {
  readonly id: number;
  readonly etat: string;
  readonly acteur: string;
  readonly motif: string | null;
}

/**
 * Makes what is left of a confirmed replay, a few partners at a time, each time whole or not at all: whoever is killed
 * in the middle, another call goes on from there, and two at once do not make anything twice.
 */
export async function advanceReplay(db: Knex, lot: number, options: AdvanceOptions = {}): Promise<void> {
  const { chunk = 20, onProgress, signal } = options;
  for (let more = true; more && signal?.aborted !== true; ) {
    more = await db.transaction((trx) => advanceChunk(trx, lot, chunk));
    if (onProgress !== undefined) await tell(db, lot, onProgress);
  }
}

/** Goes on with every replay that is under way: those of a process that was killed. @returns how many there were */
export async function advanceReplays(db: Knex, options: AdvanceOptions = {}): Promise<number> {
  const open = await db<Batch>("replay_batch").where({ etat: "en_cours" }).orderBy("id").select("id");
  for (const { id } of open) await advanceReplay(db, id, options);
  return open.length;
}

async function tell(db: Knex, lot: number, onProgress: (done: number, total: number) => void): Promise<void> {
  const { rows } = await db.raw<{ rows: { done: number; total: number }[] }>(
    "SELECT count(resultat) AS done, count(*) AS total FROM replay_item WHERE batch_id = ?",
    [lot],
  );
  if (rows[0] !== undefined) onProgress(rows[0].done, rows[0].total);
}

/** @returns is there more to do? */
async function advanceChunk(trx: Knex.Transaction, lot: number, chunk: number): Promise<boolean> {
  const batch: Batch | undefined = await trx<Batch>("replay_batch")
    .where({ id: lot })
    .forNoKeyUpdate()
    .first();
  if (batch?.etat !== "en_cours") return false;
  const { rows: left } = await trx.raw<{ rows: { partner: string }[] }>(
    "SELECT DISTINCT partner FROM replay_item WHERE batch_id = ? AND resultat IS NULL ORDER BY partner LIMIT ?",
    [lot, chunk + 1],
  );
  const partners = left.slice(0, chunk).map(({ partner }) => partner);
  await trx.raw("SELECT 1 FROM partner WHERE id = ANY(?) ORDER BY id FOR NO KEY UPDATE", [partners]);
  const lignes = await readLotLignes(trx, lot, partners);
  const made: { readonly ligne: Ligne; readonly rejeu: string }[] = [];
  for (const ligne of lignes) {
    const rejeu = await make(trx, batch, ligne);
    await trx("replay_item")
      .where({ batch_id: lot, partner: ligne.partner, resultat: null })
      .update({
        resultat: ligne.sort,
        rejeu: rejeu ?? null,
        motif: ligne.phrase,
        done_at: trx.raw("horloge()"),
      });
    if (rejeu !== undefined) made.push({ ligne, rejeu });
  }
  const more = left.length > chunk;
  if (!more)
    await trx("replay_batch")
      .where({ id: lot })
      .update({ etat: "fini", finished_at: trx.raw("horloge()") });
  for (const { ligne, rejeu } of made) await record(trx, batch, ligne, rejeu);
  return more;
}

/** @returns the delivery that leaves */
async function make(trx: Knex.Transaction, batch: Batch, ligne: Ligne): Promise<string | undefined> {
  switch (ligne.sort) {
    case "refuse":
      return undefined;
    case "rejoint":
      if (ligne.avance !== undefined)
        await trx("delivery")
          .where({ id: ligne.par, etat: "retry" })
          .update({
            due_at: ligne.avance.at,
            due_explain: JSON.stringify(ligne.avance.explain),
            updated_at: trx.raw("horloge()"),
          });
      return ligne.par;
    case "cree":
      return create(trx, batch, ligne);
  }
}

async function create(
  trx: Knex.Transaction,
  batch: Batch,
  { partner, diffusions, snapshotId, remplace, echeance }: Extract<Ligne, { sort: "cree" }>,
): Promise<string> {
  return insertDelivery(trx, await horloge(trx), {
    partner,
    snapshotId,
    due: echeance,
    replayOf: diffusions[0],
    replayBatchId: batch.id,
    ...(remplace === undefined ? {} : { place: { de: remplace, motif: "Un rejeu part à sa place." } }),
  });
}

function record(trx: Knex.Transaction, batch: Batch, ligne: Ligne, rejeu: string): Promise<number> {
  return recordAct(trx, {
    acteur: batch.acteur,
    acte: "diffusion.rejouer",
    objet: { type: "diffusion", id: rejeu },
    motif: batch.motif ?? undefined,
    detail: {
      lot: batch.id,
      sort: ligne.sort,
      partenaire: ligne.partner,
      rejoue: ligne.diffusions,
      ...(ligne.sort === "cree"
        ? { contenu: ligne.contenu, sha256: ligne.sha256, remplace: ligne.remplace }
        : {}),
    },
  });
}
