import type { Knex } from "knex";
import { z } from "zod";
import { type Echeance, nextWindow } from "../calendar/index.ts";
import { horloge } from "../db/index.ts";
import { readAVenir } from "../edition/index.ts";
import { zProfil } from "../feed/index.ts";
import { insertDelivery } from "./insert.ts";
import { type Act, planOf, type Situation } from "./planning.ts";
import { readSituation } from "./situation.ts";

/** What the outbox announces to this stage: a new snapshot (src/edition), a partner added or woken (src/partner). */
const zAnnonce = z.discriminatedUnion("sujet", [
  z.object({ sujet: z.literal("snapshot.publie"), charge: z.object({ profil: z.string() }) }),
  z.object({ sujet: z.literal("partenaire.modifie"), charge: z.object({ partenaire: z.string() }) }),
]);
const SUJETS = ["snapshot.publie", "partenaire.modifie"];

/** Announcements taken in one transaction. */
const BATCH = 100;

/** A row of the outbox. */
export interface Announcement {
  readonly id: number;
  readonly sujet: string;
  readonly charge: unknown;
}

/** One thing that planning did, for the journal. */
export interface Planned {
  readonly partner: string;
  readonly act: Exclude<Act, { do: "rien" }>;
  /** Id of the delivery created, if any. */
  readonly delivery: string | undefined;
}

/**
 * Drains the announcements and brings each partner concerned to what it is still to receive. Any number of processes
 * may call it at once.
 * @param onUnreadable told of an announcement that says nothing that we know
 * @returns what was changed
 */
export async function planDeliveries(
  db: Knex,
  onUnreadable: (announcement: Announcement, reason: Error) => void = () => {},
): Promise<Planned[]> {
  const done: Planned[] = [];
  for (;;) {
    const { taken, planned } = await db.transaction((trx) => planBatch(trx, onUnreadable));
    done.push(...planned);
    if (taken < BATCH) return done;
  }
}

async function planBatch(
  trx: Knex.Transaction,
  onUnreadable: (announcement: Announcement, reason: Error) => void,
): Promise<{ taken: number; planned: Planned[] }> {
  const { rows } = await trx.raw<{ rows: Announcement[] }>(
    `SELECT id, sujet, charge FROM outbox WHERE done_at IS NULL AND sujet = ANY(?)
     ORDER BY id LIMIT ${BATCH} FOR UPDATE SKIP LOCKED`,
    [SUJETS],
  );
  if (rows.length === 0) return { taken: 0, planned: [] };
  const annonces = rows.flatMap((row) => {
    const read = zAnnonce.safeParse(row);
    // Passed over rather than left at the head of the line, where it would stop every delivery.
    if (!read.success) onUnreadable(row, read.error);
    return read.success ? [read.data] : [];
  });
  const profils = annonces.flatMap((one) => (one.sujet === "snapshot.publie" ? [one.charge.profil] : []));
  const ids = annonces.flatMap((one) => (one.sujet === "partenaire.modifie" ? [one.charge.partenaire] : []));
  // Always the partner first and in the order of ids: so do claim and completion, and nobody waits in a circle.
  const partners = await trx.raw<{ rows: PartnerRow[] }>(
    `SELECT ${PARTNER_ROW} FROM partner p JOIN profil f ON f.id = p.profil
     WHERE p.etat <> 'desactive' AND (p.profil = ANY(?) OR p.id = ANY(?)) ORDER BY p.id FOR NO KEY UPDATE OF p`,
    [profils, ids],
  );
  const demo = await isDemoOffer(trx);
  const planned: Planned[] = [];
  for (const partner of partners.rows) {
    if (demo && !partner.demo) continue;
    const one = await planPartner(trx, partner);
    if (one !== undefined) planned.push(one);
  }
  await trx.raw("UPDATE outbox SET done_at = horloge() WHERE id = ANY(?)", [rows.map(({ id }) => id)]);
  return { taken: rows.length, planned };
}

/** What planning knows of a partner, whose row is locked. */
export interface PartnerRow {
  readonly id: string;
  readonly profil: string;
  readonly demo: boolean;
  readonly definition: unknown;
  /** Does its profile leave by itself? Otherwise the partner comes and takes it. */
  readonly pousse: boolean;
}

/** {@link PartnerRow} of `partner p` and `profil f`. */
export const PARTNER_ROW =
  "p.id, p.profil, p.demo, f.definition, coalesce(f.definition->'mode' @> '\"push\"', false) AS pousse";

/** Is any of what is published the demonstration? A real offer may have taken its place since. */
export async function isDemoOffer(db: Knex): Promise<boolean> {
  const { rows } = await db.raw<{ rows: unknown[] }>(
    "SELECT 1 FROM published_action WHERE origine = 'demo' AND retired_at IS NULL LIMIT 1",
  );
  return rows.length > 0;
}

