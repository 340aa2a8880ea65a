import type { Knex } from "knex";
import { horloge } from "../../db/index.ts";
import { zProfil } from "../../feed/index.ts";
import { zLimites } from "../../partner/index.ts";
import { conditionOf, type Filtre } from "../listing/index.ts";
import { paceOf } from "../pace.ts";
import { isDemoOffer } from "../plan.ts";
import { type Choisie, type Destinataire, type Ligne, ligneOf } from "./ligne.ts";

/** Deliveries replayed at once; beyond, the filter says too little. */
export const MOST = 20_000;

interface ChoisieRow extends Choisie {
  readonly partner: string;
}

const CHOISIE = `SELECT d.id, d.partner, d.etat, s.sha256,
    (SELECT i.rejeu FROM replay_item i WHERE i.delivery_id = d.id AND i.rejeu IS NOT NULL
      ORDER BY i.batch_id DESC LIMIT 1) AS rejeu
  FROM delivery d JOIN partner p ON p.id = d.partner LEFT JOIN feed_snapshot s ON s.id = d.snapshot_id`;
const LATEST = "ORDER BY d.partner, d.created_at DESC, d.id DESC";

/** What a replay of these deliveries would do, partner by partner; undefined when they are more than {@link MOST}. */
export async function readLignes(trx: Knex.Transaction, filtre: Filtre): Promise<Ligne[] | undefined> {
  const { sql, values } = conditionOf(filtre);
  const { rows } = await trx.raw<{ rows: ChoisieRow[] }>(`${CHOISIE} WHERE ${sql} ${LATEST} LIMIT :most`, {
    ...values,
    most: MOST + 1,
  });
  if (rows.length > MOST) return undefined;
  return lignesOf(trx, rows);
}

/** The same for what is left of a batch at some partners, whose rows are locked. */
export async function readLotLignes(
  trx: Knex.Transaction,
  lot: number,
  partners: readonly string[],
): Promise<Ligne[]> {
  const { rows } = await trx.raw<{ rows: ChoisieRow[] }>(
    `${CHOISIE} JOIN replay_item t ON t.delivery_id = d.id AND t.batch_id = :lot AND t.resultat IS NULL
     WHERE d.partner = ANY(:partners) ${LATEST}`,
    { lot, partners },
  );
  return lignesOf(trx, rows, lot);
}

async function lignesOf(trx: Knex.Transaction, rows: readonly ChoisieRow[], lot?: number): Promise<Ligne[]> {
  const byPartner = new Map<string, ChoisieRow[]>();
  for (const row of rows) {
    const same = byPartner.get(row.partner);
    if (same === undefined) byPartner.set(row.partner, [row]);
    else same.push(row);
  }
  const now = await horloge(trx);
  const partners = await readDestinataires(trx, [...byPartner.keys()], now, lot);
  return partners.map((partner) => ligneOf(partner, byPartner.get(partner.id) ?? [], now));
}

interface Row {
  readonly id: string;
  readonly nom: string;
  readonly etat: Destinataire["etat"];
  readonly etat_motif: string | null;
  readonly gzip: boolean;
  readonly ouvert_jusqua: Date | null;
  readonly limites: unknown;
  readonly demo: boolean;
  readonly definition: unknown;
  readonly snapshot_id: number | null;
  readonly sha256: string | null;
  readonly contenu: string;
  readonly octets: number;
  readonly octets_gz: number;
  readonly w_id: string | null;
  readonly w_etat: "scheduled" | "retry" | "held";
  readonly w_retenue: NonNullable<Destinataire["enAttente"]>["retenue"];
  readonly w_due_at: Date;
  readonly w_snapshot_id: number | null;
  readonly w_sha256: string | null;
  readonly v_id: string | null;
  readonly v_contenu: string;
  readonly lot: number | null;
}

async function readDestinataires(
  trx: Knex.Transaction,
  ids: readonly string[],
  maintenant: Date,
  lot: number | undefined,
): Promise<Destinataire[]> {
  const demoOffer = await isDemoOffer(trx);
  const { rows } = await trx.raw<{ rows: Row[] }>(DESTINATAIRES, { lot: lot ?? 0, ids });
  const found: Destinataire[] = [];
  for (const row of rows) found.push(destinataireOf(row, demoOffer, await notBefore(trx, row, maintenant)));
  return found;
}

/** The later of what its failures and its pace put off. */
async function notBefore(trx: Knex.Transaction, row: Row, maintenant: Date): Promise<Date | undefined> {
  const pace = (await paceOf(trx, row.id, zLimites.parse(row.limites), maintenant))?.at;
  const open = row.ouvert_jusqua ?? undefined;
  return pace === undefined || (open !== undefined && open > pace) ? open : pace;
}

function destinataireOf(row: Row, demoOffer: boolean, pasAvant: Date | undefined): Destinataire {
  return {
    id: row.id,
    nom: row.nom,
    etat: row.etat,
    etatMotif: row.etat_motif,
    calendrier: zProfil.parse(row.definition).calendrier,
    pasAvant,
    horsDemo: demoOffer && !row.demo,
    courant:
      row.snapshot_id === null
        ? undefined
        : {
            snapshotId: row.snapshot_id,
            sha256: row.sha256,
            contenu: row.contenu,
            octets: row.gzip ? row.octets_gz : row.octets,
          },
    enAttente:
      row.w_id === null
        ? undefined
        : {
            id: row.w_id,
            etat: row.w_etat,
            retenue: row.w_retenue,
            dueAt: row.w_due_at,
            annoncee: row.w_snapshot_id === null,
            vide: row.w_snapshot_id !== null && row.w_sha256 === null,
          },
    enVol: row.v_id === null ? undefined : { id: row.v_id, contenu: row.v_contenu },
    lot: row.lot ?? undefined,
  };
}

const DESTINATAIRES = `
  SELECT p.id, p.nom, p.etat, p.etat_motif, p.ouvert_jusqua, p.limites, p.demo, f.definition,
    coalesce(p.transport->>'compression', 'gzip') = 'gzip' AS gzip,
    s.id AS snapshot_id, s.sha256, s.contenu_sha256 AS contenu, s.octets, s.octets_gz,
    w.id AS w_id, w.etat AS w_etat, w.retenue AS w_retenue, w.due_at AS w_due_at, w.snapshot_id AS w_snapshot_id,
    ws.sha256 AS w_sha256, v.id AS v_id, vs.contenu_sha256 AS v_contenu,
    (SELECT min(b.id) FROM replay_batch b JOIN replay_item i ON i.batch_id = b.id AND i.resultat IS NULL
      WHERE b.etat = 'en_cours' AND i.partner = p.id AND b.id <> :lot) AS lot
  FROM partner p JOIN profil f ON f.id = p.profil
    LEFT JOIN LATERAL (SELECT * FROM feed_snapshot WHERE profil = p.profil ORDER BY id DESC LIMIT 1) s ON true
    LEFT JOIN delivery w ON w.partner = p.id AND w.etat IN ('scheduled', 'retry', 'held')
    LEFT JOIN feed_snapshot ws ON ws.id = w.snapshot_id
    LEFT JOIN delivery v ON v.partner = p.id AND v.etat = 'in_flight'
    LEFT JOIN feed_snapshot vs ON vs.id = v.snapshot_id
  WHERE p.id = ANY(:ids) ORDER BY p.id`;
