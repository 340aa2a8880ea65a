import { ACCOMPAGNEMENT_VAE, keyOfCertification } from "../../../feed/index.ts";
import type { Certification } from "../../../published/contract/index.ts";
import { motsDe } from "../../../published/index.ts";
import { isFilled } from "../champ.ts";
import { checkActionObligatoire } from "./obligatoires.ts";
import { type ActionLue, Releve } from "./releve.ts";
import { checkSigles } from "./sigles.ts";

const CASES = {
  rncp: "Diplôme ou certification inscrit(e) au RNCP",
  autre: "Autre diplôme, certificat, habilitation",
} as const;

/** Letters that two forms of a word share: « boulanger », « boulangerie ». */
const RACINE = 5;

/** Does the title have half of the words of the official one? */
function reprend(intitule: string, officiel: string): boolean {
  const racines = (text: string): readonly string[] =>
    motsDe(text).flatMap((mot) => (mot.length < 4 ? [] : [mot.slice(0, RACINE)]));
  const siens = new Set(racines(intitule));
  const attendus = racines(officiel);
  return attendus.filter((mot) => siens.has(mot)).length * 2 >= attendus.length;
}

const VAE = /\baccompagnement\b.*\b(?:VAE\b|validation des acquis)/i;

/**
 * The rules of the guide on the form of an action.
 * @param registre certifications that it names, by key
 */
export function checkGuideAction(lue: ActionLue, registre: ReadonlyMap<string, Certification>): Releve {
  const releve = new Releve(lue.fiche);
  const { contenu } = lue;
  const { certifications = [], validation, modalites } = contenu;
  const cles = certifications.map((codes) => keyOfCertification(codes));
  checkActionObligatoire(lue, releve);
  if (validation === "attestation" && certifications.length > 0) {
    const [premiere] = cles;
    const value =
      certifications.length === 1
        ? (premiere ?? "une certification")
        : `${certifications.length} certifications`;
    releve.add("attestation-avec-certification", "validation", { value });
  }
  if ((validation === "rncp" || validation === "autre") && certifications.length === 0)
    releve.add("certification-a-completer", "certifications", { value: CASES[validation] });
  if (VAE.test(contenu.intitule ?? "") && !cles.includes(ACCOMPAGNEMENT_VAE))
    releve.add("vae-sans-code", "certifications", { value: contenu.intitule ?? "" });
  const [seule] = cles;
  const officiel = cles.length === 1 ? registre.get(seule ?? "")?.intitule : undefined;
  if (officiel !== undefined && isFilled(contenu, "intitule") && !reprend(contenu.intitule ?? "", officiel))
    releve.add("intitule-officiel", "intitule", { value: contenu.intitule ?? "", attendu: officiel });
  checkSigles(
    [
      { champ: "intitule", nom: "Intitulé", text: contenu.intitule },
      { champ: "le_plus", nom: "Le + de cette formation", text: contenu.le_plus },
      { champ: "objectif", nom: "Objectif de la formation", text: contenu.objectif },
      { champ: "contenu", nom: "Programme", text: contenu.contenu },
      { champ: "modalites.conditions_acces", nom: "Conditions d'accès", text: modalites?.conditions_acces },
      { champ: "modalites.prerequis", nom: "Prérequis pédagogique", text: modalites?.prerequis },
      {
        champ: "modalites.modalites_recrutement",
        nom: "Recrutement",
        text: modalites?.modalites_recrutement,
      },
    ],
    [...registre.values()].map(({ intitule }) => intitule),
    releve,
  );
  return releve;
}
