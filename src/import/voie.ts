import type * as lheo from "../lheo/index.ts";
import { type AsRead, textOf } from "../lheo/index.ts";
import type { TypeEntree, Voie } from "../published/contract/index.ts";
import { readExtra } from "./valeurs.ts";

/** Where feeds say the voie on the LHEO `action`: extras, extra, voie. The first that says 1 wins. */
const DISPOSITIFS: readonly (readonly [extras: string, extra: string, voie: Voie])[] = [
  ["dispositif", "contrat-apprentissage", "apprentissage"],
  ["dispositif", "contrat-professionnalisation", "professionnalisation"],
  ["type-action", "formation-initiale", "formation_initiale"],
  ["type-formation", "formation-initiale", "formation_initiale"],
];

/** dict-type-cycle. */
const CYCLES: Readonly<Record<string, Voie>> = { "0": "formation_initiale", "1": "apprentissage" };

/** The voie d'accès, from the extras that name it, else from the cycle; without a word, formation continue. */
export function readVoie(action: AsRead<lheo.Action>, session: AsRead<lheo.Session>): Voie {
  const said = DISPOSITIFS.find(([extras, extra]) => readExtra(action.extras, extras, extra) === "1");
  return said?.[2] ?? CYCLES[textOf(session.cycle?.[0]?.["type-cycle"]) ?? ""] ?? "formation_continue";
}

/** H3: LHEO has no code for entrées séquencées, which are permanentes with an extra that says so. */
export function readTypeEntree(action: AsRead<lheo.Action>): TypeEntree {
  if (textOf(action["modalites-entrees-sorties"]) !== "1") return "dates_fixes";
  return readExtra(action.extras, "type-entree") === "sequencees" ? "sequencees" : "permanentes";
}
