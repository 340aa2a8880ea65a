import type { Knex } from "knex";
import { type Auteur, porteeOf } from "../auteur.ts";
import { type EtatSession, PUBLIABLES } from "../etats/session.ts";
import type { FicheAction, FicheSession } from "../fiche.ts";

const ACTION = `a.id, a.structure, st.nom AS "nomStructure", a.reference, a.cadre, a.financeur, a.etat, a.alerte, a.message,
  a.contenu, a.revision, a.validee_revision, a.publiee_revision, a.publiee_at, a.soumise_at,
  to_char(a.echeance, 'YYYY-MM-DD') AS echeance, a.updated_at, a.updated_by`;

const SESSION = `s.id, s.action_id, s.reference, s.etat, s.contenu, s.revision, s.validee_revision, s.publiee_revision,
  s.updated_at, s.updated_by`;

/** bigint comes as text, so that none is ever rounded; ours are small. */
const withNumbers = <T extends { readonly id: number }>(row: T): T => ({ ...row, id: Number(row.id) });

/** An action by its id; nothing when it does not exist or is not the author's to see. */
export async function readAction(
  db: Knex,
  auteur: Auteur,
  id: number,
  lock: "" | "FOR UPDATE OF a" = "",
): Promise<FicheAction | undefined> {
  const { sql, bindings } = porteeOf(auteur);
  const { rows } = await db.raw<{ rows: FicheAction[] }>(
    `SELECT ${ACTION} FROM catalogue_action a JOIN structure st ON st.numero = a.structure
     WHERE a.id = :id AND ${sql} ${lock}`,
    { id, ...bindings },
  );
  const [row] = rows;
  return row === undefined ? undefined : withNumbers(row);
}

/** A session with its action; nothing when either is not the author's to see. */
export async function readSession(
  db: Knex,
  auteur: Auteur,
  id: number,
): Promise<{ readonly action: FicheAction; readonly session: FicheSession } | undefined> {
  const session = await sessionRow(db, id);
  const action = session === undefined ? undefined : await readAction(db, auteur, session.action_id);
  return session === undefined || action === undefined ? undefined : { action, session };
}

async function sessionRow(db: Knex, id: number): Promise<FicheSession | undefined> {
  const { rows } = await db.raw<{ rows: FicheSession[] }>(
    `SELECT ${SESSION} FROM catalogue_session s WHERE s.id = ?`,
    [id],
  );
  return rows.map(toSession)[0];
}

const toSession = (row: FicheSession): FicheSession => ({
  ...withNumbers(row),
  action_id: Number(row.action_id),
});

/**
 * The same, held until the transaction ends. The action is locked first, always: acts on its sessions then take turns with
 * acts on itself.
 */
export async function lockSession(
  trx: Knex.Transaction,
  auteur: Auteur,
  id: number,
): Promise<{ readonly action: FicheAction; readonly session: FicheSession } | undefined> {
  const seen = await sessionRow(trx, id);
  const action = seen === undefined ? undefined : await lockAction(trx, auteur, seen.action_id);
  const session = action === undefined ? undefined : await sessionRow(trx, id);
  return session === undefined || action === undefined ? undefined : { action, session };
}

export async function lockAction(
  trx: Knex.Transaction,
  auteur: Auteur,
  id: number,
): Promise<FicheAction | undefined> {
  return readAction(trx, auteur, id, "FOR UPDATE OF a");
}

export interface PageDeSessions {
  readonly sessions: readonly FicheSession[];
  /** Id to ask the next page after. */
  readonly suite: number | undefined;
}

/** Sessions of an action that are not gone, in the order in which they were entered. */
export async function readSessions(
  db: Knex,
  auteur: Auteur,
  actionId: number,
  { limit, apres = 0, filtre = "" }: { limit: number; apres?: number; filtre?: string },
): Promise<PageDeSessions> {
  const { sql, bindings } = porteeOf(auteur);
  const { rows } = await db.raw<{ rows: FicheSession[] }>(
    `SELECT ${SESSION} FROM catalogue_session s JOIN catalogue_action a ON a.id = s.action_id
     WHERE s.action_id = :actionId AND ${sql} AND s.etat IN ('brouillon', 'soumise', 'publiee', 'modifiee') AND s.id > :apres
       AND (:filtre = '' OR strpos(lower(concat_ws(' ', s.reference, s.debut, s.fin,
             s.contenu #>> '{lieux,0,coordonnees,adresse,ville}')), lower(:filtre)) > 0)
     ORDER BY s.id LIMIT :plus`,
    { actionId, apres, filtre, plus: limit + 1, ...bindings },
  );
  const sessions = rows.slice(0, limit).map(toSession);
  return { sessions, suite: rows.length > limit ? sessions.at(-1)?.id : undefined };
}

