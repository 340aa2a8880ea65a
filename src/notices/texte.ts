import { defineNotices } from "./rule.ts";

/** What a text should not be: said, never silent. What writing and reading put right is in `ecriture.ts`. */
export const noticesTexte = defineNotices({
  "texte-caractere-interdit": {
    severity: "avertissement",
    titre: "Caractère interdit en XML",
    sentence: ({ value }) =>
      `Le texte « ${value} » contenait un caractère que XML n'accepte pas : il a été retiré. Ressaisissez ce passage sans copier-coller.`,
    who: "organisme",
    source: "XML 1.0 §2.2, S142",
  },
  "texte-factice": {
    severity: "avertissement",
    titre: "Valeur de remplissage",
    sentence: ({ value, champ = "Ce champ" }) =>
      `${champ} contient « ${value} », une valeur de remplissage qui n'apprend rien au lecteur. Indiquez la vraie information${champ.includes("conditions-specifiques") ? " (« aucune » s'il n'y a pas de condition)" : ""}.`,
    who: "organisme",
    source: "S60",
  },
  "texte-tiret": {
    severity: "avertissement",
    titre: "Champ rempli d'un tiret",
    sentence: ({ value, champ = "Ce champ" }) =>
      `${champ} ne contient que « ${value} », qui tient lieu de « non communiqué » dans les imports. Indiquez la vraie information quand elle est connue.`,
    who: "organisme",
    source: "LHEO resultats-attendus",
  },
  "texte-majuscules": {
    severity: "avertissement",
    titre: "Texte tout en majuscules",
    sentence: ({ value, champ = "Ce texte" }) =>
      `${champ} est entièrement en majuscules : « ${value} ». Réécrivez-le en minuscules, avec une majuscule au début des phrases.`,
    who: "organisme",
    source: "S55",
  },
  "texte-hors-latin1": {
    severity: "information",
    titre: "Caractères hors ISO-8859-1",
    sentence: ({ value }) =>
      `La fiche contient des caractères qu'un partenaire en ISO-8859-1 ne sait pas lire : ${value}. Ce flux est en UTF-8, il les transmet ; seul un export en ISO-8859-1 demanderait de les remplacer.`,
    who: "exploitation",
    source: "Mon Compte Formation (ISO-8859-1)",
  },
  "textes-identiques": {
    severity: "information",
    titre: "Même texte deux fois",
    sentence: ({ value, champ = "Deux champs" }) =>
      `${champ} contient exactement le même texte que l'objectif de la formation : « ${value} ». Distinguez ce que la personne saura faire de ce qui est enseigné.`,
    who: "organisme",
    source: "S72, LHEO objectif-formation, contenu-formation",
  },
  "intitule-blanc": {
    severity: "bloquant",
    titre: "Formation sans intitulé",
    sentence: ({ value }) =>
      `L'intitulé ne contient que des espaces (« ${value} ») : la formation n'aurait pas de nom chez les partenaires. Saisissez un intitulé.`,
    who: "organisme",
    source: "S67, LHEO intitule-formation",
  },
  "intitule-majuscules": {
    severity: "avertissement",
    titre: "Intitulé en majuscules",
    sentence: ({ value }) =>
      `L'intitulé « ${value} » est entièrement en majuscules. Écrivez-le en minuscules (les sigles restent en majuscules).`,
    who: "organisme",
    source: "S55, S67",
  },
  "intitule-court": {
    severity: "avertissement",
    titre: "Intitulé peu explicite",
    sentence: ({ value }) =>
      `L'intitulé « ${value} » est trop court pour être compris. Rendez-le explicite, sans sigle seul.`,
    who: "organisme",
    source: "S60, S67",
  },
  "intitule-long": {
    severity: "information",
    titre: "Intitulé long",
    sentence: ({ value, attendu = "" }) =>
      `L'intitulé a ${attendu} caractères : un partenaire national le coupe à 150. Placez l'essentiel au début : « ${value} ».`,
    who: "organisme",
    source: "data-inclusion (coupe à 150)",
  },
  "intitule-vae": {
    severity: "information",
    titre: "Intitulé d'un accompagnement VAE",
    sentence: ({ value }) =>
      `Un accompagnement VAE (CertifInfo 83899) s'intitule « Accompagnement VAE » ; on lit « ${value} ». Reprenez cet intitulé.`,
    who: "organisme",
    source: "S69, S82",
  },
});
