import { labelOf } from "../../lheo/index.ts";
import type { Modalites, Session } from "../../published/contract/index.ts";
import type { Completions } from "../completions.ts";
import { optionnel } from "../valeurs.ts";
import { enseignementSelonHeures } from "./heures.ts";

/** dict-modalites-enseignement 0, entirely on site. */
const SUR_PLACE = "0";

/**
 * LHEO `modalites-enseignement`: as given, else from the hours by modality, else on site where there is a place. With
 * neither, nothing is known and nothing is written.
 */
export function buildModalitesEnseignement(
  {
    modalites_enseignement,
    heures_par_modalite,
  }: Pick<Modalites, "modalites_enseignement" | "heures_par_modalite">,
  { lieux }: Pick<Session, "lieux">,
  completions: Completions,
): string | undefined {
  const donnees = optionnel(modalites_enseignement);
  if (donnees !== undefined) return donnees;
  const value = enseignementSelonHeures(heures_par_modalite) ?? (lieux.length > 0 ? SUR_PLACE : undefined);
  if (value === undefined) return undefined;
  completions.sayOnce(
    "modalites-enseignement-complete-par-defaut",
    "action/modalites-enseignement",
    value,
    labelOf("dict-modalites-enseignement", value),
  );
  return value;
}
