import type { Action, Certification } from "../../published/contract/index.ts";
import { keyOfCertification } from "../certifications.ts";
import type { Completions } from "../completions.ts";
import { optionnel } from "../valeurs.ts";

/** The three boxes of the form (S73, S74, S77). */
const VALIDATIONS = {
  attestation: "Attestation de fin de formation",
  rncp: "Diplôme ou certification inscrit(e) au RNCP",
  autre: "Autre diplôme, certificat, habilitation",
} as const;

/**
 * LHEO `resultats-attendus`: as typed, else the titles of the certifications, else the box that was ticked. Nobody
 * having said what is obtained, nothing is written and the XSD says so.
 */
export function buildResultatsAttendus(
  {
    resultats_attendus,
    validation,
    certifications,
  }: Pick<Action, "resultats_attendus" | "validation" | "certifications">,
  registre: ReadonlyMap<string, Certification>,
  completions: Completions,
): string | undefined {
  const tapes = optionnel(resultats_attendus);
  if (tapes !== undefined) return tapes;
  const titres = certifications
    .map((codes) => registre.get(keyOfCertification(codes) ?? "")?.intitule)
    .filter((titre) => titre !== undefined);
  const coche = validation === null || validation === undefined ? undefined : VALIDATIONS[validation];
  const value = titres.length > 0 ? titres.join(" ; ") : coche;
  if (value === undefined) return undefined;
  completions.say("resultats-attendus-complete-par-defaut", { path: "resultats-attendus", value });
  return value;
}
