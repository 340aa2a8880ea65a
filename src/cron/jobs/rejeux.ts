import { advanceReplays } from "../../delivery/index.ts";
import type { Job } from "../job.ts";

/** A replay goes on from where the process that was making it stopped. */
export const rejeux: Job = {
  id: "rejeux",
  description: "Continue les rejeux confirmés qu'un arrêt a interrompus",
  horaire: "* * * * *",
  rattrapage: "dernier",
  async run({ db, signal }) {
    return { lots: await advanceReplays(db, { signal }) };
  },
};
