import type * as lheo from "../lheo/index.ts";
import { type AsRead, attributeOf, textOf } from "../lheo/index.ts";
import type { Organisme } from "../published/contract/index.ts";
import { readContacts, readCoordonnees } from "./coordonnees.ts";
import { compact, readCodesRef } from "./valeurs.ts";

/** The number that an organisme is known by: its own, else its SIRET; none when the file gives neither. */
export function numeroOrganisme(
  organisme: AsRead<lheo.OrganismeFormationResponsable> | undefined,
): string | undefined {
  const numero = attributeOf(organisme, "numero") || textOf(organisme?.["SIRET-organisme-formation"]?.SIRET);
  return numero || undefined;
}

/** LHEO `organisme-formation-responsable`. What LHEO does not say (Qualiopi, Kairos account) stays unsaid. */
export function readOrganisme(organisme: AsRead<lheo.OrganismeFormationResponsable>): Organisme {
  return compact({
    numero_lheo: attributeOf(organisme, "numero") || undefined,
    numero_activite: textOf(organisme["numero-activite"]) ?? "",
    siret: textOf(organisme["SIRET-organisme-formation"]?.SIRET) ?? "",
    nom: textOf(organisme["nom-organisme"]) ?? "",
    raison_sociale: textOf(organisme["raison-sociale"]) ?? "",
    coordonnees: readCoordonnees(organisme["coordonnees-organisme"]?.coordonnees),
    contacts: readContacts(organisme["contact-organisme"]),
    renseignements_specifiques: textOf(organisme["renseignements-specifiques"]),
    potentiel: readCodesRef(organisme.potentiel?.["code-FORMACODE"]) ?? [],
    uai: textOf(organisme["code-UAI-organisme-formation"]?.["code-UAI"]),
    qualiopi: [],
    compte_kairos: false,
    tel_quel: [],
  });
}
