import { labelOf } from "../../lheo/index.ts";
import type { Action, Modalites, Voie } from "../../published/contract/index.ts";
import type { Completions } from "../completions.ts";
import { booleen } from "../valeurs.ts";

/**
 * LHEO `prise-en-charge-frais-possible`, which the forms of the guide do not ask: as given, else yes. A conventionnée
 * is paid by its funder (S30), a contract by the OPCO, and any other continuing training may get individual funding
 * (S33); nothing says so of initial training.
 */
export function buildPriseEnCharge(
  { prise_en_charge_possible }: Pick<Modalites, "prise_en_charge_possible">,
  { conventionnee }: Pick<Action, "conventionnee">,
  voie: Voie,
  completions: Completions,
): string {
  const donnee = booleen(prise_en_charge_possible);
  if (donnee !== undefined) return donnee;
  const value = conventionnee || voie !== "formation_initiale" ? "1" : "0";
  completions.sayOnce(
    "prise-en-charge-complete-par-defaut",
    "action/prise-en-charge-frais-possible",
    value,
    labelOf("dict-boolean", value),
  );
  return value;
}
