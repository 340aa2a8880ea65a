import type { Knex } from "knex";
import { type Auteur, readActions } from "../../../catalogue/index.ts";
import { type EtatDeDiffusion, explainSession } from "../../../edition/index.ts";
import type { Profil } from "../../../feed/index.ts";
import { readProfils } from "../../../partner/index.ts";
import type { Action, Organisme } from "../../../published/contract/index.ts";
import {
  findSession,
  readHistory,
  readLast,
  type SessionTrouvee,
  sessionsOfAction,
} from "../../../published/index.ts";
import { type Apercu, readApercu } from "../../pages/ou/apercuData.ts";
import type { GestionOptions } from "../options.ts";

/** Sessions of a page: each is asked about at every partner's. */
const PAGE = 10;

export interface SessionVue {
  readonly session: SessionTrouvee;
  readonly etats: readonly EtatDeDiffusion[];
}

/** An action as it is online, with some of its sessions. */
export interface ActionVue {
  readonly numero: string;
  readonly contenu: Action;
  readonly nomOrganisme: string;
  readonly premiereMiseEnLigneAt: Date;
  readonly sessions: readonly SessionVue[];
  readonly suite: string | undefined;
}

/** Undefined when it is not online, or is not the author's to see. */
export async function readActionVue(
  db: Knex,
  auteur: Auteur,
  numero: string,
  apres: string,
): Promise<ActionVue | undefined> {
  const [newest] = await readHistory(db, "action", numero);
  if (newest === undefined || newest.retrait !== undefined) return undefined;
  const { contenu } = newest;
  if (!(await isVisible(db, auteur, numero, contenu))) return undefined;
  const found = await sessionsOfAction(db, numero, { limit: PAGE + 1, apres });
  const shown = found.slice(0, PAGE);
  const [profils, organisme] = await Promise.all([readProfils(db), organismeOf(db, contenu.organisme)]);
  const sessions: SessionVue[] = [];
  for (const session of shown)
    sessions.push({ session, etats: (await explainSession(db, session.numero, { profils }))?.profils ?? [] });
  return {
    numero,
    contenu,
    nomOrganisme: organisme?.nom ?? contenu.organisme,
    premiereMiseEnLigneAt: newest.premiereMiseEnLigneAt,
    sessions,
    suite: found.length > PAGE ? shown.at(-1)?.numero : undefined,
  };
}

/** A session as the feed of one profile has it, and where it stands at every one. */
export interface SessionEnLigne extends SessionVue {
  readonly profils: readonly Profil[];
  readonly profil: string;
  readonly lecture: Apercu["lecture"];
}

export async function readSessionEnLigne(
  { db, store, base }: GestionOptions,
  auteur: Auteur,
  numero: string,
  demande: string,
): Promise<SessionEnLigne | undefined> {
  const session = await findSession(db, numero);
  if (session === undefined) return undefined;
  const action = (await readLast(db, "action", [session.action])).get(session.action);
  if (action === undefined) return undefined;
  if (!(await isVisible(db, auteur, session.action, action.contenu))) return undefined;
  const profils = await readProfils(db);
  const explication = await explainSession(db, numero, { profils });
  const etats = explication?.profils ?? [];
  const profil = etats.some((one) => one.profil === demande) ? demande : moteurOf(etats);
  const apercu =
    store === undefined ? undefined : await readApercu(db, store, { session: numero, profil, base });
  return {
    session,
    etats,
    profils,
    profil,
    lecture: apercu?.lecture ?? { absente: store === undefined ? SANS_FICHIERS : SANS_FLUX },
  };
}

const SANS_FICHIERS = "Ce processus n'a pas accès aux fichiers des flux.";
const SANS_FLUX = "Ce destinataire n'a encore reçu aucun flux.";

/** The search engine of the agency when it shows it, else the first destination that does. */
function moteurOf(etats: readonly EtatDeDiffusion[]): string {
  const own = etats.filter(({ via }) => via === undefined);
  const shown = own.filter(({ presence }) => presence !== undefined);
  return (
    [...shown, ...own].find(({ profil }) => profil === "moteur-pro")?.profil ??
    shown[0]?.profil ??
    own[0]?.profil ??
    ""
  );
}

/** What an organisme has online is its own; others see it when the action is theirs in the catalogue. */
async function isVisible(db: Knex, auteur: Auteur, numero: string, { organisme }: Action): Promise<boolean> {
  if (organisme === auteur.structure || auteur.role === "controle") return true;
  const { actions } = await readActions(db, auteur, { limit: 1, reference: numero });
  return actions.length > 0;
}

async function organismeOf(db: Knex, numero: string): Promise<Organisme | undefined> {
  return (await readLast(db, "organisme", [numero])).get(numero)?.contenu;
}
