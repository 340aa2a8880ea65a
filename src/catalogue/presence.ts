import type { Knex } from "knex";
import { type Auteur, porteeOf } from "./auteur.ts";

/** Without a sign for so long, a form is taken for closed. */
const SECONDES = 90;

/**
 * Says that this author has a form of the action open, and who else has. Nothing of an action that is not its to see.
 * @returns names of the others, the first that came first
 */
export async function touchPresence(db: Knex, auteur: Auteur, actionId: number): Promise<readonly string[]> {
  const { sql, bindings } = porteeOf(auteur);
  const { rows } = await db.raw<{ rows: { nom: string }[] }>(
    `WITH vue AS (SELECT a.id FROM catalogue_action a WHERE a.id = :actionId AND ${sql}),
     moi AS (INSERT INTO catalogue_presence (action_id, acteur, nom) SELECT id, :acteur, :nom FROM vue
       ON CONFLICT (action_id, acteur) DO UPDATE SET seen_at = horloge(), nom = excluded.nom)
     SELECT p.nom FROM catalogue_presence p JOIN vue ON vue.id = p.action_id
     WHERE p.acteur <> :acteur AND p.seen_at > horloge() - make_interval(secs => :secondes) ORDER BY p.nom`,
    { actionId, acteur: auteur.acteur, nom: auteur.nom, secondes: SECONDES, ...bindings },
  );
  return rows.map(({ nom }) => nom);
}
