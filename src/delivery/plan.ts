import type { Knex } from "knex";
import { z } from "zod";
import { readAVenir } from "../edition/index.ts";
import { zProfil } from "../feed/index.ts";
import { carryOut, endWaiting, type PartnerRow, type Planned } from "./carryOut.ts";
import { planOf } from "./planning.ts";
import { readSituations } from "./situation.ts";

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
  const planned = await planPartners(
    trx,
    partners.rows.filter((partner) => partner.demo || !demo),
  );
  await trx.raw("UPDATE outbox SET done_at = horloge() WHERE id = ANY(?)", [rows.map(({ id }) => id)]);
  return { taken: rows.length, planned };
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

/** Brings partners, whose rows are locked, to what they are still to receive. */
export async function planPartners(
  trx: Knex.Transaction,
  partners: readonly PartnerRow[],
): Promise<Planned[]> {
  const pushed = partners.filter(({ pousse }) => pousse);
  const fetched = partners.filter(({ pousse }) => !pousse);
  const situations = await readSituations(trx, pushed, comesLater(trx));
  const todo = pushed.flatMap((partner) => {
    const situation = situations.get(partner.id);
    return situation === undefined ? [] : [{ partner, situation, act: planOf(situation) }];
  });
  return [...(await endWaiting(trx, fetched)), ...(await carryOut(trx, todo))];
}

/** Does something come later for the profile of a partner? Read once for each profile. */
function comesLater(trx: Knex.Transaction): (partner: PartnerRow) => Promise<boolean> {
  const known = new Map<string, boolean>();
  return async ({ profil, definition }) => {
    const comes = known.get(profil) ?? (await readAVenir(trx, [zProfil.parse(definition)])).aVenir.length > 0;
    known.set(profil, comes);
    return comes;
  };
}
