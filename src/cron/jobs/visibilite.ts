import { reconcileAlerts } from "../../alert/index.ts";
import type { Job } from "../job.ts";
import { visibilites } from "../veille/index.ts";

/** S35, S148: an expected date without the partner's word is told. */
export const visibilite: Job = {
  id: "visibilite",
  description:
    "Alerte quand la date de visibilité attendue chez un partenaire est passée sans accusé de traitement",
  horaire: "20 * * * *",
  rattrapage: "dernier",
  async run({ db, maintenant }) {
    return { ...(await reconcileAlerts(db, "visibilite-depassee", await visibilites(db, maintenant))) };
  },
};