/** Predicates of the two partial indexes of `catalogue_session`, as they are written there. */
const VIVANTE = "s.etat NOT IN ('retiree', 'supprimee')";
const EN_ATTENTE = `${VIVANTE} AND s.revision IS DISTINCT FROM s.publiee_revision`;

/** Sessions that the OF has still to confirm: drafts, and those online whose working copy changed. */
export const A_CONFIRMER: readonly EtatSession[] = ["brouillon", "publiee"];
/** Sessions that the control has. */
export const A_PUBLIER: readonly EtatSession[] = ["soumise", "modifiee"];

/** Those in these states whose working copy is not what is online: few, however many the action has. */
export async function readWaiting(
  db: Knex,
  actionId: number,
  etats: readonly EtatSession[],
): Promise<readonly FicheSession[]> {
  const { rows } = await db.raw<{ rows: FicheSession[] }>(
    `SELECT ${SESSION} FROM catalogue_session s
     WHERE s.action_id = ? AND ${EN_ATTENTE} AND s.etat = ANY (?::text[]) ORDER BY s.id`,
    [actionId, [...etats]],
  );
  return rows.map(toSession);
}

/** Has the action a session that is not gone, beside these? */
export async function hasOtherSession(db: Knex, actionId: number, sauf: readonly number[]): Promise<boolean> {
  const { rows } = await db.raw<{ rows: { autre: boolean }[] }>(
    `SELECT EXISTS (SELECT FROM catalogue_session s
       WHERE s.action_id = ? AND ${VIVANTE} AND s.id <> ALL (?::bigint[])) AS autre`,
    [actionId, [...sauf]],
  );
  return rows[0]?.autre === true;
}

/** Sessions that go online with their action when the control brings it back. */
export async function readPublishable(db: Knex, actionId: number): Promise<readonly FicheSession[]> {
  const { rows } = await db.raw<{ rows: FicheSession[] }>(
    `SELECT ${SESSION} FROM catalogue_session s WHERE s.action_id = ? AND s.etat = ANY (?::text[]) ORDER BY s.id`,
    [actionId, [...PUBLIABLES]],
  );
  return rows.map(toSession);
}

/** Actions that an author sees, in the order in which they were created, for software that reads them all. */
export async function readActions(
  db: Knex,
  auteur: Auteur,
  {
    limit,
    apres = 0,
    etat = null,
    cadre = null,
    structure = null,
    reference = null,
  }: {
    readonly limit: number;
    /** Id of the last one seen. */
    readonly apres?: number | undefined;
    readonly etat?: string | null | undefined;
    readonly cadre?: string | null | undefined;
    readonly structure?: string | null | undefined;
    readonly reference?: string | null | undefined;
  },
): Promise<{ readonly actions: readonly FicheAction[]; readonly suite: number | undefined }> {
  const { sql, bindings } = porteeOf(auteur);
  const { rows } = await db.raw<{ rows: FicheAction[] }>(
    `SELECT ${ACTION} FROM catalogue_action a JOIN structure st ON st.numero = a.structure
     WHERE ${sql} AND a.id > :apres AND (:etat::text IS NULL OR a.etat = :etat) AND (:cadre::text IS NULL OR a.cadre = :cadre)
       AND (:structure::text IS NULL OR a.structure = :structure) AND (:reference::text IS NULL OR a.reference = :reference)
     ORDER BY a.id LIMIT :plus`,
    { apres, etat, cadre, structure, reference, plus: limit + 1, ...bindings },
  );
  const actions = rows.slice(0, limit).map(withNumbers);
  return { actions, suite: rows.length > limit ? actions.at(-1)?.id : undefined };
}
