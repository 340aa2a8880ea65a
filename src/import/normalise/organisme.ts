import { type Entree, numeroOrganisme } from "../../feed/index.ts";
import type { Organisme } from "../../published/contract/index.ts";
import type { Fiche } from "../offre.ts";
import { compact } from "../valeurs.ts";
import {
  normaliseCodesRef,
  normaliseContacts,
  normaliseCoordonnees,
  normaliseTelQuel,
  normaliseTextes,
} from "./valeurs.ts";

/** Qualiopi and the Kairos account have no place in LHEO, nor have the dates of an organisme. */
export function normaliseOrganisme(version: Entree["organisme"], base: string): Fiche<Organisme> {
  const numero = numeroOrganisme(base, version);
  const { datecrea: _, datemaj: __, ...contenu } = normaliseTextes(version.contenu);
  const coordonnees = normaliseCoordonnees(contenu.coordonnees);
  return {
    numero,
    contenu: compact({
      ...contenu,
      numero_lheo: numero,
      coordonnees,
      contacts:
        contenu.contacts.length > 0
          ? normaliseContacts(contenu.contacts)
          : [{ principal: false, coordonnees }],
      potentiel: normaliseCodesRef(contenu.potentiel),
      qualiopi: [],
      compte_kairos: false,
      tel_quel: normaliseTelQuel(version.contenu.tel_quel),
    }),
  };
}
