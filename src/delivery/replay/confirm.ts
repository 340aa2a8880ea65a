import type { Knex } from "knex";
import { recordAct } from "../../audit/index.ts";
import { type Acted, missing } from "../acts/index.ts";
import { zFiltre } from "../listing/index.ts";
import { empreinteOf } from "./empreinte.ts";
import type { Ligne } from "./ligne.ts";
import { readLignes } from "./read.ts";

/** A replay that was confirmed: being made, or waiting for a second person. */
export interface Confirme {
  readonly lot: number;
  readonly etat: "en_cours" | "a_valider";
}

interface Row {
  readonly id: number;
  readonly etat: "apercu" | "a_valider" | "en_cours" | "fini" | "abandonne";
  readonly expire: boolean;
  readonly filtre: unknown;
  readonly empreinte: string;
  readonly diffusions: number;
  readonly envois: number;
  readonly acteur: string;
  readonly motif: string | null;
}

/** Any number that nothing else uses for an advisory lock in this database. */
const LOCK = 7_340_231_021;

const CHANGED =
  "Ce qui avait été montré a changé entre-temps (contenu, diffusions ou destinataires) : refaites l'aperçu, lisez-le, puis confirmez.";

/**
 * Confirms what a preview showed: that very thing, once. Nothing leaves yet, see {@link advanceReplay}.
 * @param seuil files beyond which a second person must agree
 */
export async function confirmReplay(
  db: Knex,
  jeton: string,
  { acteur, motif, seuil }: { readonly acteur: string; readonly motif: string; readonly seuil: number },
): Promise<Acted<Confirme>> {
  const refused = missing({ acteur, motif });
  if (refused !== undefined) return { refused };
  return db.transaction(async (trx) => {
    const batch = await lock(trx, { jeton });
    if (batch === undefined) return { refused: "Aperçu inconnu ou trop ancien : refaites-le." };
    if (batch.acteur !== acteur)
      return { refused: `Cet aperçu est celui de ${batch.acteur} : faites le vôtre.` };
    if (batch.etat !== "apercu")
      return { refused: `Cet aperçu a déjà été confirmé : c'est le rejeu n° ${batch.id}.` };
    if (batch.expire) return { refused: "Cet aperçu a plus d'un quart d'heure : refaites-le." };
    if (batch.envois === 0) return { refused: "Rien ne peut partir : voyez pourquoi dans l'aperçu." };
    const lignes = await unchanged(trx, batch);
    if (lignes === undefined) return { refused: CHANGED };
    const etat = batch.envois > seuil ? "a_valider" : "en_cours";
    await trx("replay_batch")
      .where({ id: batch.id })
      .update({ etat, motif, confirmed_at: trx.raw("horloge()") });
    await trx.batchInsert(
      "replay_item",
      lignes.flatMap((ligne) => itemsOf(batch.id, ligne, trx)),
    );
    await record(trx, batch, {
      acteur,
      motif,
      acte: "rejeu.confirmer",
      detail: { etat, filtre: batch.filtre },
    });
    return { done: { lot: batch.id, etat } };
  });
}

/** The second person agrees to a replay; what leaves must still be what the first one confirmed. */
export async function approveReplay(
  db: Knex,
  lot: number,
  { acteur, motif }: { readonly acteur: string; readonly motif: string },
): Promise<Acted<Confirme>> {
  const refused = missing({ acteur, motif });
  if (refused !== undefined) return { refused };
  return db.transaction(async (trx) => {
    const batch = await lock(trx, { id: lot });
    if (batch?.etat !== "a_valider") return { refused: `Le rejeu n° ${lot} n'attend pas d'accord.` };
    if (batch.acteur === acteur)
      return { refused: `${acteur} a demandé ce rejeu : une autre personne doit donner son accord.` };
    if ((await unchanged(trx, batch)) === undefined)
      return { refused: `${CHANGED} Le rejeu n° ${lot} peut être abandonné.` };
    await trx("replay_batch").where({ id: lot }).update({ etat: "en_cours", valideur: acteur });
    await record(trx, batch, { acteur, motif, acte: "rejeu.valider" });
    return { done: { lot, etat: "en_cours" } };
  });
}

/** Gives up what a replay has not made yet; what it made stays. */
export async function abandonReplay(
  db: Knex,
  lot: number,
  { acteur, motif }: { readonly acteur: string; readonly motif: string },
): Promise<Acted> {
  const refused = missing({ acteur, motif });
  if (refused !== undefined) return { refused };
  return db.transaction(async (trx) => {
    const batch = await lock(trx, { id: lot });
    if (batch?.etat !== "a_valider" && batch?.etat !== "en_cours")
      return { refused: `Le rejeu n° ${lot} n'est ni en cours ni en attente d'accord.` };
    const left = await trx("replay_item")
      .where({ batch_id: lot })
      .whereNull("resultat")
      .update({ resultat: "refuse", motif: "rejeu abandonné", done_at: trx.raw("horloge()") });
    await trx("replay_batch")
      .where({ id: lot })
      .update({ etat: "abandonne", finished_at: trx.raw("horloge()") });
    await record(trx, batch, { acteur, motif, acte: "rejeu.abandonner", detail: { restait: left } });
    return { done: `Rejeu n° ${lot} abandonné.` };
  });
}

async function lock(
  trx: Knex.Transaction,
  which: { readonly jeton: string } | { readonly id: number },
): Promise<Row | undefined> {
  return trx("replay_batch")
    .where(which)
    .forNoKeyUpdate()
    .first("*", trx.raw("expire_at < horloge() AS expire"));
}

/** What the batch does now, if that is still what was shown. One confirmation looks at a time. */
async function unchanged(trx: Knex.Transaction, { filtre, empreinte }: Row): Promise<Ligne[] | undefined> {
  await trx.raw("SELECT pg_advisory_xact_lock(?)", [LOCK]);
  const read = zFiltre.parse(filtre);
  const lignes = await readLignes(trx, read);
  return lignes !== undefined && empreinteOf(read, lignes) === empreinte ? lignes : undefined;
}

/** What cannot leave is kept beside the rest, with its reason. */
function itemsOf(lot: number, ligne: Ligne, trx: Knex.Transaction): Record<string, unknown>[] {
  const done =
    ligne.sort === "refuse"
      ? { resultat: "refuse", motif: ligne.phrase, done_at: trx.raw("horloge()") }
      : { resultat: null, motif: null, done_at: null };
  return ligne.diffusions.map((id) => ({ batch_id: lot, delivery_id: id, partner: ligne.partner, ...done }));
}

function record(
  trx: Knex.Transaction,
  { id, diffusions, envois }: Row,
  act: { acteur: string; motif: string; acte: string; detail?: Record<string, unknown> },
): Promise<number> {
  return recordAct(trx, {
    ...act,
    objet: { type: "rejeu", id: String(id) },
    detail: { diffusions, envois, ...act.detail },
  });
}
