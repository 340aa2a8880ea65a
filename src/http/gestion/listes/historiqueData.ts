import type { Knex } from "knex";
import {
  type Auteur,
  type FicheAction,
  nomsDesActeurs,
  type PageDePassages,
  readAction,
  readPassages,
} from "../../../catalogue/index.ts";
import type { Action } from "../../../published/contract/index.ts";
import { readHistory, type Trace } from "../../../published/index.ts";

/** Passages of a page; the older ones follow. */
const PAGE = 50;

/** Passages, and the names of who made them. */
export interface PassagesSignes extends PageDePassages {
  readonly noms: ReadonlyMap<string, string>;
}

export interface Historique extends PassagesSignes {
  readonly fiche: FicheAction;
  /** What was online of it, newest first. */
  readonly versions: readonly Trace<Action>[];
}

/** The history of an action; undefined when it is not the author's to see. */
export async function readHistorique(
  db: Knex,
  auteur: Auteur,
  id: number,
  avant: number | undefined,
): Promise<Historique | undefined> {
  const fiche = await readAction(db, auteur, id);
  if (fiche === undefined) return undefined;
  const [signes, versions] = await Promise.all([
    readPassagesSignes(db, auteur, id, { limit: PAGE, avant }),
    fiche.reference === null ? [] : readHistory(db, "action", fiche.reference),
  ]);
  return { fiche, ...signes, versions };
}

/** The latest passages of an action, or those before one; none when it is not the author's to see. */
export async function readPassagesSignes(
  db: Knex,
  auteur: Auteur,
  id: number,
  page: { readonly limit: number; readonly avant?: number | undefined },
): Promise<PassagesSignes> {
  const { passages, suite } = await readPassages(db, auteur, id, page);
  const noms = await nomsDesActeurs(db, [...new Set(passages.map(({ acteur }) => acteur))]);
  return { passages, suite, noms };
}
