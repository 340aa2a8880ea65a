import type { Knex } from "knex";
import { type Echeance, nextWindow, parisTime } from "../calendar/index.ts";
import { prepared, together } from "../db/index.ts";
import { zProfil } from "../feed/index.ts";
import {
  fileNameOf,
  type Partner,
  type PartnerRow,
  partnerJson,
  partnerOf,
  type SealedSecret,
  sealedJson,
} from "../partner/index.ts";
import type { FileFacts } from "../snapshot/index.ts";
import { failure } from "./outcome.ts";
import { paceOf } from "./pace.ts";
import { settle } from "./settle.ts";

/** A delivery that this worker holds: what to send, and the epoch that proves it is still ours. */
export interface Claimed {
  readonly id: string;
  readonly epoch: number;
  readonly echecs: number;
  readonly partner: Partner;
  /** What the partner asks for to let us in, still encrypted. */
  readonly scelles: readonly SealedSecret[];
  /** When it was claimed, on the clock of the database. */
  readonly instant: Date;
  readonly fichier: {
    /** Of the XML, whatever is sent: by it the store finds the file. */
    readonly sha256Xml: string;
    /** Of the bytes to send. */
    readonly sha256: string;
    readonly octets: number;
    readonly gzip: boolean;
    readonly nom: string;
  };
  readonly formations: number;
  readonly sessions: number;
}

/** Why there is nothing to do now; none of these is a fault. */
export type NotClaimed =
  | "inconnue"
  /** Another worker is at this partner. */
  | "prise"
  | "terminee"
  | "pas_due"
  /** The partner takes nothing now: window, pace or breaker. It is due later, and says why. */
  | "differee"
  | "partenaire_inactif"
  /** Something newer was published and is not planned yet: planning says what becomes of this one. */
  | "a_planifier";

export type Claim = { readonly claimed: Claimed } | { readonly refused: NotClaimed };

export interface ClaimOptions {
  /** Who claims, for the record of the attempt. */
  readonly worker: string;
  /** How long the claim holds without being renewed. */
  readonly leaseMs: number;
}

/** What is known of an attempt whose worker gave no more sign of life. */
const VANISHED = failure(
  "inconnue",
  "L'envoi s'est interrompu : le destinataire a pu tout recevoir, en partie, ou rien.",
);

interface Row {
  readonly id: string;
  readonly etat: string;
  readonly partner: PartnerRow;
  readonly scelles: readonly SealedSecret[];
  /** NULL: announced, its content is still to come. */
  readonly snapshot_id: number | null;
  readonly sha256: string | null;
  readonly epoch: number;
  readonly echecs: number;
  readonly maintenant: Date;
  /** First attempt, if there was one. */
  readonly depart: Date | null;
  readonly due: boolean;
  readonly lapsed: boolean;
  readonly busy: boolean;
  /** The profile has another content by now, or none yet when the partner has just been given that profile. */
  readonly stale: boolean;
  readonly definition: unknown;
  readonly echecs_suite: number;
  /** The breaker of the partner is open until then. */
  readonly ouvert_jusqua: Date | null;
  /** What the snapshot wrote; NULL: nothing was in scope. */
  readonly fichier: FileFacts | null;
  readonly formations: number;
  readonly sessions: number;
}

/**
 * Takes a delivery, if it is to leave now, on the clock of the database. What is known is read first, without a lock;
 * then it is taken under the lock of its partner, if nothing changed meanwhile: the epoch moves and the attempt is written
 * before any byte leaves, and the first attempt binds the bytes. Both are statements for all claims of the moment.
 */
export async function claim(db: Knex, id: string, options: ClaimOptions): Promise<Claim> {
  const row = await readRow(db, id);
  if (row === undefined) return { refused: "inconnue" };
  if (!row.lapsed) return consider(db, id, row, options);
  if (!(await settleVanished(db, id, row.partner.id))) return { refused: "prise" };
  const after = await readRow(db, id);
  return after === undefined ? { refused: "inconnue" } : consider(db, id, after, options);
}

