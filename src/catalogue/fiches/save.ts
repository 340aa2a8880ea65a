import type { Knex } from "knex";
import type { z } from "zod";
import { canonicalJson } from "../../published/index.ts";
import type { Auteur } from "../auteur.ts";
import {
  type BrouillonAction,
  type BrouillonSession,
  zBrouillonAction,
  zBrouillonSession,
} from "../contenu.ts";
import { refusDEcrire, refusDEcrireLaSession } from "../droits.ts";
import { type Conflit, INCONNUE, type Refus } from "../refus.ts";
import { lockAction, lockSession } from "./read.ts";

export interface Enregistrement {
  /** The revision that the author read: another one by now is a conflict. */
  readonly revision: number;
  /** The whole content of the form; checked. */
  readonly contenu: unknown;
}

type Enregistre<T> = { readonly revision: number } | Refus | Conflit<T>;

/** Saves the working copy of an action; what is online does not change (S113). Nothing is overwritten unseen. */
export async function saveAction(
  db: Knex,
  auteur: Auteur,
  id: number,
  { revision, contenu }: Enregistrement,
): Promise<Enregistre<BrouillonAction>> {
  const read = readContenu(zBrouillonAction, contenu);
  if ("refus" in read) return read;
  return db.transaction(async (trx) => {
    const fiche = await lockAction(trx, auteur, id);
    if (fiche === undefined) return INCONNUE;
    const refus = refusDEcrire(auteur, fiche);
    if (refus !== undefined) return { refus };
    if (fiche.revision !== revision) return conflitOf(fiche);
    return write(trx, "catalogue_action", auteur, fiche, read.contenu);
  });
}

/** Saves the working copy of a session; its cost does not depend on how many its action has (S134). */
export async function saveSession(
  db: Knex,
  auteur: Auteur,
  id: number,
  { revision, contenu }: Enregistrement,
): Promise<Enregistre<BrouillonSession>> {
  const read = readContenu(zBrouillonSession, contenu);
  if ("refus" in read) return read;
  return db.transaction(async (trx) => {
    const found = await lockSession(trx, auteur, id);
    if (found === undefined) return INCONNUE;
    const refus = refusDEcrireLaSession(auteur, found);
    if (refus !== undefined) return { refus };
    if (found.session.revision !== revision) return conflitOf(found.session);
    await forgetValidation(trx, found.action.id);
    return write(trx, "catalogue_session", auteur, found.session, read.contenu);
  });
}

/** What was validated is no longer what stands: it has to be validated again before it is confirmed (S116). */
export async function forgetValidation(trx: Knex.Transaction, actionId: number): Promise<void> {
  await trx("catalogue_action")
    .where({ id: actionId })
    .whereNotNull("validee_revision")
    .update({ validee_revision: null });
}

/** The content as the contract has it, or what in it cannot be. */
export function readContenu<T>(schema: z.ZodType<T>, contenu: unknown): { readonly contenu: T } | Refus {
  const read = schema.safeParse(contenu);
  if (read.success) return { contenu: read.data };
  const defects = read.error.issues.map(({ path, message }) => `${path.join(".")} : ${message}`);
  return { refus: `Le contenu n'a pas la forme attendue (${defects.join(" ; ")}).` };
}

interface Ligne<T> {
  readonly id: number;
  readonly revision: number;
  readonly contenu: T;
  readonly updated_by: string;
  readonly updated_at: Date;
}

function conflitOf<T>({ updated_by: par, updated_at: at, revision, contenu }: Ligne<T>): Conflit<T> {
  return { conflit: { par, at, revision, contenu } };
}

async function write<T>(
  trx: Knex.Transaction,
  table: "catalogue_action" | "catalogue_session",
  { acteur }: Auteur,
  { id, revision, contenu: before }: Ligne<T>,
  contenu: T,
): Promise<{ readonly revision: number }> {
  if (canonicalJson(before) === canonicalJson(contenu)) return { revision };
  await trx(table)
    .where({ id })
    .update({
      contenu: JSON.stringify(contenu),
      revision: revision + 1,
      validee_revision: null,
      updated_at: trx.raw("horloge()"),
      updated_by: acteur,
    });
  return { revision: revision + 1 };
}
