import type { Modalites } from "../../published/contract/index.ts";
import type { Bati } from "../entree.ts";
import { entier } from "../valeurs.ts";

type Financeur = NonNullable<Modalites["financeurs"]>[number];

/** LHEO `organisme-financeur` (S29). */
export function buildFinanceur({ code, nb_places }: Financeur): Bati<"organisme-financeur"> {
  return { "code-financeur": code, "nb-places-financees": entier(nb_places) };
}
