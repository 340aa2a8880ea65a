import { upkeepCatalogue } from "../../catalogue/index.ts";
import { actionsSansSession, purgerRetires, retirerPerimees } from "../../published/index.ts";
import type { Job } from "../job.ts";

const NOMMEES = 10;

/** S136, S137, H4 to H6: what time does to the published offer, every night. */
export const perimees: Job = {
  id: "perimees",
  description:
    "Retire les sessions terminées depuis plus de 30 jours, efface le contenu de ce qui a été retiré il y a longtemps, signale les actions sans session ; le catalogue suit",
  horaire: "15 1 * * *",
  rattrapage: "dernier",
  async run({ db, retentionJours, signal }) {
    const retirees = await retirerPerimees(db, { signal });
    const purgees = await purgerRetires(db, { jours: retentionJours, signal });
    const { nombre, premiers } = await actionsSansSession(db, NOMMEES);
    const catalogue = await upkeepCatalogue(db, { jours: retentionJours });
    return {
      retirees,
      purgees,
      catalogue,
      actionsSansSession: nombre,
      exemples: premiers.map(({ numero }) => numero),
    };
  },
};
