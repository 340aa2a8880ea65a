import type { Recrutement } from "../../published/contract/index.ts";
import type { Bati } from "../entree.ts";
import { booleen, entier, optionnel } from "../valeurs.ts";
import { buildAdresse } from "./adresse.ts";
import { buildPeriode } from "./periode.ts";

/** LHEO `recrutement`: one step of admission; modalité 9 is the information collective (S109). */
export function buildRecrutement(recrutement: Recrutement): Bati<"recrutement"> {
  const { adresse, periode } = recrutement;
  return {
    "modalite-recrutement": recrutement.modalite,
    "code-perimetre-recrutement": optionnel(recrutement.perimetre),
    "infos-perimetre-recrutement": optionnel(recrutement.infos_perimetre),
    "a-distance": booleen(recrutement.a_distance),
    adresse: adresse === null || adresse === undefined ? undefined : buildAdresse(adresse),
    urlweb: optionnel(recrutement.url),
    "nb-places": entier(recrutement.nb_places),
    periode: periode === null || periode === undefined ? undefined : buildPeriode(periode),
    "heure-debut": optionnel(recrutement.heure_debut),
    "heure-fin": optionnel(recrutement.heure_fin),
    commentaire: optionnel(recrutement.commentaire),
  };
}
