import type { Knex } from "knex";
import { motsDe, requeteDe } from "../../published/index.ts";
import type { BrouillonAction } from "../contenu.ts";

export interface Formacode {
  readonly code: string;
  readonly libelle: string;
}

/** Subjects by code, by its beginning, or by words of their label; the shortest label first, which is the widest subject. */
export async function searchFormacodes(db: Knex, texte: string, limit = 20): Promise<readonly Formacode[]> {
  const asked = texte.trim();
  if (/^\d{1,5}$/.test(asked))
    return db<Formacode>("formacode")
      .where("code", ">=", asked)
      .andWhere("code", "<", `${asked}a`)
      .orderBy("code")
      .limit(limit)
      .select("code", "libelle");
  const mots = motsDe(asked);
  if (mots.length === 0) return [];
  const { rows } = await db.raw<{ rows: Formacode[] }>(
    `SELECT code, libelle FROM formacode WHERE mots @@ to_tsquery('french', :mots)
     ORDER BY length(mots), length(libelle), code LIMIT :limit`,
    { mots: requeteDe(mots), limit },
  );
  return rows;
}

/** A subject that the texts of an action speak of, and by which words. */
export interface Suggestion extends Formacode {
  readonly mots: readonly string[];
}

/** More of a programme says nothing new. */
const LOOKED_AT = 4_000;

/**
 * Subjects for an action that leads to no certification (S141), by the words of its title, of its objective and of its programme,
 * the likeliest first. A word weighs more in the title than in the programme, and the rarer it is among the subjects; a subject
 * whose label is only met in part weighs less.
 */
export async function suggestFormacodes(
  db: Knex,
  { intitule, objectif, contenu }: Pick<BrouillonAction, "intitule" | "objectif" | "contenu">,
  limit = 5,
): Promise<readonly Suggestion[]> {
  const cut = (text: string | null | undefined): string => (text ?? "").slice(0, LOOKED_AT);
  const { rows } = await db.raw<{ rows: Suggestion[] }>(SUGGERER, {
    intitule: cut(intitule),
    objectif: cut(objectif),
    contenu: cut(contenu),
    limit,
  });
  return rows;
}

const SUGGERER = `
  WITH mots AS MATERIALIZED (
    SELECT mot, max(poids) AS poids FROM (
      SELECT unnest(tsvector_to_array(mots_cherches(:intitule))) AS mot, 4 AS poids
      UNION ALL SELECT unnest(tsvector_to_array(mots_cherches(:objectif))), 2
      UNION ALL SELECT unnest(tsvector_to_array(mots_cherches(:contenu))), 1) m
     WHERE mot !~ '^[0-9]+$' GROUP BY mot),
  rencontres AS (
    SELECT f.code, f.libelle, length(f.mots) AS longueur, m.mot, m.poids,
           count(*) OVER (PARTITION BY m.mot) AS frequence
      FROM formacode f CROSS JOIN LATERAL unnest(f.mots) AS l(lexeme, positions, weights)
      JOIN mots m ON m.mot = l.lexeme
     WHERE f.mots @@ (SELECT string_agg(quote_literal(mot), ' | ')::tsquery FROM mots))
  SELECT code, libelle, array_agg(mot ORDER BY poids DESC, mot) AS mots
    FROM rencontres GROUP BY code, libelle, longueur
   ORDER BY sum(poids / ln(2 + frequence)) * count(*) / longueur DESC, code LIMIT :limit`;
