import type { Knex } from "knex";

export interface Adoption {
  readonly structures: number;
  readonly actions: number;
  readonly sessions: number;
}

/**
 * Makes working copies of what is already published and that the catalogue does not hold: an offer that was imported, or
 * the demonstration. Run again it takes only what is new. Nothing of the contract changes.
 * @param origines whose records are taken: never those of an agency's own database, which is edited there (`sync`)
 */
export async function adoptPublished(db: Knex, origines: readonly string[]): Promise<Adoption> {
  return db.transaction(async (trx) => {
    const structures = await rowsOf(
      trx,
      `INSERT INTO structure (numero, type, nom, siret, ville, departement, contenu)
       SELECT numero, 'organisme', coalesce(nullif(contenu->>'nom', ''), numero), contenu->>'siret',
         contenu #>> '{coordonnees,adresse,ville}', left(contenu #>> '{coordonnees,adresse,code_postal}', 2), contenu
       FROM (${DERNIERES("organisme")}) v ON CONFLICT (numero) DO NOTHING`,
      origines,
    );
    const actions = await rowsOf(
      trx,
      `INSERT INTO catalogue_action (structure, reference, cadre, etat, contenu, publiee_revision, publiee_at, created_by, updated_by)
       SELECT v.contenu->>'organisme', v.numero, 'non_conventionnee', 'publiee', v.contenu - 'organisme' - 'conventionnee', 1,
         v.premiere_mise_en_ligne_at, 'systeme', 'systeme'
       FROM (${DERNIERES("action")}) v JOIN structure s ON s.numero = v.contenu->>'organisme'
       WHERE (v.contenu->>'conventionnee')::boolean IS NOT TRUE
       ON CONFLICT (reference) DO NOTHING`,
      origines,
    );
    const sessions = await rowsOf(
      trx,
      `INSERT INTO catalogue_session (action_id, reference, etat, contenu, publiee_revision, created_by, updated_by)
       SELECT a.id, v.numero, 'publiee', v.contenu - 'action', 1, 'systeme', 'systeme'
       FROM (${DERNIERES("session")}) v JOIN catalogue_action a ON a.reference = v.contenu->>'action'
       ORDER BY v.numero ON CONFLICT (reference) DO NOTHING`,
      origines,
    );
    await trx.raw("ANALYZE catalogue_action, catalogue_session");
    return { structures, actions, sessions };
  });
}

/** The newest version of each record, when it is online and came from there. */
const DERNIERES = (kind: string): string =>
  `SELECT numero, contenu, premiere_mise_en_ligne_at FROM (
     SELECT DISTINCT ON (numero) numero, contenu, premiere_mise_en_ligne_at, origine, retired_at
     FROM published_${kind} ORDER BY numero, version DESC) d
   WHERE retired_at IS NULL AND origine = ANY (?::text[])`;

async function rowsOf(trx: Knex.Transaction, sql: string, origines: readonly string[]): Promise<number> {
  const { rowCount } = await trx.raw<{ rowCount: number | null }>(sql, [[...origines]]);
  return rowCount ?? 0;
}
