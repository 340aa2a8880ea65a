import { raisonEdition, readAVenir } from "../../edition/index.ts";
import { readProfils } from "../../partner/index.ts";
import type { Job } from "../job.ts";

/** Between two éditions when nothing is due to the minute: an OF that types for an hour makes a dozen, not sixty. */
const ECART_MS = 5 * 60_000;

/** Feed runs: what may leave is in the feeds within minutes, so each partner's window finds the newest content. */
export const editions: Job = {
  id: "editions",
  description:
    "Édition des flux : au plus cinq minutes après une publication, un retrait ou la fin d'une attente, à la minute pour la mention CPF, et chaque jour à minuit",
  horaire: "* * * * *",
  rattrapage: "dernier",
  async run({ db, editer, signal }) {
    const profils = await readProfils(db);
    const raison = raisonEdition(await readAVenir(db, profils), profils, ECART_MS);
    if (raison === undefined) return {};
    const bilan = await editer({ signal });
    return {
      raison,
      edition: bilan.edition,
      nouveaux: bilan.profils.filter(({ issue }) => issue === "nouveau").map(({ profil }) => profil),
    };
  },
};
