import type { Extras } from "../../lheo/index.ts";
import type { Modalites, Session, Voie } from "../../published/contract/index.ts";
import { extras, extrasSimple, listeExtras } from "../extras.ts";

/** The voie d'accès as the readers of the national feed find it; formation continue is the absence of all three. */
const VOIES: Readonly<Record<Voie, Extras | undefined>> = {
  formation_continue: undefined,
  professionnalisation: extras("dispositif", [["contrat-professionnalisation", "1"]]),
  apprentissage: extras("dispositif", [["contrat-apprentissage", "1"]]),
  formation_initiale: extras("type-action", [["formation-initiale", "1"]]),
};

/** H3: `modalites-entrees-sorties` has no code for it. */
const SEQUENCEES = extrasSimple("type-entree", "sequencees");

/** LHEO `action/extras`: what the action says and its elements cannot (S84, S91, S107). */
export function buildExtrasAction(
  { duree_hebdo, heures_par_modalite }: Pick<Modalites, "duree_hebdo" | "heures_par_modalite">,
  { voie, type_entree }: Pick<Session, "voie" | "type_entree">,
): readonly Extras[] | undefined {
  return listeExtras([
    VOIES[voie],
    type_entree === "sequencees" ? SEQUENCEES : undefined,
    typeof duree_hebdo === "number" ? extrasSimple("duree-hebdo", String(duree_hebdo)) : undefined,
    buildHeuresParModalite(heures_par_modalite),
  ]);
}

function buildHeuresParModalite(split: Modalites["heures_par_modalite"]): Extras | undefined {
  if (split === null || split === undefined || split.length === 0) return undefined;
  return extras(
    "heures-par-modalite",
    split.map(({ modalite, heures }) => [modalite, String(heures)]),
  );
}
