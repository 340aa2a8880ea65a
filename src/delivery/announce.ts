import type { Knex } from "knex";
import { type Echeance, nextWindow, parisTime } from "../calendar/index.ts";
import { type AVenir, type EtatDesEditions, readAVenir } from "../edition/index.ts";
import { readProfils } from "../partner/index.ts";
import type { PartnerRow } from "./carryOut.ts";
import { insertDelivery } from "./insert.ts";
import { isDemoOffer, PARTNER_ROW, planPartners } from "./plan.ts";
import { supersede } from "./supersede.ts";

/** What announcing did for one partner. */
export interface Announced {
  readonly partner: string;
  readonly act: "annoncer" | "avancer" | "abandonner" | "viser";
  readonly delivery: string;
}

/**
 * Gives each partner that is to receive something later its one waiting delivery: without content yet, due at its first
 * window after the earliest instant at which a version may leave, with each day that puts it off. New changes never
 * postpone it, a withdrawal brings it forward, and it goes when the édition of its day brought nothing: what comes later
 * is announced in its turn. Derived from what is published, so it may be run again at any time by any process.
 */
export async function announceDeliveries(db: Knex): Promise<Announced[]> {
  const profils = (await readProfils(db)).filter(({ mode }) => Array.isArray(mode) && mode.includes("push"));
  const etat = await readAVenir(db, profils);
  const found = await concerned(db, etat, await isDemoOffer(db));
  const done: Announced[] = [];
  for (const id of found) {
    const one = await db.transaction((trx) => announceTo(trx, id, etat));
    if (one !== undefined) done.push(one);
  }
  return done;
}

/**
 * Partners for which something may have to be done, none most of the time: without a waiting delivery though something
 * comes; with one announced for later than what comes; with one whose édition is done, or though nothing comes any more.
 */
async function concerned(
  db: Knex,
  { aVenir, dernieres, maintenant }: EtatDesEditions,
  demo: boolean,
): Promise<string[]> {
  const { rows } = await db.raw<{ rows: { id: string }[] }>(
    `SELECT p.id FROM partner p
       LEFT JOIN unnest(:profils::text[], :dues::timestamptz[], :dernieres::timestamptz[]) AS v(profil, due, derniere)
         ON v.profil = p.profil
       LEFT JOIN delivery d ON d.partner = p.id AND d.etat IN ('scheduled', 'retry', 'held')
     WHERE p.etat <> 'desactive' AND (p.demo OR NOT :demo) AND CASE
       WHEN d.id IS NULL THEN v.profil IS NOT NULL
       WHEN d.snapshot_id IS NULL THEN v.profil IS NULL OR v.due < d.due_at OR d.eligible_at <= v.derniere
       ELSE false END
     ORDER BY p.id`,
    {
      profils: aVenir.map(({ profil }) => profil.id),
      dues: aVenir.map((one) => dueOf(one, maintenant).at),
      dernieres: aVenir.map(({ profil }) => dernieres.get(profil.id) ?? null),
      demo,
    },
  );
  return rows.map(({ id }) => id);
}

/** First window of the profile after the earliest instant: where the count begins, then every day passed over. */
function dueOf({ profil, origine, eligible }: AVenir, maintenant: Date): Echeance {
  const from = eligible.at > maintenant ? eligible.at : maintenant;
  const window = nextWindow(from, profil.calendrier);
  const { attente, calendrier } = profil;
  const begun =
    eligible.at > origine
      ? [
          {
            jour: parisTime(origine).jour,
            raison: `mise en ligne ; ${attente} jours ${calendrier.jours === "ouvres" ? "ouvrés" : "ouvrables"} d'attente`,
          },
        ]
      : [];
  return { at: window.at, explain: [...begun, ...eligible.explain, ...window.explain] };
}

async function announceTo(
  trx: Knex.Transaction,
  id: string,
  etat: EtatDesEditions,
): Promise<Announced | undefined> {
  const { rows } = await trx.raw<{ rows: PartnerRow[] }>(
    `SELECT ${PARTNER_ROW} FROM partner p JOIN profil f ON f.id = p.profil
     WHERE p.id = ? AND p.etat <> 'desactive' FOR NO KEY UPDATE OF p`,
    [id],
  );
  const [partner] = rows;
  if (partner === undefined) return undefined;
  const { maintenant, dernieres } = etat;
  const aVenir = etat.aVenir.find(({ profil }) => profil.id === partner.profil);
  const waiting = await waitingOf(trx, id);
  if (waiting === undefined)
    return aVenir === undefined ? undefined : insert(trx, partner, aVenir, maintenant);
  if (waiting.snapshot_id !== null) return undefined;
  const derniere = dernieres.get(partner.profil);
  const made = derniere !== undefined && waiting.eligible_at <= derniere;
  return aVenir === undefined || made
    ? conclude(trx, partner, waiting.id)
    : bringForward(trx, partner, waiting, dueOf(aVenir, maintenant), aVenir);
}

interface WaitingRow {
  readonly id: string;
  readonly snapshot_id: number | null;
  readonly due_at: Date;
  /** Of one that is announced. */
  readonly eligible_at: Date;
}

async function waitingOf(trx: Knex.Transaction, partner: string): Promise<WaitingRow | undefined> {
  return trx("delivery")
    .where({ partner })
    .whereIn("etat", ["scheduled", "retry", "held"])
    .first("id", "snapshot_id", "due_at", "eligible_at");
}

async function insert(
  trx: Knex.Transaction,
  partner: PartnerRow,
  aVenir: AVenir,
  maintenant: Date,
): Promise<Announced> {
  const id = await insertDelivery(trx, maintenant, {
    partner: partner.id,
    due: dueOf(aVenir, maintenant),
    eligibleAt: aVenir.eligible.at,
  });
  return { partner: partner.id, act: "annoncer", delivery: id };
}

async function bringForward(
  trx: Knex.Transaction,
  { id: partner }: PartnerRow,
  waiting: WaitingRow,
  { at, explain }: Echeance,
  { eligible }: AVenir,
): Promise<Announced | undefined> {
  if (at >= waiting.due_at) return undefined;
  await trx("delivery")
    .where({ id: waiting.id })
    .update({ due_at: at, due_explain: JSON.stringify(explain), eligible_at: eligible.at });
  return { partner, act: "avancer", delivery: waiting.id };
}

/** The édition it waited for is done: it leaves with what that brought, or has nothing to carry. */
async function conclude(
  trx: Knex.Transaction,
  partner: PartnerRow,
  id: string,
): Promise<Announced | undefined> {
  const [planned] = await planPartners(trx, [partner]);
  if (planned !== undefined) return { partner: partner.id, act: "viser", delivery: id };
  await supersede(
    trx,
    [{ id }],
    "L'édition attendue n'a rien changé pour ce destinataire : il n'y a rien à lui envoyer.",
  );
  return { partner: partner.id, act: "abandonner", delivery: id };
}
