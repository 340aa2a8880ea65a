import type { Modalites } from "../../published/contract/index.ts";
import type { Completions } from "../completions.ts";
import { optionnel } from "../valeurs.ts";

/** What LHEO writes for no condition; the form accepts `RAS` for it (S86). */
const AUCUNE = "aucune";
const RAS = /^\s*r\.?\s*a\.?\s*s\.?\s*$/i;

/**
 * LHEO `conditions-specifiques`: the two fields of the form, conditions d'accès réglementaire and prérequis
 * pédagogique, for which the language has one element (S86, S87).
 */
export function buildConditions(
  { conditions_acces, prerequis }: Pick<Modalites, "conditions_acces" | "prerequis">,
  completions: Completions,
): string {
  const dits = [optionnel(conditions_acces), optionnel(prerequis)];
  if (dits.every((texte) => texte === undefined)) {
    completions.sayOnce(
      "conditions-specifiques-complete-par-defaut",
      "action/conditions-specifiques",
      AUCUNE,
    );
    return AUCUNE;
  }
  const [acces, requis] = dits.map((texte) => (texte === undefined || RAS.test(texte) ? undefined : texte));
  if (acces !== undefined && requis !== undefined) return `${acces}\nPrérequis : ${requis}`;
  return acces ?? requis ?? AUCUNE;
}
