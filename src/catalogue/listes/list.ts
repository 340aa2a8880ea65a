import type { Knex } from "knex";
import { type Auteur, porteeOf } from "../auteur.ts";
import type { Alerte, EtatAction } from "../etats/action.ts";
import type { Cadre } from "../fiche.ts";
import { filtreOf } from "./filtre.ts";
import { LIGNE, type LigneLue, lireLigne } from "./ligne.ts";

export const TRIS = ["reference", "intitule"] as const;
export type Tri = (typeof TRIS)[number];
export type Sens = "asc" | "desc";

/** Lines of a page that the guide offers (S27, S132). */
export const PAR_PAGE = [10, 25] as const;

export interface Demande {
  readonly cadre: Cadre;
  readonly etat: EtatAction;
  /** Words of the title, reference, certification; blank: all. */
  readonly filtre?: string;
  readonly tri?: Tri;
  readonly sens?: Sens;
  /** From 1; one too far is the last. */
  readonly page?: number;
  readonly par?: number;
  /** Of these structures only, for who sees several. */
  readonly structures?: readonly string[] | undefined;
}

/** An action as a line of a list (S27, S28). */
export interface Ligne {
  readonly id: number;
  readonly reference: string | null;
  readonly cadre: Cadre;
  readonly etat: EtatAction;
  readonly alerte: Alerte | null;
  readonly intitule: string;
  readonly financement: string;
  readonly structure: string;
  readonly responsable: string;
  /** AAAAMMJJ: the first start and the last end of its sessions. */
  readonly debut: string | null;
  readonly fin: string | null;
  readonly sessions: number;
  /** Something typed is not online yet. */
  readonly modificationEnCours: boolean;
  /** All its sessions are over (H6). */
  readonly sansSessionEnCours: boolean;
  readonly updated_at: Date;
}

export interface PageDActions {
  readonly lignes: readonly Ligne[];
  readonly page: number;
  readonly par: number;
  /** What the whole list holds; not exact beyond a bound, when it is filtered. */
  readonly total: { readonly nombre: number; readonly exact: boolean };
}

/** Filtered lists are not counted further: nobody turns a hundred pages. */
const COMPTE_MAX = 1_000;

/** One tab of one accordion, a page of it. Read in the order of an index, from the nearer of its two ends. */
export async function listActions(db: Knex, auteur: Auteur, demande: Demande): Promise<PageDActions> {
  const { filtre = "", tri = "reference", sens = "desc", par = PAR_PAGE[0] } = demande;
  const mots = await filtreOf(db, filtre);
  const choix = choixOf(auteur, demande, mots);
  const total = await countChosen(db, choix, mots !== undefined);
  const pages = Math.max(1, Math.ceil(total.nombre / par));
  const page = Math.min(Math.max(1, demande.page ?? 1), pages);
  const before = (page - 1) * par;
  const after = Math.max(0, total.nombre - before - par);
  // Skipping lines costs as many: the last page is the first one read backwards.
  const backwards = total.exact && after < before;
  const limit = backwards ? Math.min(par, total.nombre - before) : par;
  const rows = await readLignes(db, choix, {
    ordre: ordreOf(tri, backwards ? opposite(sens) : sens),
    limit,
    offset: backwards ? after : before,
  });
  return { lignes: backwards ? rows.reverse() : rows, page, par, total };
}

interface Choix {
  readonly sql: string;
  readonly bindings: Readonly<Record<string, unknown>>;
}

function choixOf(auteur: Auteur, { cadre, etat, structures }: Demande, mots: string | undefined): Choix {
  const portee = porteeOf(auteur);
  return {
    sql: `${portee.sql} AND a.cadre = :cadre AND a.etat = :etat
      ${structures === undefined ? "" : "AND a.structure = ANY (:structures::text[])"}
      ${mots === undefined ? "" : "AND a.mots @@ to_tsquery('french', :mots)"}`,
    bindings: {
      ...portee.bindings,
      cadre,
      etat,
      ...(structures === undefined ? {} : { structures: [...structures] }),
      ...(mots === undefined ? {} : { mots }),
    },
  };
}

async function countChosen(db: Knex, { sql, bindings }: Choix, bounded: boolean) {
  const limit = bounded ? COMPTE_MAX + 1 : null;
  const { rows } = await db.raw<{ rows: { nombre: string }[] }>(
    `SELECT count(*) AS nombre FROM (SELECT FROM catalogue_action a WHERE ${sql} LIMIT :compte::bigint) chosen`,
    { ...bindings, compte: limit },
  );
  const found = Number(rows[0]?.nombre ?? 0);
  return limit !== null && found === limit
    ? { nombre: COMPTE_MAX, exact: false }
    : { nombre: found, exact: true };
}

const opposite = (sens: Sens): Sens => (sens === "asc" ? "desc" : "asc");

/** Ends with the id, so that the order is total and both ways are each other's reverse. */
function ordreOf(tri: Tri, sens: Sens): string {
  const column = tri === "intitule" ? "a.intitule_tri" : "a.reference";
  return `${column} ${sens}, a.id ${sens}`;
}

async function readLignes(
  db: Knex,
  { sql, bindings }: Choix,
  { ordre, limit, offset }: { ordre: string; limit: number; offset: number },
): Promise<Ligne[]> {
  const { rows } = await db.raw<{ rows: LigneLue[] }>(
    `SELECT ${LIGNE.colonnes} FROM (
       SELECT a.id FROM catalogue_action a WHERE ${sql} ORDER BY ${ordre} LIMIT :limit OFFSET :offset) page
     JOIN catalogue_action a USING (id) ${LIGNE.jointures} ORDER BY ${ordre}`,
    { ...bindings, limit, offset },
  );
  return rows.map(lireLigne);
}
