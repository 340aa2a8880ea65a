import type { Cycle, Session, Voie } from "../../published/contract/index.ts";
import type { Completions } from "../completions.ts";
import type { Bati } from "../entree.ts";
import { entier, liste, optionnel } from "../valeurs.ts";
import { LIBELLES_DES_VOIES } from "../voies.ts";

/** dict-type-cycle: the two voies that have one. A contrat de professionnalisation has no place in `cycle`. */
const TYPES: Readonly<Partial<Record<Voie, string>>> = { formation_initiale: "0", apprentissage: "1" };

/** dict-type-alternance. */
const CONTRAT_D_APPRENTISSAGE = "1";

/** LHEO `cycle` (S91, S93): always there for the voies that have one, since it is what says the voie. */
export function buildCycle({ voie, cycle }: Pick<Session, "voie" | "cycle">): Bati<"cycle"> | undefined {
  const type = TYPES[voie];
  if (type === undefined) return undefined;
  return {
    "type-cycle": type,
    "annee-cycle": liste(cycle?.annees, String),
    "effectif-minimal": entier(cycle?.effectif_minimal),
    "capacite-simultanee": entier(cycle?.capacite_simultanee),
    "capacite-cumulee": entier(cycle?.capacite_cumulee),
    alternance: voie === "apprentissage" ? buildAlternance(cycle) : undefined,
  };
}

/** LHEO `alternance`. */
function buildAlternance(cycle: Cycle | null | undefined): Bati<"alternance"> {
  const rythme = cycle?.rythme;
  return {
    "type-alternance": optionnel(cycle?.type_alternance) ?? CONTRAT_D_APPRENTISSAGE,
    "rythme-alternance":
      rythme === null || rythme === undefined
        ? undefined
        : {
            "unite-rythme-alternance": rythme.unite,
            "unites-entreprise": String(rythme.unites_entreprise),
            "unites-centre": String(rythme.unites_centre),
          },
  };
}

/** Says that a cycle was given to a voie that has none. */
export function signalerCycle(
  { voie, cycle }: Pick<Session, "voie" | "cycle">,
  session: string,
  completions: Completions,
): void {
  if (cycle === null || cycle === undefined || TYPES[voie] !== undefined) return;
  completions.say("cycle-sans-voie", {
    path: "action/session[1]/cycle",
    value: LIBELLES_DES_VOIES[voie],
    session,
  });
}
