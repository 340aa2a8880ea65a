import type { Modalites, Voie } from "../../published/contract/index.ts";
import type { Completions } from "../completions.ts";
import { optionnel } from "../valeurs.ts";
import { phraseHeures } from "./heures.ts";

/** Nothing is known of the rythme: says whom to ask, and states nothing. */
const RYTHME_A_DEMANDER = "Rythme à demander à l'organisme de formation";

/**
 * LHEO `rythme-formation`, which the forms of the guide do not ask: as typed, else what the hours, the week or the
 * contract say of it.
 */
export function buildRythme(
  {
    rythme,
    heures_par_modalite,
    duree_hebdo,
  }: Pick<Modalites, "rythme" | "heures_par_modalite" | "duree_hebdo">,
  voie: Voie,
  completions: Completions,
): string {
  const tape = optionnel(rythme);
  if (tape !== undefined) return tape;
  const value =
    phraseHeures(heures_par_modalite) ??
    (typeof duree_hebdo === "number" ? `${duree_hebdo} heures par semaine` : undefined) ??
    (voie === "apprentissage" || voie === "professionnalisation" ? "Alternance" : RYTHME_A_DEMANDER);
  completions.sayOnce("rythme-complete-par-defaut", "action/rythme-formation", value);
  return value;
}
