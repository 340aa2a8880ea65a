import type { Coordonnees } from "../../published/contract/index.ts";
import type { Bati } from "../entree.ts";
import { numtels, optionnel, optionnels, urlwebs } from "../valeurs.ts";
import { buildAdresse } from "./adresse.ts";

/** LHEO `coordonnees`. */
export function buildCoordonnees(coordonnees: Coordonnees): Bati<"coordonnees"> {
  const { adresse } = coordonnees;
  return {
    civilite: optionnel(coordonnees.civilite),
    nom: optionnel(coordonnees.nom),
    prenom: optionnel(coordonnees.prenom),
    ligne: optionnels(coordonnees.lignes),
    adresse: adresse === null || adresse === undefined ? undefined : buildAdresse(adresse),
    telfixe: numtels(coordonnees.telfixe),
    portable: numtels(coordonnees.portable),
    fax: numtels(coordonnees.fax),
    courriel: optionnel(coordonnees.courriel),
    web: urlwebs(coordonnees.web),
  };
}
