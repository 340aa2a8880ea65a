import type { Formateur } from "../../published/contract/index.ts";
import type { Bati } from "../entree.ts";
import { liste, optionnel } from "../valeurs.ts";
import { buildContact } from "./contact.ts";
import { buildPotentiel } from "./potentiel.ts";
import { buildReferences } from "./referenceCertification.ts";

/** LHEO `organisme-formateur` (S97). */
export function buildFormateur(formateur: Formateur): Bati<"organisme-formateur"> {
  const [numero, codeUAI] = [optionnel(formateur.numero), optionnel(formateur.uai)];
  return {
    "@": numero === undefined ? undefined : { numero },
    "SIRET-formateur": { SIRET: formateur.siret },
    "raison-sociale-formateur": formateur.raison_sociale,
    "contact-formateur": liste(formateur.contacts, buildContact),
    potentiel: buildPotentiel(formateur.potentiel),
    "code-UAI-formateur": codeUAI === undefined ? undefined : { "code-UAI": codeUAI },
    "reference-certification": buildReferences(formateur.certifications),
  };
}
