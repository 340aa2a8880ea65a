import type { Knex } from "knex";
import { type Ligne, readActs } from "../../audit/index.ts";
import type { JourSaute } from "../../calendar/index.ts";
import { type Snapshot, snapshotById } from "../../snapshot/index.ts";
import { type ReceiptsSummary, receiptsSummary } from "../receipts/index.ts";
import type { Etat, Retenue } from "./mots.ts";

export interface Tentative {
  readonly epoch: number;
  readonly worker: string;
  readonly started_at: Date;
  readonly finished_at: Date | null;
  readonly issue: string | null;
  readonly http_status: number | null;
  /** At most 64 KB. */
  readonly reponse: string | null;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** Another delivery that this one is tied to, and how. */
export interface Lien {
  readonly lien: "rejoue" | "rejouee_par" | "remplace" | "remplacee_par";
  readonly id: string;
  readonly etat: Etat;
  readonly created_at: Date;
}

/** Everything that is known of one delivery. */
export interface Detail {
  readonly id: string;
  readonly partner: {
    readonly id: string;
    readonly nom: string;
    readonly profil: string;
    readonly etat: string;
    readonly etatMotif: string | null;
  };
  readonly etat: Etat;
  readonly retenue: Retenue | null;
  readonly motif: string | null;
  readonly dueAt: Date;
  /** Each day that put it off. */
  readonly dueExplain: readonly JourSaute[];
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly epoch: number;
  readonly echecs: number;
  /** Of the bytes sent, once bound. */
  readonly sha256: string | null;
  readonly lot: number | null;
  /** Absent while the content is to come. */
  readonly contenu: Snapshot | undefined;
  /** Is it what the profile shows now? */
  readonly actuel: boolean;
  readonly tentatives: readonly Tentative[];
  readonly accuses: ReceiptsSummary | undefined;
  readonly liens: readonly Lien[];
  readonly audit: readonly Ligne[];
}

interface Row {
  readonly id: string;
  readonly partner: string;
  readonly nom: string;
  readonly profil: string;
  readonly partner_etat: string;
  readonly etat_motif: string | null;
  readonly etat: Etat;
  readonly retenue: Retenue | null;
  readonly motif: string | null;
  readonly due_at: Date;
  readonly due_explain: readonly JourSaute[];
  readonly created_at: Date;
  readonly updated_at: Date;
  readonly epoch: number;
  readonly echecs: number;
  readonly sha256: string | null;
  readonly snapshot_id: number | null;
  readonly replay_batch_id: number | null;
  readonly courant: number | null;
}

/** Lines of the audit shown with a delivery. */
const MOST_ACTS = 50;

/** Everything known of a delivery; undefined when there is none of that name. */
export async function readDelivery(db: Knex, id: string): Promise<Detail | undefined> {
  const { rows } = await db.raw<{ rows: Row[] }>(
    `SELECT d.*, p.nom, p.profil, p.etat AS partner_etat, p.etat_motif,
       (SELECT s.id FROM feed_snapshot s WHERE s.profil = p.profil ORDER BY s.id DESC LIMIT 1) AS courant
     FROM delivery d JOIN partner p ON p.id = d.partner WHERE d.id = ?`,
    [id],
  );
  const [row] = rows;
  if (row === undefined) return undefined;
  return {
    id,
    partner: {
      id: row.partner,
      nom: row.nom,
      profil: row.profil,
      etat: row.partner_etat,
      etatMotif: row.etat_motif,
    },
    etat: row.etat,
    retenue: row.retenue,
    motif: row.motif,
    dueAt: row.due_at,
    dueExplain: row.due_explain,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    epoch: row.epoch,
    echecs: row.echecs,
    sha256: row.sha256,
    lot: row.replay_batch_id,
    contenu: row.snapshot_id === null ? undefined : await snapshotById(db, row.snapshot_id),
    actuel: row.snapshot_id !== null && row.snapshot_id === row.courant,
    tentatives: await db("attempt")
      .where({ delivery_id: id })
      .select("epoch", "worker", "started_at", "finished_at", "issue", "http_status", "reponse", "detail")
      .orderBy("epoch"),
    accuses: await receiptsSummary(db, id),
    liens: await readLinks(db, id),
    audit: (await readActs(db, { objet: { type: "diffusion", id }, limit: MOST_ACTS })).reverse(),
  };
}

async function readLinks(db: Knex, id: string): Promise<Lien[]> {
  const { rows } = await db.raw<{ rows: Lien[] }>(
    `SELECT l.lien, d.id, d.etat, d.created_at FROM (
       SELECT 'rejoue' AS lien, delivery_id AS id FROM replay_item WHERE rejeu = :id
       UNION SELECT 'rejoue', replay_of FROM delivery WHERE id = :id
       UNION SELECT 'rejouee_par', rejeu FROM replay_item WHERE delivery_id = :id
       UNION SELECT 'rejouee_par', id FROM delivery WHERE replay_of = :id
       UNION SELECT 'remplace', id FROM delivery WHERE superseded_by = :id
       UNION SELECT 'remplacee_par', superseded_by FROM delivery WHERE id = :id
     ) l JOIN delivery d ON d.id = l.id ORDER BY d.created_at, d.id, l.lien`,
    { id },
  );
  return rows;
}
