import { defineNotices } from "./rule.ts";

/** What the training leads to: certifications, blocks of skills, CPF. */
export const noticesCertifications = defineNotices({
  "certifiante-sans-certification": {
    severity: "avertissement",
    titre: "Certifiante sans certification",
    sentence: ({ value }) =>
      `La formation est dite certifiante (« ${value} ») mais aucune certification n'est indiquée. Ajoutez la certification, ou indiquez qu'elle n'est pas certifiante.`,
    who: "organisme",
    source: "S74, S77, LHEO certifiante",
  },
  "certification-sans-certifiante": {
    severity: "avertissement",
    titre: "Certification sans « certifiante »",
    sentence: ({ value, attendu = "" }) =>
      `La formation prépare ${attendu} mais elle est dite non certifiante (« ${value} »). Indiquez qu'elle est certifiante, ou retirez la certification.`,
    who: "organisme",
    source: "S74, LHEO certifiante",
  },
  "objectif-certification": {
    severity: "avertissement",
    titre: "Objectif certification sans certification",
    sentence: ({ value }) =>
      `L'objectif général est la certification (« ${value} ») mais la formation n'en prépare aucune. Changez l'objectif ou ajoutez la certification.`,
    who: "organisme",
    source: "S71a, LHEO objectif-general-formation",
  },
  "certification-vide": {
    severity: "avertissement",
    titre: "Certification sans code",
    sentence: ({ value }) =>
      `Une certification est annoncée sans aucun code (« ${value} »). Donnez son code RNCP, RS ou CertifInfo, ou retirez-la.`,
    who: "organisme",
    source: "S79, S83, LHEO certification",
  },
  "certification-factice": {
    severity: "avertissement",
    titre: "Code de certification de remplissage",
    sentence: ({ value }) =>
      `Le code « ${value} » est une valeur de remplissage. Donnez le vrai code, ou laissez-le vide : l'équipe le complète au contrôle.`,
    who: "organisme",
    source: "S83, LHEO code-RNCP",
  },
  "rncp-forme": {
    severity: "avertissement",
    titre: "Code RNCP mal écrit",
    sentence: ({ value }) =>
      `Le code RNCP « ${value} » n'a pas la bonne forme : il faut des chiffres (35819), précédés ou non de RNCP. Corrigez-le.`,
    who: "organisme",
    source: "France compétences, LHEO code-RNCP",
  },
  "rncp-prefixe": {
    severity: "information",
    titre: "Code RNCP avec son préfixe",
    sentence: ({ value }) =>
      `Le code RNCP « ${value} » porte son préfixe : LHEO l'accepte, mais des lecteurs attendent les chiffres seuls. Ce flux l'écrit comme reçu.`,
    who: "exploitation",
    source: "trefle (entier), LHEO code-RNCP",
  },
  "rs-forme": {
    severity: "avertissement",
    titre: "Code RS mal écrit",
    sentence: ({ value }) =>
      `Le code « ${value} » n'est pas un code du répertoire spécifique : il faut RS suivi de chiffres (RS5500). Corrigez-le.`,
    who: "organisme",
    source: "France compétences, LHEO code-RS",
  },
  "certifinfo-forme": {
    severity: "avertissement",
    titre: "Code CertifInfo mal écrit",
    sentence: ({ value }) =>
      `Le code CertifInfo « ${value} » n'a pas la bonne forme : il faut des chiffres seuls (83899). Corrigez-le.`,
    who: "organisme",
    source: "S79, LHEO code-CERTIFINFO",
  },
  "certification-en-double": {
    severity: "avertissement",
    titre: "Certification en double",
    sentence: ({ value }) =>
      `La certification « ${value} » est indiquée deux fois. Gardez-en une : cinq au plus sont possibles.`,
    who: "organisme",
    source: "S76, LHEO certification",
  },
  "rncp-et-rs": {
    severity: "avertissement",
    titre: "RNCP et RS à la fois",
    sentence: ({ value }) =>
      `Une même certification a un code RNCP et un code RS (${value}) : elle est dans l'un ou l'autre répertoire. Séparez-les ou corrigez.`,
    who: "organisme",
    source: "France compétences, LHEO certification",
  },
  "bloc-forme": {
    severity: "avertissement",
    titre: "Code de bloc mal écrit",
    sentence: ({ value }) =>
      `Le code de bloc « ${value} » n'a pas la bonne forme : il faut RNCP, le numéro, BC et le rang (RNCP35819BC01). Corrigez-le.`,
    who: "organisme",
    source: "S103, France compétences, LHEO code-bloc",
  },
  "bloc-autre-certification": {
    severity: "avertissement",
    titre: "Bloc d'une autre certification",
    sentence: ({ value, attendu = "" }) =>
      `Le bloc « ${value} » n'appartient pas à la certification ${attendu} à laquelle il est rattaché. Choisissez un bloc de cette certification.`,
    who: "organisme",
    source: "S102, S103, LHEO blocs-competences",
  },
  "bloc-rs": {
    severity: "avertissement",
    titre: "Blocs pour une certification sans bloc",
    sentence: ({ value }) =>
      `La certification « ${value} » est du répertoire spécifique, qui n'a pas de blocs de compétences. Retirez les blocs.`,
    who: "organisme",
    source: "France compétences, LHEO blocs-competences",
  },
  "blocs-absents": {
    severity: "avertissement",
    titre: "Blocs de compétences manquants",
    sentence: ({ value }) =>
      `La validation est ${value} mais aucun bloc de compétences n'est indiqué. Choisissez les blocs visés par la session.`,
    who: "organisme",
    source: "S102, LHEO blocs-competences",
  },
  "reference-certification-inconnue": {
    severity: "avertissement",
    titre: "Certification absente de l'action",
    sentence: ({ value }) =>
      `La session vise la certification « ${value} », que l'action n'annonce pas. Choisissez une certification de l'action, ou ajoutez-la à l'action.`,
    who: "organisme",
    source: "S99, LHEO reference-certification",
  },
  "reference-certification-vide": {
    severity: "avertissement",
    titre: "Référence de certification vide",
    sentence: ({ value }) =>
      `Une référence de certification n'a aucun code (« ${value} »). Donnez le code RNCP, RS ou CertifInfo, ou retirez-la.`,
    who: "organisme",
    source: "S99, LHEO reference-certification",
  },
  "eligibilite-cpf-forme": {
    severity: "avertissement",
    titre: "Mention CPF mal formée",
    sentence: ({ value, attendu = "" }) =>
      `La mention d'éligibilité au CPF contient « ${value} » : il faut ${attendu}. Sans cela les moteurs n'affichent pas la mention.`,
    who: "exploitation",
    source: "S75, LHEO extras « eligibilite-cpf » (trefle)",
  },
});
