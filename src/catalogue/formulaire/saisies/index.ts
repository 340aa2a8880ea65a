import type { Saisie } from "../definition.ts";
import { certifications, visees } from "./certifications.ts";
import { choix, financeurs, ouiNon } from "./choix.ts";
import type { Codec } from "./codec.ts";
import { date_ } from "./date.ts";
import { heures, rythme } from "./heures.ts";
import { codes, liste } from "./liste.ts";
import { entier, montant } from "./nombre.ts";
import { ligne, texteLong } from "./texte.ts";

export { cleDe } from "./certifications.ts";
export { type Codec, type Lu, normal, type Textes } from "./codec.ts";
export { formatDate, parseDate } from "./date.ts";

/** How a field is read and written. */
export function codecOf(saisie: Saisie): Codec {
  switch (saisie.type) {
    case "ligne":
      return ligne(saisie.serre === true);
    case "texte":
      return texteLong;
    case "date":
      return date_(saisie.inconnue);
    case "entier":
      return entier(saisie);
    case "montant":
      return montant;
    case "choix":
      return choix(saisie.choix);
    case "oui_non":
      return ouiNon;
    case "liste":
      return liste(saisie);
    case "codes":
      return codes(saisie);
    case "financeurs":
      return financeurs(saisie.choix, saisie.max);
    case "heures":
      return heures(saisie.modalites);
    case "rythme":
      return rythme;
    case "certifications":
      return certifications(saisie.max);
    case "visees":
      return visees(saisie.parmi);
  }
}
