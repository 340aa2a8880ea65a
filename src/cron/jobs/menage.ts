import type { Job } from "../job.ts";
import { removeFiles, removeRows } from "../menage/index.ts";

/** What no longer serves goes, in small pieces; thresholds are in `seuils.ts`. */
export const menage: Job = {
  id: "menage",
  description:
    "Retire ce qui ne sert plus : réponses anciennes, annonces traitées, vieux passages, fichiers d'anciens flux. L'historique reste",
  horaire: "40 3 * * *",
  rattrapage: "dernier",
  async run({ db, store, signal }) {
    const lignes = await removeRows(db, signal);
    const fichiers = await removeFiles(db, store, signal);
    return { ...lignes, fichiers: fichiers ?? "une édition est en cours : remis à demain" };
  },
};
