import type { Knex } from "knex";
import { cronTable, JOBS } from "../../cron/index.ts";
import { horloge } from "../../db/index.ts";
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
const RECENT = 12;

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

/** Where things stand, in a few facts. */
export interface Bref {
  /** The next delivery to leave, and how many others leave with it. */
  readonly depart: { readonly at: Date; readonly nom: string; readonly autres: number } | undefined;
  /** Those whose hour is past, and since when the first of them waits. */
  readonly retard: { readonly nombre: number; readonly ms: number } | undefined;
  readonly enCours: number;
  /** The next job, and those whose last run failed. */
  readonly tache: { readonly at: Date; readonly description: string } | undefined;
  readonly echouees: number;
}

/** What is due is taken up at the next sweep: less is no delay, milliseconds. */
const PATIENCE_MS = 120_000;

export async function readBref(db: Knex): Promise<Bref> {
  const maintenant = await horloge(db);
  const [waiting, taches] = await Promise.all([readWaiting(db), cronTable(db, JOBS, maintenant)]);
  const late = waiting.filter(
    ({ due_at, pret }) => pret && due_at.getTime() + PATIENCE_MS < maintenant.getTime(),
  );
  const [next, ...others] = waiting.filter(({ etat, due_at }) => etat !== "in_flight" && due_at > maintenant);
  const [job] = taches.toSorted((a, b) => a.prochaine.getTime() - b.prochaine.getTime());
  return {
    depart: next && {
      at: next.due_at,
      nom: next.nom,
      autres: others.filter(({ due_at }) => due_at.getTime() === next.due_at.getTime()).length,
    },
    retard: late[0] && { nombre: late.length, ms: maintenant.getTime() - late[0].due_at.getTime() },
    enCours: waiting.filter(({ etat }) => etat === "in_flight").length,
    tache: job && { at: job.prochaine, description: job.description },
    echouees: taches.filter(({ derniere }) => derniere?.etat === "echouee").length,
  };
}

interface WaitingRow {
  readonly etat: string;
  readonly due_at: Date;
  readonly nom: string;
  /** Its content is there and its partner takes it. */
  readonly pret: boolean;
}

/** What waits or is on its way, the first due first: at most two per partner. */
async function readWaiting(db: Knex): Promise<WaitingRow[]> {
  const { rows } = await db.raw<{ rows: WaitingRow[] }>(
    `SELECT d.etat, d.due_at, p.nom, d.etat <> 'in_flight' AND d.snapshot_id IS NOT NULL AND p.etat = 'actif' AS pret
     FROM (SELECT etat, due_at, snapshot_id, partner FROM delivery
             WHERE etat IN ('scheduled', 'retry', 'held') AND etat <> 'held'
           UNION ALL SELECT etat, due_at, snapshot_id, partner FROM delivery WHERE etat = 'in_flight') d
       JOIN partner p ON p.id = d.partner ORDER BY d.due_at, p.nom`,
  );
  return rows;
}
