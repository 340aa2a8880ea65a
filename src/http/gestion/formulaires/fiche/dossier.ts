import type { Knex } from "knex";
import {
  type Auteur,
  type BrouillonAction,
  type BrouillonSession,
  type CertificationProposee,
  type Conflit,
  cleDe,
  confirmAction,
  confirmSession,
  createSessions,
  type FicheAction,
  type FicheSession,
  type Formulaire,
  formulaireAction,
  formulaireSession,
  type Refus,
  readAction,
  readSession,
  readSessions,
  refusDEcrire,
  refusDEcrireLaSession,
  saveAction,
  saveSession,
  type Verificateur,
  type Verification,
  validateAction,
  validateSession,
  zBrouillonAction,
  zBrouillonSession,
} from "../../../../catalogue/index.ts";
import { horloge } from "../../../../db/index.ts";
import { readCertifications } from "../../../../published/index.ts";

export type Genre = "action" | "session";

/** A form that is open: of an action, of one of its sessions, or of a session that is still to be created. */
export interface Dossier {
  readonly genre: Genre;
  /** Where it is sent to. */
  readonly adresse: string;
  readonly action: FicheAction;
  readonly session: FicheSession | undefined;
  readonly formulaire: Formulaire;
  readonly contenu: BrouillonAction | BrouillonSession;
  readonly revision: number;
  /** Saving changes the working copy only: what is online stays. */
  readonly enLigne: boolean;
  /** The first validation passed on the working copy as it stands (S117). */
  readonly validee: boolean;
  /** Why it cannot be changed. */
  readonly verrou: string | undefined;
  /** Whoever may not change it now may still take it away. */
  readonly retirable: boolean;
  /** It is corrected by the control, who publishes it from its own page. */
  readonly enControle: boolean;
}

/** Opens a form; nothing when it does not exist or is not the author's to see. */
export async function openDossier(
  db: Knex,
  auteur: Auteur,
  genre: Genre,
  id: number,
): Promise<Dossier | undefined> {
  if (genre === "session") {
    const found = await readSession(db, auteur, id);
    return found === undefined ? undefined : dossierDeSession(db, auteur, found.action, found.session);
  }
  const action = await readAction(db, auteur, id);
  if (action === undefined) return undefined;
  return {
    genre,
    adresse: `/gestion/actions/${id}`,
    action,
    session: undefined,
    formulaire: formulaireAction(action.cadre),
    contenu: action.contenu,
    revision: action.revision,
    enLigne: action.publiee_revision !== null,
    validee: action.validee_revision === action.revision,
    verrou: refusDEcrire(auteur, action),
    ...droitsSur(auteur, action),
  };
}

/** A blank form for one more session of this action (S131). */
export async function openNewSession(
  db: Knex,
  auteur: Auteur,
  actionId: number,
): Promise<Dossier | undefined> {
  const action = await readAction(db, auteur, actionId);
  return action === undefined ? undefined : dossierDeSession(db, auteur, action, undefined);
}

async function dossierDeSession(
  db: Knex,
  auteur: Auteur,
  action: FicheAction,
  session: FicheSession | undefined,
): Promise<Dossier> {
  const certifications = await proposees(db, action.contenu);
  const contenu = session?.contenu ?? {};
  const { cadre } = action;
  return {
    genre: "session",
    adresse:
      session === undefined
        ? `/gestion/actions/${action.id}/sessions/nouvelle`
        : `/gestion/sessions/${session.id}`,
    action,
    session,
    formulaire: formulaireSession({ cadre, certifications, voie: contenu.voie }),
    contenu,
    revision: session?.revision ?? 0,
    enLigne: session !== undefined && session.publiee_revision !== null,
    validee: session !== undefined && session.validee_revision === session.revision,
    verrou: refusDEcrireLaSession(auteur, session === undefined ? { action } : { action, session }),
    ...droitsSur(auteur, action),
  };
}

