import type { Knex } from "knex";
import { motsDe, requeteDe } from "../../published/index.ts";

/** Structures that a text may mean; more, and it means none. */
const MOST = 50;

/** Numbers of the structures that a text names: its number, its SIRET, or words of its name; undefined for a blank one. */
export async function structuresNamed(db: Knex, texte: string): Promise<readonly string[] | undefined> {
  const asked = texte.trim();
  if (asked === "") return undefined;
  const { rows } = await db.raw<{ rows: { numero: string }[] }>(
    `SELECT numero FROM structure WHERE numero = :asked OR siret = :siret
       OR (:mots <> '' AND mots_cherches(nom) @@ to_tsquery('french', :mots))
     ORDER BY nom, numero LIMIT :most`,
    {
      asked,
      siret: asked.replaceAll(/\s/g, ""),
      mots: requeteDe(motsDe(asked)),
      most: MOST,
    },
  );
  return rows.map(({ numero }) => numero);
}
