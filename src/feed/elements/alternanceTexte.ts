import type { Modalites, Voie } from "../../published/contract/index.ts";
import type { Completions } from "../completions.ts";
import { optionnel } from "../valeurs.ts";

const SELON_LA_VOIE: Readonly<Record<Voie, string>> = {
  formation_continue: "Sans alternance",
  formation_initiale: "Sans alternance",
  professionnalisation: "Contrat de professionnalisation",
  apprentissage: "Contrat d'apprentissage",
};

/** LHEO `modalites-alternance`: as typed, else what the voie d'accès says (S91). */
export function buildModalitesAlternance(
  { modalites_alternance }: Pick<Modalites, "modalites_alternance">,
  voie: Voie,
  completions: Completions,
): string {
  const tapees = optionnel(modalites_alternance);
  if (tapees !== undefined) return tapees;
  const value = SELON_LA_VOIE[voie];
  completions.sayOnce("modalites-alternance-complete-par-defaut", "action/modalites-alternance", value);
  return value;
}
