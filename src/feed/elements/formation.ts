import type { Action } from "../../published/contract/index.ts";
import type { Completions } from "../completions.ts";
import type { Bati, Contexte, Entree } from "../entree.ts";
import { extrasSimple, listeExtras } from "../extras.ts";
import { numeroFormation } from "../numeros.ts";
import { attributsDeSuivi } from "../suivi.ts";
import { booleen, liste, optionnel, urlwebs } from "../valeurs.ts";
import { buildCertification } from "./certification.ts";
import { buildCodeTypeFormation } from "./codeTypeFormation.ts";
import { buildContactsFormation } from "./contactsFormation.ts";
import { buildDomaine } from "./domaine.ts";
import { buildResultatsAttendus } from "./resultats.ts";

/** dict-type-parcours 4, mixte: of the four, the one that rules nothing out. */
const PARCOURS_PAR_DEFAUT = "4";
/** dict-niveaux 0, "information non communiquée". */
const NIVEAU_NON_COMMUNIQUE = "0";

/** What the head of a formation is built from: never its sessions, so that it is the same whichever are written. */
export type EntreeFormation = Pick<Entree, "action" | "organisme" | "certifications">;

/**
 * LHEO `formation` without its actions and its organisme: the action of the catalogue (S46–S48).
 */
export function buildFormation(
  { action, organisme, certifications }: EntreeFormation,
  { base }: Pick<Contexte, "base">,
  completions: Completions,
): Bati<"formation"> {
  const { contenu } = action;
  return {
    "@": attributsDeSuivi(numeroFormation(base, action), action),
    "domaine-formation": buildDomaine(contenu),
    "intitule-formation": contenu.intitule,
    "objectif-formation": contenu.objectif,
    "resultats-attendus": buildResultatsAttendus(contenu, certifications, completions),
    "contenu-formation": contenu.contenu,
    certifiante: booleen(contenu.certifiante ?? contenu.certifications.length > 0),
    "contact-formation": buildContactsFormation(contenu, organisme.contenu, completions),
    "parcours-de-formation": buildParcours(contenu, completions),
    "code-niveau-entree": buildNiveauEntree(contenu, completions),
    "objectif-general-formation": optionnel(contenu.objectif_general),
    certification: liste(contenu.certifications, buildCertification),
    "code-type-formation": liste(contenu.codes_type_formation, buildCodeTypeFormation),
    "code-niveau-sortie": optionnel(contenu.niveau_sortie),
    "url-formation": urlwebs(contenu.urls),
    "identifiant-module": optionnel(contenu.identifiant_module),
    positionnement: optionnel(contenu.positionnement),
    extras: buildExtrasFormation(contenu),
  };
}

function buildParcours({ parcours }: Pick<Action, "parcours">, completions: Completions): string {
  const donne = optionnel(parcours);
  if (donne !== undefined) return donne;
  completions.say("parcours-complete-par-defaut", {
    path: "parcours-de-formation",
    value: PARCOURS_PAR_DEFAUT,
    attendu: "mixte",
  });
  return PARCOURS_PAR_DEFAUT;
}

function buildNiveauEntree(
  { niveau_entree }: Pick<Action, "niveau_entree">,
  completions: Completions,
): string {
  const donne = optionnel(niveau_entree);
  if (donne !== undefined) return donne;
  completions.say("niveau-entree-complete-par-defaut", {
    path: "code-niveau-entree",
    value: NIVEAU_NON_COMMUNIQUE,
    attendu: "information non communiquée",
  });
  return NIVEAU_NON_COMMUNIQUE;
}

/** S70: the language has no element for it. */
function buildExtrasFormation({ le_plus }: Pick<Action, "le_plus">): Bati<"formation">["extras"] {
  const texte = optionnel(le_plus);
  return listeExtras([texte === undefined ? undefined : extrasSimple("le-plus", texte)]);
}
