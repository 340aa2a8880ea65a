import type { Knex } from "knex";
import { recordAct } from "../../audit/index.ts";
import { act } from "../actes/act.ts";
import type { Auteur } from "../auteur.ts";
import { createAction, createSessions, SESSIONS_EN_UNE_FOIS } from "../fiches/create.ts";
import { isRefus, type Refus } from "../refus.ts";
import { findConnues } from "./connues.ts";
import { IMPORT_INCONNU, type ImportLu, readImport } from "./lire.ts";

/**
 * Makes the drafts that the trial run announced, one formation at a time: whatever stops it, what is done stands, and the
 * same call goes on from there.
 */
export async function confirmImport(
  db: Knex,
  auteur: Auteur,
  id: number,
): Promise<{ readonly creees: number } | Refus> {
  const found = await readImport(db, auteur, id);
  if (found === undefined) return IMPORT_INCONNU;
  if (found.etat !== "essai")
    return { refus: "Cet import est terminé : ses brouillons sont créés, ou il a été abandonné." };
  let creees = 0;
  for (;;) {
    const made = await createNext(db, auteur, found);
    if (isRefus(made)) return made;
    if (made.fini) break;
    creees += made.creee ? 1 : 0;
  }
  await end(db, auteur, id, "fait");
  return { creees };
}

/** Forgets a trial run. */
export async function dropImport(
  db: Knex,
  auteur: Auteur,
  id: number,
): Promise<{ readonly fait: true } | Refus> {
  const found = await readImport(db, auteur, id);
  if (found === undefined) return IMPORT_INCONNU;
  if (found.etat !== "essai") return { refus: "Cet import est terminé : il n'y a plus rien à abandonner." };
  await end(db, auteur, id, "abandonne");
  return { fait: true };
}

interface Suivante {
  readonly rang: number;
  readonly numero: string;
  readonly intitule: string;
  readonly contenu: unknown;
  readonly sessions: readonly unknown[];
}

async function createNext(
  db: Knex,
  auteur: Auteur,
  { id, cadre }: ImportLu,
): Promise<{ readonly fini: boolean; readonly creee: boolean } | Refus> {
  return act(db, async (trx) => {
    // Two who confirm at once take turns, line by line.
    const ligne: Suivante | undefined = await trx("catalogue_import_ligne")
      .where({ import_id: id, verdict: "creee" })
      .whereNull("action_id")
      .whereNotNull("contenu")
      .orderBy("rang")
      .forUpdate()
      .first("rang", "numero", "intitule", "contenu", "sessions");
    if (ligne === undefined) return { fini: true, creee: false };
    const { rang } = ligne;
    // Somebody may have added it since the trial run.
    const connue = (await findConnues(trx, auteur.structure, [ligne])).get(rang);
    if (connue !== undefined) {
      await settle(trx, id, rang, {
        verdict: "connue",
        raisons: JSON.stringify([connue.phrase]),
        action_id: null,
      });
      return { fini: false, creee: false };
    }
    const action = await createAction(trx, auteur, { cadre, contenu: ligne.contenu });
    if (isRefus(action)) return action;
    for (let first = 0; first < ligne.sessions.length; first += SESSIONS_EN_UNE_FOIS) {
      const some = ligne.sessions.slice(first, first + SESSIONS_EN_UNE_FOIS);
      const made = await createSessions(trx, auteur, action.id, some);
      if (isRefus(made)) return made;
    }
    await settle(trx, id, rang, { action_id: action.id });
    return { fini: false, creee: true };
  });
}

async function settle(
  trx: Knex.Transaction,
  id: number,
  rang: number,
  fields: Readonly<Record<string, unknown>>,
) {
  await trx("catalogue_import_ligne")
    .where({ import_id: id, rang })
    .update({ ...fields, contenu: null, sessions: null });
}

async function end(db: Knex, { acteur }: Auteur, id: number, etat: "fait" | "abandonne"): Promise<void> {
  await db.transaction(async (trx) => {
    const changed = await trx("catalogue_import")
      .where({ id, etat: "essai" })
      .update({ etat, ended_at: trx.raw("horloge()") });
    await trx("catalogue_import_ligne").where({ import_id: id }).update({ contenu: null, sessions: null });
    if (changed > 0)
      await recordAct(trx, {
        acteur,
        acte: etat === "fait" ? "catalogue.importer" : "catalogue.abandonner_import",
        objet: { type: "import", id: String(id) },
      });
  });
}
