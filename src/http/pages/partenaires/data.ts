import type { Knex } from "knex";
import { type CleDePartenaire, readKeys } from "../../../access/index.ts";
import { horloge } from "../../../db/index.ts";
import { type DiffusionDeSession, knownRefusals, pendingDeliveries } from "../../../delivery/index.ts";
import type { Profil } from "../../../feed/index.ts";
import {
  listSecrets,
  type Partner,
  readPartner,
  readPartners,
  readProfils,
  type SecretInfo,
} from "../../../partner/index.ts";

/** What happened with a partner lately. */
export interface Activite {
  /** Failures in a row; the breaker is open until the instant beside. */
  readonly echecs: number;
  readonly ouvertJusqua: Date | null;
  readonly dernierEnvoi: {
    readonly id: string;
    readonly etat: string;
    readonly at: Date;
  } | null;
  readonly derniereReussie: { readonly id: string; readonly at: Date } | null;
  readonly dernierTirage: {
    readonly at: Date;
    readonly statut: number;
    readonly snapshot: number | null;
  } | null;
}

export interface PartenaireRow {
  readonly partner: Partner;
  readonly profil: Profil | undefined;
  readonly activite: Activite;
  readonly enAttente: DiffusionDeSession | undefined;
}

export async function readPartenaires(db: Knex): Promise<PartenaireRow[]> {
  const [partners, profils, pending, activites] = await Promise.all([
    readPartners(db),
    readProfils(db),
    pendingDeliveries(db),
    readActivites(db),
  ]);
  return partners.map((partner) => ({
    partner,
    profil: profils.find(({ id }) => id === partner.profil),
    activite: activites.get(partner.id) ?? NOTHING,
    enAttente: pending.find((one) => one.partner === partner.id),
  }));
}

export interface PartenaireDetail extends PartenaireRow {
  /** Names and dates, never values. */
  readonly secrets: readonly SecretInfo[];
  readonly cles: readonly CleDePartenaire[];
  /** The clock of the database: which keys are over by now. */
  readonly maintenant: Date;
  readonly refus: Awaited<ReturnType<typeof knownRefusals>>;
}

/** Refusals shown. */
const REFUSALS = 20;

export async function readPartenaire(db: Knex, id: string): Promise<PartenaireDetail | undefined> {
  const partner = await readPartner(db, id);
  if (partner === undefined) return undefined;
  const [profils, pending, activites, secrets, cles, maintenant, refus] = await Promise.all([
    readProfils(db),
    pendingDeliveries(db),
    readActivites(db, id),
    listSecrets(db, id),
    readKeys(db, id),
    horloge(db),
    knownRefusals(db, id, REFUSALS),
  ]);
  return {
    partner,
    profil: profils.find((one) => one.id === partner.profil),
    activite: activites.get(id) ?? NOTHING,
    enAttente: pending.find((one) => one.partner === id),
    secrets,
    cles,
    maintenant,
    refus,
  };
}

const NOTHING: Activite = {
  echecs: 0,
  ouvertJusqua: null,
  dernierEnvoi: null,
  derniereReussie: null,
  dernierTirage: null,
};

interface Row {
  readonly id: string;
  readonly echecs: number;
  readonly ouvert: Date | null;
  readonly envoi: string | null;
  readonly envoi_etat: string;
  readonly envoi_at: Date;
  readonly reussie: string | null;
  readonly reussie_at: Date;
  readonly tirage_at: Date | null;
  readonly statut: number;
  readonly snapshot_id: number | null;
}

/** Each is one look at the end of an index. */
async function readActivites(db: Knex, id?: string): Promise<ReadonlyMap<string, Activite>> {
  const { rows } = await db.raw<{ rows: Row[] }>(
    `SELECT p.id, p.echecs_suite AS echecs, p.ouvert_jusqua AS ouvert, d.id AS envoi, d.etat AS envoi_etat,
       d.updated_at AS envoi_at, a.id AS reussie, a.updated_at AS reussie_at, t.at AS tirage_at, t.statut, t.snapshot_id
     FROM partner p
     LEFT JOIN LATERAL (SELECT id, etat, updated_at FROM delivery WHERE partner = p.id AND epoch > 0
       ORDER BY created_at DESC LIMIT 1) d ON true
     LEFT JOIN LATERAL (SELECT id, updated_at FROM delivery WHERE partner = p.id AND etat = 'accepted'
       ORDER BY created_at DESC LIMIT 1) a ON true
     LEFT JOIN LATERAL (SELECT at, statut, snapshot_id FROM pull WHERE partner = p.id ORDER BY at DESC LIMIT 1) t ON true
     WHERE CAST(:id AS text) IS NULL OR p.id = :id`,
    { id: id ?? null },
  );
  return new Map(rows.map((row) => [row.id, activiteOf(row)]));
}

function activiteOf(row: Row): Activite {
  return {
    echecs: row.echecs,
    ouvertJusqua: row.ouvert,
    dernierEnvoi: row.envoi === null ? null : { id: row.envoi, etat: row.envoi_etat, at: row.envoi_at },
    derniereReussie: row.reussie === null ? null : { id: row.reussie, at: row.reussie_at },
    dernierTirage:
      row.tirage_at === null ? null : { at: row.tirage_at, statut: row.statut, snapshot: row.snapshot_id },
  };
}
