import { sendAlerts } from "../../alert/index.ts";
import type { Job } from "../job.ts";

/** Alerts opened and closed by anyone leave from here. */
export const alertes: Job = {
  id: "alertes",
  description: "Envoie les alertes et leurs résolutions au journal, au webhook et par courrier",
  horaire: "* * * * *",
  rattrapage: "dernier",
  async run({ db, channels, log, signal }) {
    return { ...(await sendAlerts(db, channels, { log, signal })) };
  },
};