function droitsSur(
  { role }: Auteur,
  { cadre, etat }: FicheAction,
): Pick<Dossier, "retirable" | "enControle"> {
  return {
    retirable: role !== "lecteur_of" && !(role === "of" && cadre === "conventionnee"),
    enControle: role === "controle" && (etat === "creee" || etat === "modifiee"),
  };
}

/** What the register says of the certifications of an action (S99, S103). */
async function proposees(
  db: Knex,
  { certifications = [] }: BrouillonAction,
): Promise<readonly CertificationProposee[]> {
  const cles = certifications.map(cleDe).filter((cle) => cle !== "");
  const known = await readCertifications(db, cles, await horloge(db));
  return cles.map((cle) => {
    const { intitule = "intitulé inconnu du registre", blocs = [] } = known.get(cle) ?? {};
    return { cle, intitule, blocs };
  });
}

/** Titles of certifications by their key. */
export async function intitulesDe(db: Knex, cles: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const known = await readCertifications(db, [...cles], await horloge(db));
  return new Map([...known].map(([cle, { intitule }]) => [cle, intitule]));
}

type Enregistre = { readonly id: number; readonly revision: number };

/** Saves what a form holds; a session that was not there yet is created. */
export async function saveDossier(
  db: Knex,
  auteur: Auteur,
  { genre, action, session }: Dossier,
  enregistrement: { readonly revision: number; readonly contenu: object },
): Promise<Enregistre | Refus | Conflit<BrouillonAction | BrouillonSession>> {
  if (genre === "action") {
    const done = await saveAction(db, auteur, action.id, enregistrement);
    return "revision" in done ? { id: action.id, ...done } : done;
  }
  if (session === undefined) {
    const made = await createSessions(db, auteur, action.id, [enregistrement.contenu]);
    if ("refus" in made) return made;
    const [id] = made.ids;
    if (id === undefined) throw new Error("no session was created");
    return { id, revision: 1 };
  }
  const done = await saveSession(db, auteur, session.id, enregistrement);
  return "revision" in done ? { id: session.id, ...done } : done;
}

interface Validation {
  readonly db: Knex;
  readonly verificateur: Verificateur;
}

/** The first of the two validations. */
export async function validateDossier(
  { db, verificateur }: Validation,
  auteur: Auteur,
  { genre, action, session, revision }: Dossier,
): Promise<{ readonly verification: Verification; readonly validee: boolean } | Refus> {
  return genre === "action"
    ? validateAction(db, verificateur, auteur, action.id, { revision })
    : validateSession(db, verificateur, auteur, session?.id ?? 0, { revision });
}

/** The second one: what it led to. */
export async function confirmDossier(
  { db, verificateur }: Validation,
  auteur: Auteur,
  { genre, action, session, revision }: Dossier,
): Promise<{ readonly etat: string; readonly reference: string } | Refus> {
  return genre === "action"
    ? confirmAction(db, verificateur, auteur, action.id, { revision })
    : confirmSession(db, verificateur, auteur, session?.id ?? 0, { revision });
}

/** Sessions that are looked at while an action is typed; the first validation looks at all that wait. */
const REGARDEES = 5;

/** Checks what is typed, as it would be if it were saved. */
export async function checkDossier(
  { db, verificateur }: Validation,
  auteur: Auteur,
  { genre, action, session }: Dossier,
  contenu: object,
): Promise<Verification> {
  if (genre === "action") {
    const { sessions, suite } = await readSessions(db, auteur, action.id, { limit: REGARDEES });
    return verificateur.verify(db, {
      action: { ...action, contenu: zBrouillonAction.parse(contenu) },
      sessions,
      autresSessions: suite !== undefined,
    });
  }
  const fiche: FicheSession = {
    ...(session ?? { ...NOUVELLE, action_id: action.id, updated_at: action.updated_at }),
    contenu: zBrouillonSession.parse(contenu),
  };
  return verificateur.verify(db, { action, sessions: [fiche], autresSessions: true });
}

/** A session as it is before it is saved for the first time. */
const NOUVELLE = {
  id: 0,
  reference: null,
  etat: "brouillon",
  revision: 0,
  validee_revision: null,
  publiee_revision: null,
  updated_by: "",
} as const;
