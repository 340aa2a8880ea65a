import type { Knex } from "knex";
import type { Profil } from "../../feed/index.ts";
import { readProfils } from "../../partner/index.ts";
import { currentSnapshot, type Snapshot } from "../../snapshot/index.ts";

/** A profile and the feed that it serves now. */
export interface ProfilRow {
  readonly profil: Profil;
  readonly snapshot: Snapshot | undefined;
}

export interface DeliveryRow {
  readonly id: string;
  readonly partner: string;
  readonly nom: string;
  readonly etat: string;
  readonly motif: string | null;
  readonly due_at: Date;
  readonly due_explain: readonly { readonly jour: string; readonly raison: string }[];
  readonly epoch: number;
  readonly sha256: string | null;
  readonly issue: string | null;
  readonly http_status: number | null;
  /** Steps of the acknowledgement, the first one first. */
  readonly receipts: readonly { readonly etape: string; readonly issue: string }[];
}

/** What an édition says of one profile, as it was kept. */
export interface EditionProfil {
  readonly profil: string;
  readonly issue: string;
  readonly sha256: string | null;
  readonly compte: {
    readonly formations: number;
    readonly sessions: number;
    readonly formationsEcartees: number;
    readonly sessionsEcartees: number;
    readonly retenues: number;
    readonly enAttente: number;
    readonly dansLePerimetre: number;
    readonly dehors: Readonly<Record<string, number>>;
  };
}

export interface EditionRow {
  readonly id: number;
  readonly etat: string;
  readonly horloge: Date;
  readonly started_at: Date;
  readonly finished_at: Date | null;
  readonly erreur: string | null;
  readonly bilan: {
    readonly profils?: readonly EditionProfil[];
    readonly notices?: Readonly<Record<string, { readonly severity: string; readonly nombre: number }>>;
  };
}

export interface NoticeRow {
  readonly code: string;
  readonly severity: string;
  readonly path: string;
  readonly message: string;
  readonly action: string | null;
  readonly session: string | null;
  readonly organisme: string | null;
}

/** How many lines the overview shows of what goes on for ever. */
const RECENT = 20;

/** Profiles in the order in which the product lists them, each with its current feed. */
export async function readProfilRows(db: Knex): Promise<ProfilRow[]> {
  const profils = await readProfils(db);
  const rows = await Promise.all(
    profils.map(async (profil) => ({ profil, snapshot: await currentSnapshot(db, profil.id) })),
  );
  const served = ({ profil }: ProfilRow): number => (Array.isArray(profil.mode) ? 0 : 1);
  return rows.sort((a, b) => served(a) - served(b));
}

/** The latest deliveries, those that wait first. */
export async function readDeliveries(db: Knex): Promise<DeliveryRow[]> {
  const { rows } = await db.raw<{ rows: DeliveryRow[] }>(
    `SELECT d.id, d.partner, p.nom, d.motif,
       -- Its content is still to come.
       CASE WHEN d.etat = 'scheduled' AND d.snapshot_id IS NULL THEN 'annoncee' ELSE d.etat END AS etat, d.due_at, d.due_explain, d.epoch, d.sha256,
       a.issue, a.http_status,
       coalesce((SELECT jsonb_agg(jsonb_build_object('etape', r.etape, 'issue', r.issue) ORDER BY r.id)
                 FROM receipt r WHERE r.delivery_id = d.id), '[]') AS receipts
     FROM (SELECT * FROM delivery ORDER BY created_at DESC LIMIT ${RECENT}) d
       JOIN partner p ON p.id = d.partner
       LEFT JOIN attempt a ON a.delivery_id = d.id AND a.epoch = d.epoch
     ORDER BY d.etat IN ('scheduled', 'retry', 'held', 'in_flight') DESC, d.created_at DESC`,
  );
  return rows;
}

/** The latest feed runs. */
export async function readEditions(db: Knex): Promise<EditionRow[]> {
  return db<EditionRow>("edition").orderBy("id", "desc").limit(RECENT);
}

/** One feed run, if there is such a one. */
export async function readEdition(db: Knex, id: number): Promise<EditionRow | undefined> {
  return db<EditionRow>("edition").where({ id }).first();
}

/** What was said of the offer in one run: what sets aside first. */
export async function readNotices(db: Knex, edition: number, limit: number): Promise<NoticeRow[]> {
  const { rows } = await db.raw<{ rows: NoticeRow[] }>(
    `SELECT code, severity, path, message, action, session, organisme FROM edition_notice
     WHERE edition_id = ? ORDER BY severity <> 'bloquant', severity <> 'avertissement', rang LIMIT ?`,
    [edition, limit],
  );
  return rows;
}
