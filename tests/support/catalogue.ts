import type { Knex } from "knex";
import {
  type Auteur,
  confirmAction,
  createAction,
  createSessions,
  type FicheAction,
  publishAction,
  readAction,
  type Verificateur,
  validateAction,
} from "../../src/catalogue/index.ts";
import { uneAction, uneSession, unOrganisme } from "./offre.ts";

/** The OF, the control and another OF of the catalogue's tests. */
export const OF: Auteur = { acteur: "compte:anne", nom: "Anne", role: "of", structure: "OF1" };
export const AUTRE_OF: Auteur = { acteur: "compte:bob", nom: "Bob", role: "of", structure: "OF2" };
export const CONTROLE: Auteur = { acteur: "compte:zoe", nom: "Zoé", role: "controle", structure: "AGENCE" };
export const FINANCEUR: Auteur = {
  acteur: "cle:1",
  nom: "Région",
  role: "financeur",
  structure: "REGION",
};

/** Lets everything through: for tests of what happens around the checks. */
export const SANS_CONTROLE: Verificateur = {
  verify: async () => ({ constats: [], bloquante: false, partenaires: [] }),
  close: async () => {},
};

/** Lets nothing through. */
export const REFUSE_TOUT: Verificateur = {
  verify: async () => ({ constats: [], bloquante: true, partenaires: [] }),
  close: async () => {},
};

/** Two OF, the agency and a funder. */
export async function loadStructures(db: Knex): Promise<void> {
  const organisme = (numero: string, siret: string) => ({
    numero,
    type: "organisme",
    nom: `Organisme ${numero}`,
    siret,
    contenu: JSON.stringify(unOrganisme({ siret, nom: `Organisme ${numero}`, qualiopi: ["formation"] })),
  });
  await db("structure").insert([organisme("OF1", "21330063500017"), organisme("OF2", "21330063500025")]);
  await db("structure").insert([
    { numero: "AGENCE", type: "agence", nom: "Cap Métiers" },
    { numero: "REGION", type: "financeur", nom: "Région" },
  ]);
}

/** What a form of an action holds when it is filled. */
export function saisieAction(fields: Record<string, unknown> = {}): Record<string, unknown> {
  const { organisme: _, ...contenu } = uneAction();
  return { ...contenu, ...fields };
}

export function saisieSession(fields: Record<string, unknown> = {}): Record<string, unknown> {
  const { action: _, ...contenu } = uneSession({ debut: "20270104", fin: "20270618" });
  return { ...contenu, ...fields };
}

/** The answer of an act that must have been done. */
export function done<T extends object>(
  answer: T,
): Exclude<T, { readonly refus: string } | { readonly conflit: object }> {
  if ("refus" in answer || "conflit" in answer) throw new Error(`not done: ${JSON.stringify(answer)}`);
  return answer as never;
}

export interface Publiee {
  readonly id: number;
  readonly sessions: readonly number[];
}

/** A draft with its sessions. */
export async function uneFiche(
  db: Knex,
  auteur: Auteur = OF,
  {
    contenu = saisieAction(),
    sessions = [saisieSession()],
  }: { contenu?: Record<string, unknown>; sessions?: readonly Record<string, unknown>[] } = {},
): Promise<Publiee> {
  const { id } = done(await createAction(db, auteur, { cadre: "non_conventionnee", contenu }));
  const { ids } = done(await createSessions(db, auteur, id, sessions));
  return { id, sessions: ids };
}

/** The two validations. */
export async function confirmer(
  db: Knex,
  id: number,
  { auteur = OF, verificateur = SANS_CONTROLE }: { auteur?: Auteur; verificateur?: Verificateur } = {},
) {
  const { revision } = await lire(db, id);
  done(await validateAction(db, verificateur, auteur, id, { revision }));
  return done(await confirmAction(db, verificateur, auteur, id, { revision }));
}

/** An action that the control put online. */
export async function uneFichePubliee(db: Knex, options?: Parameters<typeof uneFiche>[2]): Promise<Publiee> {
  const fiche = await uneFiche(db, OF, options);
  await confirmer(db, fiche.id);
  const { revision } = await lire(db, fiche.id);
  done(await publishAction(db, SANS_CONTROLE, CONTROLE, fiche.id, { revision }));
  return fiche;
}

export async function lire(db: Knex, id: number): Promise<FicheAction> {
  const fiche = await readAction(db, CONTROLE, id);
  if (fiche === undefined) throw new Error(`no action ${id}`);
  return fiche;
}
