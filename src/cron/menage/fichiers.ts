import type { Knex } from "knex";
import { alone, EditionEnCours } from "../../edition/index.ts";
import type { Store } from "../../snapshot/index.ts";
import { SEUILS } from "../seuils.ts";

/** Files removed in one run: the rest is for the next night. */
const MOST_FILES = 2_000;

/** A file serves as long as one of its snapshots does: current, among the last ones, recent, or still to be delivered. */
const USELESS = `
  WITH rang AS (
    SELECT id, sha256, created_at, row_number() OVER (PARTITION BY profil ORDER BY id DESC) AS rang
    FROM feed_snapshot WHERE sha256 IS NOT NULL AND purged_at IS NULL)
  SELECT sha256 FROM rang r GROUP BY sha256
  HAVING bool_and(rang > :fichiersGardes AND created_at < horloge() - :fichiersJours * interval '1 day' AND NOT EXISTS (
    SELECT 1 FROM delivery d WHERE d.snapshot_id = r.id AND d.etat IN ('scheduled', 'in_flight', 'retry', 'held')))
  ORDER BY min(id) LIMIT ${MOST_FILES}`;

/**
 * Removes the files of old feeds; their rows stay, marked. Never during an édition, which may be putting the same file in
 * place again: it is then left for the next night.
 * @returns how many files; undefined when an édition is under way
 */
export async function removeFiles(db: Knex, store: Store, signal: AbortSignal): Promise<number | undefined> {
  try {
    return await alone(db, false, async () => {
      const { rows } = await db.raw<{ rows: { sha256: string }[] }>(USELESS, {
        fichiersGardes: SEUILS.fichiersGardes.valeur,
        fichiersJours: SEUILS.fichiersJours.valeur,
      });
      for (const { sha256 } of rows) {
        signal.throwIfAborted();
        // Marked last: removing what is already gone costs nothing, a mark on a file that is there would keep it for ever.
        await store.remove(sha256);
        await db("feed_snapshot")
          .where({ sha256 })
          .update({ purged_at: db.raw("horloge()") });
      }
      return rows.length;
    });
  } catch (error) {
    if (error instanceof EditionEnCours) return undefined;
    throw error;
  }
}
