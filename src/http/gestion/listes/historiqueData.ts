import type { Knex } from "knex";
import {
  type Auteur,
  type FicheAction,
  nomsDesActeurs,
  type Passage,
  readAction,
  readPassages,
} from "../../../catalogue/index.ts";
import type { Action } from "../../../published/contract/index.ts";
import { readHistory, type Trace } from "../../../published/index.ts";

/** Passages of a page; the older ones follow. */
const PAGE = 50;

export interface Historique {
  readonly fiche: FicheAction;
  readonly passages: readonly Passage[];
  readonly noms: ReadonlyMap<string, string>;
  /** Id to ask the older ones before. */
  readonly suite: number | undefined;
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
  const found = await readPassages(db, auteur, id, {
    limit: PAGE + 1,
    ...(avant === undefined ? {} : { avant }),
  });
  const passages = found.slice(0, PAGE);
  const [noms, versions] = await Promise.all([
    nomsDesActeurs(db, [...new Set(passages.map(({ acteur }) => acteur))]),
    fiche.reference === null ? [] : readHistory(db, "action", fiche.reference),
  ]);
  return { fiche, passages, noms, versions, suite: found.length > PAGE ? passages.at(-1)?.id : undefined };
}
