import type { Lieu } from "../../published/contract/index.ts";
import type { Bati } from "../entree.ts";
import { optionnel } from "../valeurs.ts";
import { PRINCIPAL } from "./contact.ts";
import { buildCoordonnees } from "./coordonnees.ts";

/** LHEO `lieu-de-formation` (S110). */
export function buildLieu({ siret, uai, principal, coordonnees }: Lieu): Bati<"lieu-de-formation"> {
  const [SIRET, codeUAI] = [optionnel(siret), optionnel(uai)];
  return {
    "@": principal ? PRINCIPAL : undefined,
    "SIRET-lieu-formation": SIRET === undefined ? undefined : { SIRET },
    "code-UAI-lieu-formation": codeUAI === undefined ? undefined : { "code-UAI": codeUAI },
    coordonnees: buildCoordonnees(coordonnees),
  };
}