/** @returns false when another worker is at this partner */
async function settleVanished(db: Knex, id: string, partner: string): Promise<boolean> {
  return db.transaction(async (trx) => {
    const locked = await trx.raw<{ rows: unknown[] }>(
      "SELECT 1 FROM partner WHERE id = ? FOR NO KEY UPDATE SKIP LOCKED",
      [partner],
    );
    if (locked.rows.length === 0) return false;
    // It may have been taken up, or its worker heard of, since it was read.
    const row = await readRow(trx, id);
    if (row?.lapsed === true)
      await settle(trx, {
        id,
        epoch: row.epoch,
        outcome: VANISHED,
        echecs: row.echecs,
        dejaRecu: [],
        hasard: 0,
      });
    return true;
  });
}

async function consider(db: Knex, id: string, row: Row, options: ClaimOptions): Promise<Claim> {
  const partner = partnerOf(row.partner);
  const refused = refusal(row, partner);
  if (refused !== undefined) return { refused };
  const later = await putOff(db, row, partner);
  if (later !== undefined) {
    await db("delivery")
      .where({ id, epoch: row.epoch })
      .whereIn("etat", ["scheduled", "retry"])
      .update({ due_at: later.at, due_explain: JSON.stringify(later.explain) });
    return { refused: "differee" };
  }
  const { fichier: file } = row;
  if (file === null) return { refused: "a_planifier" };
  // Once bound, the form that was sent first is sent again, even if the partner's settings changed meanwhile.
  const gzip = row.sha256 === null ? partner.transport.compression === "gzip" : row.sha256 === file.sha256Gz;
  const sha256 = gzip ? file.sha256Gz : file.sha256;
  const epoch = row.epoch + 1;
  if (!(await take(db, { id, row, sha256, ...options }))) return { refused: "prise" };
  return {
    claimed: {
      id,
      epoch,
      echecs: row.echecs,
      partner,
      scelles: row.scelles,
      instant: row.maintenant,
      fichier: {
        sha256Xml: file.sha256,
        sha256,
        octets: gzip ? file.octetsGz : file.octets,
        gzip,
        nom: fileNameOf(partner.transport.fichier, {
          profil: partner.profil,
          gzip,
          depart: row.depart ?? row.maintenant,
          sha256,
          diffusion: id,
        }),
      },
      formations: row.formations,
      sessions: row.sessions,
    },
  };
}

interface Taking extends ClaimOptions {
  readonly id: string;
  readonly row: Row;
  readonly sha256: string;
}

/** Takes what was read, and only that: a delivery that moved meanwhile, or a partner at work, is left alone. */
const take = together<Taking, boolean>(async (db, all) => {
  // Asked for twice at once, it is taken once.
  const first = new Map(all.toReversed().map((one) => [one.id, one]));
  const each = [...first.values()];
  try {
    const rows = await TAKE(db, [
      each.map(({ id }) => id),
      each.map(({ row }) => row.epoch),
      each.map(({ row }) => row.snapshot_id),
      each.map(({ sha256 }) => sha256),
      each.map(({ leaseMs }) => leaseMs),
      each.map(({ worker }) => worker),
    ]);
    const taken = new Set(rows.map(({ id }) => first.get(id)));
    return all.map((one) => taken.has(one));
  } catch (error) {
    // Another delivery of this partner left in between.
    if (all.length === 1 && isInFlight(error)) return [false];
    throw error;
  }
});

const isInFlight = (error: unknown): boolean =>
  error instanceof Error && "constraint" in error && error.constraint === "delivery_in_flight";

