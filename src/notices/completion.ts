import { defineNotices, type NoticeRule } from "./rule.ts";

/** A value that LHEO or its readers demand, that the record lacks, and that has a legitimate default. */
function completion(champ: string, source: string): NoticeRule {
  return {
    severity: "information",
    titre: `Complété par défaut : ${champ}`,
    sentence: ({ value, attendu }) =>
      `Le champ « ${champ} » n'est pas renseigné : le flux écrit « ${value} »${attendu === undefined ? "" : ` (${attendu})`}. Renseignez-le si ce n'est pas exact.`,
    who: "organisme",
    source,
  };
}

/** What the mapping fills in, always said, and what it cannot write. */
export const noticesCompletion = defineNotices({
  "resultats-attendus-complete-par-defaut": completion("Résultats attendus", "LHEO resultats-attendus, S73"),
  "contact-formation-complete-par-defaut": completion(
    "Contact de la formation",
    "LHEO contact-formation, S66",
  ),
  "parcours-complete-par-defaut": completion("Type de parcours", "LHEO parcours-de-formation"),
  "niveau-entree-complete-par-defaut": completion("Niveau d'entrée", "LHEO code-niveau-entree"),
  "contact-organisme-complete-par-defaut": completion(
    "Contact de l'organisme",
    "LHEO contact-organisme, S66",
  ),
  "rythme-complete-par-defaut": completion("Rythme de la formation", "LHEO rythme-formation"),
  "public-vise-complete-par-defaut": completion("Public visé", "LHEO code-public-vise"),
  "niveau-entree-obligatoire-complete-par-defaut": completion(
    "Niveau d'entrée obligatoire",
    "LHEO niveau-entree-obligatoire",
  ),
  "modalites-alternance-complete-par-defaut": completion(
    "Modalités de l'alternance",
    "LHEO modalites-alternance, S91",
  ),
  "modalites-enseignement-complete-par-defaut": completion(
    "Présentiel ou à distance",
    "LHEO modalites-enseignement, S84",
  ),
  "conditions-specifiques-complete-par-defaut": completion(
    "Conditions d'accès et prérequis",
    "LHEO conditions-specifiques, S86, S87",
  ),
  "prise-en-charge-complete-par-defaut": completion(
    "Prise en charge des frais possible",
    "LHEO prise-en-charge-frais-possible, S30, S33",
  ),
  "adresse-inscription-complete-par-defaut": completion("Adresse d'inscription", "LHEO adresse-inscription"),
  "organisme-formateur-complete-par-defaut": completion(
    "Organisme formateur",
    "LHEO organisme-formateur, S97",
  ),
  "validation-blocs-complete-par-defaut": completion(
    "Type de validation des blocs",
    "LHEO validation-blocs, S100",
  ),
  "blocs-validation-totale-incomplets": {
    severity: "avertissement",
    titre: "Validation totale avec une partie des blocs",
    sentence: ({ value, attendu = "de la certification" }) =>
      `La validation est « totale » mais seuls les blocs ${value} sont cochés, sur ${attendu} : le flux écrit la certification sans détail de blocs. Cochez tous les blocs, ou choisissez « partielle ».`,
    who: "organisme",
    source: "S101, LHEO validation-blocs",
  },
  "cycle-sans-voie": {
    severity: "avertissement",
    titre: "Cycle sur une voie qui n'en a pas",
    sentence: ({ value }) =>
      `Un cycle (années, effectifs ou rythme d'alternance) est renseigné pour la voie « ${value} » : LHEO n'a de cycle que pour l'apprentissage et la formation initiale, il n'est pas écrit. Changez la voie d'accès ou videz le cycle.`,
    who: "organisme",
    source: "LHEO cycle/type-cycle",
  },
});
