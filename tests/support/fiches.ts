import type { Knex } from "knex";
import { saisieAction, saisieSession } from "./catalogue.ts";
import { navigateur } from "./formulaire.ts";
import type { useSite } from "./site.ts";

/** Someone of a training body, before its forms. */
export async function entrer(
  db: Knex,
  site: Pick<ReturnType<typeof useSite>, "enter" | "url">,
  identifiant: string,
  structure = "OF1",
): Promise<ReturnType<typeof navigateur>> {
  const jeton = await site.enter(identifiant, "membre");
  const { id } = await db("compte").where({ identifiant }).first("id");
  await db("rattachement").insert({ compte_id: id, structure, profil: "catalogue", etat: "actif" });
  return navigateur(() => site.url, jeton);
}

/** An action that the checks let through. */
export function actionComplete(fields: Record<string, unknown> = {}): Record<string, unknown> {
  return saisieAction({
    objectif_general: "7",
    validation: "attestation",
    contacts: [contact()],
    modalites: { conditions_acces: "RAS", heures_par_modalite: [{ modalite: "jour", heures: 350 }] },
    ...fields,
  });
}

/** A session that they let through. */
export function sessionComplete(fields: Record<string, unknown> = {}): Record<string, unknown> {
  const { coordonnees } = contact();
  const adresse = { lignes: ["12 rue des Essais"], code_postal: "64000", ville: "Pau" };
  return saisieSession({
    debut: "20270104",
    fin: "20270108",
    lieux: [{ principal: false, coordonnees: { ...coordonnees, adresse } }],
    contacts: [contact()],
    ...fields,
  });
}

function contact() {
  return {
    principal: false,
    coordonnees: {
      courriel: "accueil@exemple.fr",
      lignes: [],
      telfixe: [],
      portable: [],
      fax: [],
      web: [],
    },
  };
}
