import type { Knex } from "knex";
import { type Echeance, nextWindow, parisTime } from "../calendar/index.ts";
import { zProfil } from "../feed/index.ts";
import { fileNameOf, type Partner, readPartner } from "../partner/index.ts";
import { snapshotById } from "../snapshot/index.ts";
import { failure } from "./outcome.ts";
import { paceOf } from "./pace.ts";
import { settle } from "./settle.ts";

/** A delivery that this worker holds: what to send, and the epoch that proves it is still ours. */
export interface Claimed {
  readonly id: string;
  readonly epoch: number;
  readonly echecs: number;
  readonly partner: Partner;
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
  readonly etat: string;
  readonly partner: string;
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
}

/**
 * Takes a delivery, if it is to leave now: on the clock of the database, under the lock of its partner. The epoch moves
 * and the attempt is written before any byte leaves; the first attempt binds the bytes.
 */
export async function claim(db: Knex, id: string, options: ClaimOptions): Promise<Claim> {
  return db.transaction(async (trx) => {
    const locked = await trx.raw<{ rows: unknown[] }>(
      `SELECT 1 FROM partner WHERE id = (SELECT partner FROM delivery WHERE id = ?) FOR NO KEY UPDATE SKIP LOCKED`,
      [id],
    );
    if (locked.rows.length === 0) return { refused: "prise" };
    const row = await readRow(trx, id);
    if (row === undefined) return { refused: "inconnue" };
    if (!row.lapsed) return take(trx, id, row, options);
    await settle(trx, {
      id,
      epoch: row.epoch,
      outcome: VANISHED,
      echecs: row.echecs,
      dejaRecu: [],
      hasard: 0,
    });
    const after = await readRow(trx, id);
    return after === undefined ? { refused: "inconnue" } : take(trx, id, after, options);
  });
}

async function take(trx: Knex.Transaction, id: string, row: Row, options: ClaimOptions): Promise<Claim> {
  const partner = await readPartner(trx, row.partner);
  if (partner === undefined) return { refused: "inconnue" };
  const refused = refusal(row, partner);
  if (refused !== undefined) return { refused };
  const later = await putOff(trx, row, partner);
  if (later !== undefined) {
    await trx("delivery")
      .where({ id })
      .update({ due_at: later.at, due_explain: JSON.stringify(later.explain) });
    return { refused: "differee" };
  }
  const snapshot = row.snapshot_id === null ? undefined : await snapshotById(trx, row.snapshot_id);
  const file = snapshot?.file;
  if (snapshot === undefined || file === undefined || file === null) return { refused: "a_planifier" };
  // Once bound, the form that was sent first is sent again, even if the partner's settings changed meanwhile.
  const gzip = row.sha256 === null ? partner.transport.compression === "gzip" : row.sha256 === file.sha256Gz;
  const sha256 = gzip ? file.sha256Gz : file.sha256;
  const epoch = row.epoch + 1;
  await trx("delivery")
    .where({ id })
    .update({
      etat: "in_flight",
      epoch,
      sha256,
      lease_until: trx.raw("horloge() + ? * interval '1 millisecond'", [options.leaseMs]),
      updated_at: trx.raw("horloge()"),
    });
  await trx("attempt").insert({ delivery_id: id, epoch, worker: options.worker });
  return {
    claimed: {
      id,
      epoch,
      echecs: row.echecs,
      partner,
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
      formations: snapshot.formations,
      sessions: snapshot.sessions,
    },
  };
}

/** When the partner takes something again, if not now. */
async function putOff(trx: Knex.Transaction, row: Row, partner: Partner): Promise<Echeance | undefined> {
  const { maintenant, ouvert_jusqua, echecs_suite } = row;
  if (ouvert_jusqua !== null && ouvert_jusqua > maintenant) {
    const raison = `laissé tranquille après ${echecs_suite} échecs de suite`;
    return { at: ouvert_jusqua, explain: [{ jour: parisTime(maintenant).jour, raison }] };
  }
  const pace = await paceOf(trx, partner.id, partner.limites, maintenant);
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

async function readRow(trx: Knex.Transaction, id: string): Promise<Row | undefined> {
  const { rows } = await trx.raw<{ rows: Row[] }>(
    `SELECT d.etat, d.partner, d.snapshot_id, d.sha256, d.epoch, d.echecs, f.definition, c.maintenant,
       (SELECT a.started_at FROM attempt a WHERE a.delivery_id = d.id ORDER BY a.epoch LIMIT 1) AS depart,
       d.due_at <= c.maintenant AS due,
       d.etat = 'in_flight' AND d.lease_until < c.maintenant AS lapsed,
       EXISTS (SELECT 1 FROM delivery o WHERE o.partner = d.partner AND o.etat = 'in_flight' AND o.id <> d.id) AS busy,
       p.echecs_suite, p.ouvert_jusqua,
       s.contenu_sha256 IS DISTINCT FROM (SELECT n.contenu_sha256 FROM feed_snapshot n WHERE n.profil = p.profil
                            ORDER BY n.id DESC LIMIT 1) AS stale
     FROM delivery d JOIN partner p ON p.id = d.partner JOIN profil f ON f.id = p.profil
       LEFT JOIN feed_snapshot s ON s.id = d.snapshot_id,
       LATERAL (SELECT horloge() AS maintenant) c
     WHERE d.id = ?`,
    [id],
  );
  return rows[0];
}
