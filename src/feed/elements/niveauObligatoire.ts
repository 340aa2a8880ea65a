import type { Modalites } from "../../published/contract/index.ts";
import type { Completions } from "../completions.ts";
import { booleen } from "../valeurs.ts";

/** LHEO `niveau-entree-obligatoire`: as given; an entry level that nobody made a condition is none. */
export function buildNiveauObligatoire(
  { niveau_entree_obligatoire }: Pick<Modalites, "niveau_entree_obligatoire">,
  completions: Completions,
): string {
  const donne = booleen(niveau_entree_obligatoire);
  if (donne !== undefined) return donne;
  completions.sayOnce(
    "niveau-entree-obligatoire-complete-par-defaut",
    "action/niveau-entree-obligatoire",
    "0",
    "non",
  );
  return "0";
}
