import { textOf } from "../../lheo/index.ts";
import { type Action, type Constats, texte } from "./constats.ts";
import { checkBooleens, extraDe, extrasDe } from "./extras.ts";

const SANS =
  /^\s*(?:-+|sans alternance|aucune(?: alternance)?|pas d['’]alternance|non|sans objet|néant)\s*\.?\s*$/i;

/**
 * The voie d'accès (S91) is said twice: by `cycle` for the language, by `extras[@info="dispositif"]` for the readers
 * of the national feed. Both must say the same, and one voie only.
 */
export function checkAlternance(constats: Constats, action: Action): void {
  const dispositif = extrasDe(action.extras, "dispositif");
  const apprentissage = extraDe(dispositif, "contrat-apprentissage") === "1";
  const professionnalisation = extraDe(dispositif, "contrat-professionnalisation") === "1";
  const initiale =
    extraDe(extrasDe(action.extras, "type-action"), "formation-initiale") === "1" ||
    extraDe(extrasDe(action.extras, "type-formation"), "formation-initiale") === "1";
  const cycle = enApprentissage(action);
  checkBooleens(constats, action.extras, "extras");
  if (cycle !== undefined && !apprentissage)
    constats.add("apprentissage-sans-dispositif", cycle, { value: "1" });
  if (apprentissage && cycle === undefined) {
    constats.add("apprentissage-sans-cycle", 'extras[@info="dispositif"]', {
      value: "contrat-apprentissage : 1",
    });
  }
  const voies = [
    apprentissage || cycle !== undefined ? "en contrat d'apprentissage" : undefined,
    professionnalisation ? "en contrat de professionnalisation" : undefined,
    initiale ? "en formation initiale" : undefined,
  ].filter((voie) => voie !== undefined);
  if (voies.length > 1) constats.add("voies-multiples", "extras", { value: voies.join(" et ") });
  checkTexte(
    constats,
    action,
    voies.find((voie) => voie !== "en formation initiale"),
  );
}

/** The text must not deny what the codes say. */
function checkTexte(constats: Constats, action: Action, voie: string | undefined): void {
  const value = texte(action["modalites-alternance"]);
  if (voie !== undefined && value !== "" && SANS.test(value)) {
    constats.add("alternance-contredite", "modalites-alternance", { value, attendu: voie });
  }
}

/** Path of the first cycle in apprenticeship. */
function enApprentissage({ session }: Action): string | undefined {
  const sessions = session ?? [];
  for (let i = 0; i < sessions.length; i++) {
    const rank = sessions[i]?.cycle?.findIndex((cycle) => textOf(cycle["type-cycle"]) === "1") ?? -1;
    if (rank !== -1) return `session[${i + 1}]/cycle[${rank + 1}]`;
  }
  return undefined;
}