/** Brings one partner, whose row is locked, to what it is still to receive. */
export async function planPartner(trx: Knex.Transaction, partner: PartnerRow): Promise<Planned | undefined> {
  if (!partner.pousse) return endWaiting(trx, partner.id);
  const comes = async () => (await readAVenir(trx, [zProfil.parse(partner.definition)])).aVenir.length > 0;
  const situation = await readSituation(trx, partner.id, partner.profil, comes);
  if (situation === undefined) return undefined;
  const act = planOf(situation);
  switch (act.do) {
    case "rien":
      return undefined;
    case "viser":
      await aim(trx, partner, act.id, situation);
      return { partner: partner.id, act, delivery: undefined };
    case "remplacer":
      await supersede(
        trx,
        act.id,
        act.par,
        "Le destinataire a déjà ce contenu, ou est en train de le recevoir.",
      );
      return { partner: partner.id, act, delivery: undefined };
    case "creer":
      return { partner: partner.id, act, delivery: await create(trx, partner, situation, act) };
  }
}

/** Nothing leaves for a partner that comes and takes its file. */
async function endWaiting(trx: Knex.Transaction, partner: string): Promise<Planned | undefined> {
  const waiting = await trx("delivery")
    .where({ partner })
    .whereIn("etat", ["scheduled", "retry", "held"])
    .first("id");
  if (waiting === undefined) return undefined;
  await supersede(
    trx,
    waiting.id,
    undefined,
    "Le profil de ce destinataire ne part plus par envoi : il vient prendre son fichier.",
  );
  return { partner, act: { do: "remplacer", id: waiting.id, par: undefined }, delivery: undefined };
}

/** The waiting one takes the current content; one that was announced may leave sooner for it, never later. */
async function aim(
  trx: Knex.Transaction,
  { definition }: PartnerRow,
  id: string,
  { courant, enAttente }: Situation,
): Promise<void> {
  const announced = enAttente?.snapshotId === undefined;
  await trx("delivery").where({ id }).update({ snapshot_id: courant.snapshotId });
  if (!announced) return;
  const { at, explain } = nextWindow(await horloge(trx), zProfil.parse(definition).calendrier);
  await trx("delivery")
    .where({ id })
    .where("due_at", ">", at)
    .update({ due_at: at, due_explain: JSON.stringify(explain) });
}

async function create(
  trx: Knex.Transaction,
  partner: PartnerRow,
  { courant }: Situation,
  act: Extract<Act, { do: "creer" }>,
): Promise<string> {
  const now = await horloge(trx);
  const motif = act.retenue === undefined ? null : MOTIFS[act.retenue];
  const { at, explain } = await dueOf(trx, partner, now, act);
  // The place must be free before it is taken again, and the link can only be made afterwards.
  if (act.remplace !== undefined)
    await supersede(trx, act.remplace, undefined, "Un contenu plus récent part à sa place.");
  const id = await insertDelivery(trx, partner.id, now, {
    snapshot_id: courant.snapshotId,
    etat: act.etat,
    retenue: act.retenue ?? null,
    motif,
    due_at: at,
    due_explain: JSON.stringify(explain),
  });
  if (act.remplace !== undefined)
    await trx("delivery").where({ id: act.remplace }).update({ superseded_by: id });
  return id;
}

const MOTIFS = {
  vide: "Plus rien n'est dans le périmètre de ce destinataire : un flux vide n'existe pas. Vérifiez l'offre publiée et le périmètre.",
  operateur:
    "Un contenu plus récent prend la place de celui qui était retenu : il attend de même d'être relâché.",
};

/** The partner's next window; not before what a delivery that it takes the place of had to wait for. */
async function dueOf(
  trx: Knex.Transaction,
  partner: PartnerRow,
  now: Date,
  act: Extract<Act, { do: "creer" }>,
): Promise<Echeance> {
  const { calendrier } = zProfil.parse(partner.definition);
  if (act.remplace === undefined) return nextWindow(now, calendrier);
  const replaced = await trx("delivery").where({ id: act.remplace, etat: "retry" }).first("due_at");
  const due: Date | undefined = replaced?.due_at;
  return nextWindow(due !== undefined && due > now ? due : now, calendrier);
}

/** Ends a delivery that waits in favour of another, or of none. */
export async function supersede(
  trx: Knex.Transaction,
  id: string,
  by: string | undefined,
  motif: string,
): Promise<void> {
  await trx("delivery")
    .where({ id })
    .whereIn("etat", ["scheduled", "retry", "held"])
    .update({ etat: "superseded", motif, superseded_by: by ?? null, updated_at: trx.raw("horloge()") });
}
