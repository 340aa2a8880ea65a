import type { Knex } from "knex";
import { motsDe } from "../../published/index.ts";

/** Certifications of which the title holds the words; more would be words that say nothing. */
const CERTIFICATIONS = 20;

/**
 * What is looked for in `catalogue_action.mots` (S124): all the words, each by its beginning, in the title, the reference
 * or the codes; or one of the certifications whose own title holds them all. Undefined when there is no word.
 */
export async function filtreOf(db: Knex, texte: string): Promise<string | undefined> {
  const mots = motsDe(texte);
  if (mots.length === 0) return undefined;
  const tous = mots.map(formesDe).join(" & ");
  const codes = mots.some((mot) => /\p{L}{3}/u.test(mot)) ? await certificationsNamed(db, tous) : [];
  return [`(${tous})`, ...codes.flatMap(motsDe).map(formesDe)].join(" | ");
}

/** A code may be kept without the prefix that it is known by. */
function formesDe(mot: string): string {
  const bare = /^(?:rncp|rs|certifinfo)(\d+)$/.exec(mot)?.[1];
  return bare === undefined ? `${mot}:*` : `(${mot}:* | ${bare}:*)`;
}

async function certificationsNamed(db: Knex, mots: string): Promise<readonly string[]> {
  const { rows } = await db.raw<{ rows: { numero: string }[] }>(
    `SELECT DISTINCT numero FROM published_certification
     WHERE retired_at IS NULL AND mots_cherches(contenu->>'intitule') @@ to_tsquery('french', ?) LIMIT ?`,
    [mots, CERTIFICATIONS],
  );
  return rows.map(({ numero }) => numero);
}
