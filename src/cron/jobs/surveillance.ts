import { reconcileAlerts } from "../../alert/index.ts";
import type { Job } from "../job.ts";
import { abandons, controles, pannes, partenairesArretes, retards, retenues } from "../veille/index.ts";

/** Alerts about what deliveries and the control are, looked at in PostgreSQL. */
export const surveillance: Job = {
  id: "surveillance",
  description:
    "Surveille les diffusions : retards, abandons, retenues, et les partenaires en panne, en pause ou désactivés ; le retard du contrôle",
  horaire: "*/5 * * * *",
  rattrapage: "dernier",
  async run({ db }) {
    return {
      retards: await reconcileAlerts(db, "diffusions-en-retard", await retards(db)),
      abandons: await reconcileAlerts(db, "diffusion-abandonnee", await abandons(db)),
      pannes: await reconcileAlerts(db, "partenaire-en-panne", await pannes(db)),
      retenues: await reconcileAlerts(db, "diffusion-retenue", await retenues(db)),
      partenaires: await reconcileAlerts(db, "partenaire-arrete", await partenairesArretes(db)),
      controles: await reconcileAlerts(db, "controle-en-retard", await controles(db)),
    };
  },
};
