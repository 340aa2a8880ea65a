import type { Knex } from "knex";
import type { Auteur } from "../auteur.ts";
import { type BrouillonSession, zBrouillonAction, zBrouillonSession } from "../contenu.ts";
import { refusDEcrireLaSession } from "../droits.ts";
import type { Cadre } from "../fiche.ts";
import { recordPassage } from "../passages.ts";
import { INCONNUE, type Refus } from "../refus.ts";
import { lockAction, lockSession } from "./read.ts";
import { forgetValidation, readContenu } from "./save.ts";

/** Sessions made in one go: what a year of dates × places × voies may need, and a bound for what comes from outside. */
export const SESSIONS_EN_UNE_FOIS = 500;

export interface NouvelleAction {
  readonly cadre: Cadre;
  readonly contenu: unknown;
  /** Organisme responsable, when the author is not of it: a funder for an OF (S31), the control. */
  readonly structure?: string | undefined;
}

/** Opens a draft (S42, S113). It has no reference until it is confirmed. */
export async function createAction(
  db: Knex,
  auteur: Auteur,
  { cadre, contenu, structure = auteur.structure }: NouvelleAction,
): Promise<{ readonly id: number } | Refus> {
  const { acteur, role } = auteur;
  if (role === "lecteur_of") return { refus: "Votre profil ne permet pas de créer une formation." };
  if (role === "of" && (cadre === "conventionnee" || structure !== auteur.structure))
    return {
      refus:
        cadre === "conventionnee"
          ? "Une formation conventionnée est créée par son financeur."
          : "Une formation se crée dans la structure active.",
    };
  if (cadre === "conventionnee" && role !== "financeur")
    return { refus: "Une formation conventionnée est créée par son financeur." };
  if (role === "financeur" && cadre !== "conventionnee")
    return { refus: "Un financeur ne crée que des formations conventionnées." };
  const read = readContenu(zBrouillonAction, contenu);
  if ("refus" in read) return read;
  return db.transaction(async (trx) => {
    const organisme = await trx("structure")
      .where({ numero: structure, type: "organisme", disabled_at: null })
      .first("numero");
    if (organisme === undefined) return { refus: `« ${structure} » n'est pas un organisme du catalogue.` };
    const [row] = await trx("catalogue_action")
      .insert({
        structure,
        cadre,
        financeur: cadre === "conventionnee" ? auteur.structure : null,
        etat: "brouillon",
        contenu: JSON.stringify(read.contenu),
        created_by: acteur,
        updated_by: acteur,
      })
      .returning("id");
    const id = Number(row.id);
    await recordPassage(trx, auteur, { action: id, evenement: "creer", de: null, vers: "brouillon" });
    return { id };
  });
}

/** Adds sessions to an action, as drafts (S89, S131): all or none. */
export async function createSessions(
  db: Knex,
  auteur: Auteur,
  actionId: number,
  contenus: readonly unknown[],
): Promise<{ readonly ids: readonly number[] } | Refus> {
  if (contenus.length > SESSIONS_EN_UNE_FOIS)
    return {
      refus: `${contenus.length} sessions d'un coup, c'est plus que les ${SESSIONS_EN_UNE_FOIS} permises : faites-le en plusieurs fois.`,
    };
  const read: BrouillonSession[] = [];
  for (const contenu of contenus) {
    const one = readContenu(zBrouillonSession, contenu);
    if ("refus" in one) return one;
    read.push(one.contenu);
  }
  return db.transaction(async (trx) => {
    const action = await lockAction(trx, auteur, actionId);
    if (action === undefined) return INCONNUE;
    const refus = refusDEcrireLaSession(auteur, { action });
    if (refus !== undefined) return { refus };
    return { ids: await insertSessions(trx, auteur, actionId, read) };
  });
}

/** A copy to change what differs in it (S92, S129). */
export async function duplicateSession(
  db: Knex,
  auteur: Auteur,
  id: number,
): Promise<{ readonly id: number } | Refus> {
  return db.transaction(async (trx) => {
    const found = await lockSession(trx, auteur, id);
    if (found === undefined) return INCONNUE;
    const refus = refusDEcrireLaSession(auteur, { action: found.action });
    if (refus !== undefined) return { refus };
    // Numbers of others and their dates belong to the original.
    const {
      numero_lheo: _,
      numero_action_lheo: __,
      datecrea: ___,
      datemaj: ____,
      ...copie
    } = found.session.contenu;
    const [copy] = await insertSessions(trx, auteur, found.action.id, [copie]);
    if (copy === undefined) throw new Error("no session was inserted");
    return { id: copy };
  });
}

async function insertSessions(
  trx: Knex.Transaction,
  auteur: Auteur,
  actionId: number,
  contenus: readonly BrouillonSession[],
): Promise<readonly number[]> {
  if (contenus.length === 0) return [];
  await forgetValidation(trx, actionId);
  const rows = await trx("catalogue_session")
    .insert(
      contenus.map((contenu) => ({
        action_id: actionId,
        etat: "brouillon",
        contenu: JSON.stringify(contenu),
        created_by: auteur.acteur,
        updated_by: auteur.acteur,
      })),
    )
    .returning("id");
  const ids = rows.map(({ id }) => Number(id));
  await recordPassage(trx, auteur, {
    action: actionId,
    session: ids.length === 1 ? ids[0] : undefined,
    evenement: "ajouter_session",
    de: null,
    vers: "brouillon",
    detail: { sessions: ids.length },
  });
  return ids;
}
