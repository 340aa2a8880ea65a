import type { Organisme, Version } from "../../published/contract/index.ts";
import type { Completions } from "../completions.ts";
import type { Bati } from "../entree.ts";
import { numeroOrganisme } from "../numeros.ts";
import { liste, optionnel } from "../valeurs.ts";
import { buildContact } from "./contact.ts";
import { buildCoordonnees } from "./coordonnees.ts";
import { buildPotentiel } from "./potentiel.ts";

/** LHEO `organisme-formation-responsable` (S63–S66). */
export function buildOrganisme(
  organisme: Pick<Version<Organisme>, "numero" | "contenu">,
  base: string,
  completions: Completions,
): Bati<"organisme-formation-responsable"> {
  const { contenu } = organisme;
  const codeUAI = optionnel(contenu.uai);
  return {
    "@": { numero: numeroOrganisme(base, organisme) },
    "numero-activite": contenu.numero_activite,
    "SIRET-organisme-formation": { SIRET: contenu.siret },
    "nom-organisme": contenu.nom,
    "raison-sociale": contenu.raison_sociale,
    "coordonnees-organisme": { coordonnees: buildCoordonnees(contenu.coordonnees) },
    "contact-organisme": liste(contenu.contacts, buildContact) ?? contactParDefaut(organisme, completions),
    "renseignements-specifiques": optionnel(contenu.renseignements_specifiques),
    potentiel: buildPotentiel(contenu.potentiel),
    "code-UAI-organisme-formation": codeUAI === undefined ? undefined : { "code-UAI": codeUAI },
  };
}

/** Without a person to contact, the body itself is the contact. */
function contactParDefaut(
  { numero, contenu }: Pick<Version<Organisme>, "numero" | "contenu">,
  completions: Completions,
): readonly Bati<"contact-organisme">[] {
  completions.say("contact-organisme-complete-par-defaut", {
    path: "organisme-formation-responsable/contact-organisme",
    value: "coordonnées de l'organisme",
    organisme: numero,
  });
  return [{ coordonnees: buildCoordonnees(contenu.coordonnees) }];
}
