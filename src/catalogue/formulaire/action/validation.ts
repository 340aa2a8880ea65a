import type { Section } from "../definition.ts";
import { maximumDe } from "../lheo.ts";
import { champ, Lieu } from "../pieces.ts";

const la = new Lieu("action");

/** What is delivered at the end (S73–S83). */
export const validation: Section = {
  id: "validation",
  titre: "Validation et certifications",
  elements: [
    champ(
      "validation",
      "Validation, fin de formation",
      {
        type: "choix",
        forme: "boutons",
        choix: [
          {
            valeur: "attestation",
            texte: "Attestation de fin de formation",
            aide: "Seulement si la formation ne délivre ni certification, ni diplôme, ni habilitation.",
          },
          {
            valeur: "rncp",
            texte: "Diplôme ou certification inscrit au RNCP",
            aide: "Choisissez-le ci-dessous : la formation pourra être éligible au CPF. La mention CPF apparaît 24 heures après la publication.",
          },
          {
            valeur: "autre",
            texte: "Autre diplôme, certificat ou habilitation",
            aide: "Répertoire spécifique, habilitation, accompagnement VAE, bilan de compétences.",
          },
        ],
      },
      { requis: true, source: "S73–S78" },
    ),
    champ(
      "certifications",
      "Certification ou diplôme préparé",
      { type: "certifications", max: maximumDe("action", "certifications[].code_rncp") },
      {
        aide: "Indiquez ce que vous délivrez : vous devez en être le certificateur, ou être habilité par lui à France compétences. Cinq au plus, tous répertoires confondus. Pour l'accompagnement VAE : CertifInfo 83899. Si vous ne trouvez pas le code, laissez vide : il est complété au contrôle.",
        source: "S74, S76–S83, H2",
      },
    ),
    la.texte(
      "resultats_attendus",
      "Résultats attendus",
      {
        aide: "Ce que la formation apporte à qui la réussit. Laissez vide pour reprendre le titre de la certification, ou l'attestation.",
        source: "LHEO resultats-attendus",
      },
      3,
    ),
    la.liste("niveau_sortie", "Niveau à la sortie", { source: "LHEO code-niveau-sortie" }),
  ],
};
