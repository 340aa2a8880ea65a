import type { Knex } from "knex";
import type { Profil } from "../../../feed/index.ts";
import { readProfils } from "../../../partner/index.ts";
import {
  type Cause,
  type Changement,
  type ComptesDeChangement,
  countChangements,
  type Reprise,
  readCauses,
  readChangements,
  type Sens,
  type Snapshot,
  snapshotById,
  snapshotsOf,
} from "../../../snapshot/index.ts";

const PAGE = 50;
/** Notices shown of one cause; the count tells the rest. */
const SHOWN = 20;

/** Feeds of a profile, the latest first. */
export interface Historique {
  readonly profil: Profil;
  readonly flux: readonly Snapshot[];
  /** Number of the last one when there are more. */
  readonly suivant: number | undefined;
}

export async function readHistorique(
  db: Knex,
  id: string,
  avant: number | undefined,
): Promise<Historique | undefined> {
  const profil = (await readProfils(db)).find((one) => one.id === id);
  if (profil === undefined) return undefined;
  const found = await snapshotsOf(db, id, { limit: PAGE + 1, avant });
  const flux = found.slice(0, PAGE);
  return { profil, flux, suivant: found.length > PAGE ? (flux.at(-1)?.id ?? undefined) : undefined };
}

/** What set something aside in the édition of a feed, by cause. */
export interface CauseDEcart {
  readonly code: string;
  readonly nombre: number;
  /** The first ones. */
  readonly vues: readonly {
    readonly session: string | null;
    readonly action: string | null;
    readonly message: string;
  }[];
}

/** All about one feed. */
export interface FluxDetail {
  readonly profil: Profil;
  readonly flux: Snapshot & { readonly id: number };
  /** undefined for the first feed of a profile: all of it is new. */
  readonly changements: ComptesDeChangement | undefined;
  readonly ecarts: readonly CauseDEcart[];
}

/** @returns undefined when this profile never had this feed */
export async function readFlux(
  db: Knex,
  id: string,
  snapshot: number,
): Promise<Omit<FluxDetail, "changements" | "ecarts"> | undefined> {
  const profil = (await readProfils(db)).find((one) => one.id === id);
  const flux = profil === undefined ? undefined : await snapshotById(db, snapshot);
  if (profil === undefined || flux === undefined || flux.profil !== id) return undefined;
  return { profil, flux: { ...flux, id: snapshot } };
}

export async function readFluxDetail(
  db: Knex,
  id: string,
  snapshot: number,
): Promise<FluxDetail | undefined> {
  const found = await readFlux(db, id, snapshot);
  if (found === undefined) return undefined;
  const { flux } = found;
  const [changements, ecarts] = await Promise.all([
    flux.previousId === null ? undefined : countChangements(db, snapshot),
    readEcarts(db, flux.edition ?? 0, id),
  ]);
  return { ...found, changements, ecarts };
}

async function readEcarts(db: Knex, edition: number, profil: string): Promise<CauseDEcart[]> {
  const { rows } = await db.raw<{ rows: CauseDEcart[] }>(
    `SELECT code, max(n)::int AS nombre,
       jsonb_agg(jsonb_build_object('session', session, 'action', action, 'message', message) ORDER BY rang) AS vues
     FROM (SELECT code, session, action, message, rang, count(*) OVER (PARTITION BY code) AS n,
             row_number() OVER (PARTITION BY code ORDER BY rang) AS place
           FROM edition_notice WHERE edition_id = ? AND ? = ANY (partners)) said
     WHERE place <= ${SHOWN} GROUP BY code ORDER BY 2 DESC, code`,
    [edition, profil],
  );
  return rows;
}

/** Changes of one formation, in the order of the feed. */
export interface FormationChangee {
  readonly action: string;
  readonly intitule: string;
  readonly organisme: string;
  readonly nomOrganisme: string;
  readonly sessions: readonly (Changement & { readonly cause: Cause })[];
}

export interface PageDeChangements {
  readonly formations: readonly FormationChangee[];
  readonly suivant: Reprise | undefined;
}

export async function readPageDeChangements(
  db: Knex,
  snapshot: number,
  { sens, apres }: { readonly sens?: Sens | undefined; readonly apres?: Reprise | undefined },
): Promise<PageDeChangements> {
  const found = await readChangements(db, snapshot, { sens, apres, limit: PAGE + 1 });
  const page = found.slice(0, PAGE);
  const causes = await readCauses(db, page);
  const formations = new Map<string, FormationChangee>();
  for (const [rank, one] of page.entries()) {
    const cause = causes[rank] ?? { fiches: [], registre: false };
    const { action, intitule, organisme, nomOrganisme } = one;
    const there = formations.get(action) ?? { action, intitule, organisme, nomOrganisme, sessions: [] };
    formations.set(action, { ...there, sessions: [...there.sessions, { ...one, cause }] });
  }
  const last = page.at(-1);
  return { formations: [...formations.values()], suivant: found.length > PAGE ? last : undefined };
}
