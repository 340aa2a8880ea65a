import type { Knex } from "knex";
import { type Raison, raisonOf } from "./raison.ts";

/** When and why something that was in a feed left it. */
export interface Depart {
  readonly at: Date;
  readonly raison: Raison;
}

interface Row {
  readonly at: Date;
  readonly motif: string;
}

/** The snapshot of the last departure. */
const LAST = `SELECT f.created_at AS at, p.motif_sortie AS motif
  FROM feed_presence p JOIN feed_snapshot f ON f.id = p.to_snapshot`;

/**
 * The departure of a formation that is not in the feed of a profile any more, if it ever was.
 * @param numeros what its number may be: in the feed, or in the catalogue
 */
export async function formationPartie(
  db: Knex,
  profil: string,
  numeros: readonly string[],
): Promise<Depart | undefined> {
  const { rows } = await db.raw<{ rows: Row[] }>(
    `${LAST} WHERE p.profil = :profil AND p.action IN (
       SELECT unnest(CAST(:numeros AS text[])) COLLATE "C"
       UNION SELECT numero COLLATE "C" FROM published_action
         WHERE (contenu->>'numero_lheo') COLLATE "C" = ANY (:numeros) AND contenu->>'numero_lheo' IS NOT NULL)
     ORDER BY p.to_snapshot DESC LIMIT 1`,
    { profil, numeros },
  );
  return departOf(rows[0]);
}

/** The departure of a session from the feeds of some profiles, by its number in the catalogue. */
export async function sessionPartie(
  db: Knex,
  profils: readonly string[],
  session: string,
): Promise<Depart | undefined> {
  const { rows } = await db.raw<{ rows: Row[] }>(
    `${LAST} WHERE p.profil = ANY (:profils) AND p.session = :session ORDER BY p.to_snapshot DESC LIMIT 1`,
    { profils, session },
  );
  return departOf(rows[0]);
}

const departOf = (row: Row | undefined): Depart | undefined =>
  row === undefined ? undefined : { at: row.at, raison: raisonOf(row.motif) };