/** The partner first, as everywhere, then the delivery, without waiting for either. */
const TAKE = prepared<{ id: string }>(
  "delivery_take",
  `WITH free AS (
    SELECT d.id, asked.sha256, asked.lease, asked.worker
    FROM unnest($1::text[], $2::integer[], $3::bigint[], $4::text[], $5::float8[], $6::text[])
        AS asked(id, epoch, snapshot, sha256, lease, worker)
      JOIN delivery d ON d.id = asked.id JOIN partner p ON p.id = d.partner
    WHERE d.epoch = asked.epoch AND d.snapshot_id = asked.snapshot AND d.etat IN ('scheduled', 'retry')
      AND d.due_at <= horloge() AND p.etat = 'actif'
    FOR NO KEY UPDATE OF p, d SKIP LOCKED),
  taken AS (
    UPDATE delivery d SET etat = 'in_flight', epoch = d.epoch + 1, sha256 = free.sha256, updated_at = horloge(),
      lease_until = horloge() + free.lease * interval '1 millisecond'
    FROM free WHERE d.id = free.id RETURNING d.id, d.epoch, free.worker)
  INSERT INTO attempt (delivery_id, epoch, worker) SELECT id, epoch, worker FROM taken RETURNING delivery_id AS id`,
);

/** When the partner takes something again, if not now. */
async function putOff(db: Knex, row: Row, partner: Partner): Promise<Echeance | undefined> {
  const { maintenant, ouvert_jusqua, echecs_suite } = row;
  if (ouvert_jusqua !== null && ouvert_jusqua > maintenant) {
    const raison = `laissé tranquille après ${echecs_suite} échecs de suite`;
    return { at: ouvert_jusqua, explain: [{ jour: parisTime(maintenant).jour, raison }] };
  }
  const pace = await paceOf(db, partner.id, partner.limites, maintenant);
  if (pace !== undefined) return pace;
  const window = nextWindow(maintenant, zProfil.parse(row.definition).calendrier);
  return window.at > maintenant ? window : undefined;
}

function refusal(row: Row, partner: Partner): NotClaimed | undefined {
  if (row.etat === "in_flight" || row.busy) return "prise";
  if (row.etat !== "scheduled" && row.etat !== "retry") return "terminee";
  if (partner.etat !== "actif") return "partenaire_inactif";
  if (!row.due) return "pas_due";
  return row.stale || row.snapshot_id === null ? "a_planifier" : undefined;
}

const readRow = together<string, Row | undefined>(async (db, ids) => {
  const rows = new Map((await READ(db, [ids])).map((row) => [row.id, row]));
  return ids.map((id) => rows.get(id));
});

const READ = prepared<Row>(
  "delivery_claim",
  `SELECT d.id, d.etat, d.snapshot_id, d.sha256, d.epoch, d.echecs, f.definition, c.maintenant,
    ${partnerJson("p")} AS partner, ${sealedJson("p.id")} AS scelles, p.echecs_suite, p.ouvert_jusqua,
    (SELECT a.started_at FROM attempt a WHERE a.delivery_id = d.id ORDER BY a.epoch LIMIT 1) AS depart,
    d.due_at <= c.maintenant AS due,
    d.etat = 'in_flight' AND d.lease_until < c.maintenant AS lapsed,
    EXISTS (SELECT 1 FROM delivery o WHERE o.partner = d.partner AND o.etat = 'in_flight' AND o.id <> d.id) AS busy,
    s.contenu_sha256 IS DISTINCT FROM (SELECT n.contenu_sha256 FROM feed_snapshot n WHERE n.profil = p.profil
                                       ORDER BY n.id DESC LIMIT 1) AS stale,
    CASE WHEN s.sha256 IS NOT NULL THEN jsonb_build_object('sha256', s.sha256, 'sha256Gz', s.sha256_gz,
      'octets', s.octets, 'octetsGz', s.octets_gz) END AS fichier,
    s.formations, s.sessions
  FROM delivery d JOIN partner p ON p.id = d.partner JOIN profil f ON f.id = p.profil
    LEFT JOIN feed_snapshot s ON s.id = d.snapshot_id,
    LATERAL (SELECT horloge() AS maintenant) c
  WHERE d.id = ANY($1)`,
);
