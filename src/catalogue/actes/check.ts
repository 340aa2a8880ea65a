import type { Knex } from "knex";
import type { Auteur } from "../auteur.ts";
import type { EtatSession } from "../etats/session.ts";
import type { FicheAction, FicheSession } from "../fiche.ts";
import { hasOtherSession, readAction, readWaiting } from "../fiches/read.ts";
import type { Verificateur, Verification } from "../verification/index.ts";

/** Working copies as they were checked: what is done afterwards is done to these revisions or not at all. */
export interface Controle {
  readonly action: FicheAction;
  /** Those of its sessions that were looked at with it. */
  readonly sessions: readonly FicheSession[];
  readonly verification: Verification;
  /** Revisions of the action and of the sessions that were looked at. */
  readonly empreinte: string;
}

/**
 * Checks an action with those of its sessions in these states that are not online as they stand. Before any transaction:
 * checking takes longer than a lock should.
 */
export async function checkAction(
  db: Knex,
  verificateur: Verificateur,
  auteur: Auteur,
  id: number,
  etats: readonly EtatSession[],
): Promise<Controle | undefined> {
  const action = await readAction(db, auteur, id);
  if (action === undefined) return undefined;
  const sessions = await readWaiting(db, id, etats);
  // Those online as they stand passed in their time: they are no reason to refuse what changes today.
  const verification = await verifyFiches(db, verificateur, action, sessions);
  return { action, sessions, verification, empreinte: empreinteOf(action, sessions) };
}

/** Checks these sessions with their action, which may have others. */
export async function verifyFiches(
  db: Knex,
  verificateur: Verificateur,
  action: FicheAction,
  sessions: readonly FicheSession[],
): Promise<Verification> {
  const given = sessions.map(({ id }) => id);
  const autresSessions = await hasOtherSession(db, action.id, given);
  return verificateur.verify(db, { action, sessions, autresSessions });
}

export function empreinteOf(
  action: Pick<FicheAction, "id" | "revision">,
  sessions: readonly FicheSession[],
): string {
  return [action, ...sessions].map(({ id, revision }) => `${id}:${revision}`).join(" ");
}

export const CHANGEE = {
  refus: "La fiche a changé depuis sa validation : relisez-la et validez-la de nouveau.",
} as const;

export const ERREURS = {
  refus: "La fiche comporte des erreurs : corrigez les champs signalés, puis validez de nouveau.",
} as const;
