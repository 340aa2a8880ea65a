import type { Notice } from "../../notices/index.ts";
import { checkCertifications } from "./certifications.ts";
import { Constats, type Contexte, type Formation } from "./constats.ts";
import { checkContacts, checkUrls } from "./coordonnees.ts";
import { checkSuivi } from "./dates.ts";
import { checkDomaine } from "./domaine.ts";
import { checkNumero } from "./numeros.ts";
import { checkResponsable } from "./organismes.ts";
import { checkTextesFormation, horsLatin1 } from "./textes.ts";

/**
 * The rules on what a formation says once for all its actions. What it says of its actions is `checkAction`'s.
 *
 * @param formation an LHEO value, its actions left out or not
 */
export function checkFormation(formation: Formation, contexte: Contexte = {}): Notice[] {
  const constats = new Constats(contexte);
  checkNumero(constats, formation, "", "numero-absent", "La formation");
  checkSuivi(constats, formation, "", "");
  checkDomaine(constats, formation["domaine-formation"]);
  checkTextesFormation(constats, formation);
  checkCertifications(constats, formation);
  checkContacts(constats, formation["contact-formation"], "contact-formation");
  checkUrls(constats, formation["url-formation"]?.urlweb, "url-formation/urlweb");
  checkResponsable(constats, formation["organisme-formation-responsable"]);
  if (contexte.latin1 === true) {
    const characters = horsLatin1(formation);
    if (characters.size > 0)
      constats.add("texte-hors-latin1", "", { value: [...characters].slice(0, 40).join(" ") });
  }
  return constats.notices;
}
