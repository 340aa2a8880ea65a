import type { Knex } from "knex";

/** Who looks after structures: an administrator all of them, a referent its own. */
export interface Gerant {
  /** As the audit names it: `compte:jdupont`, `console:root`. */
  readonly acteur: string;
  readonly administrateur: boolean;
  /** Number of the account; none at a terminal. */
  readonly compte?: number;
}

/** Is this structure theirs to look after? */
export async function peutGerer(
  db: Knex,
  { administrateur, compte }: Gerant,
  structure: string,
): Promise<boolean> {
  if (administrateur) return true;
  if (compte === undefined) return false;
  const { rows } = await db.raw<{ rows: unknown[] }>(
    `SELECT FROM rattachement r JOIN structure s ON s.numero = r.structure JOIN compte c ON c.id = r.compte_id
     WHERE r.compte_id = ? AND r.structure = ? AND r.etat = 'actif' AND r.referent
       AND s.disabled_at IS NULL AND c.disabled_at IS NULL`,
    [compte, structure],
  );
  return rows.length > 0;
}

export const PAS_LA_VOTRE = {
  refus: "Cette structure n'existe pas, ou vous n'en êtes pas le référent.",
} as const;

export const ADMINISTRATEUR = { refus: "Seul un administrateur peut le faire." } as const;
