import { defineNotices } from "./rule.ts";

/** How to reach someone. */
export const noticesCoordonnees = defineNotices({
  "courriel-forme": {
    severity: "avertissement",
    titre: "Adresse électronique mal écrite",
    sentence: ({ value }) =>
      `L'adresse électronique « ${value} » n'a pas la bonne forme (nom@domaine.fr, une seule adresse). Corrigez-la : personne ne pourra écrire.`,
    who: "organisme",
    source: "S66, LHEO courriel",
  },
  "courriel-factice": {
    severity: "avertissement",
    titre: "Adresse électronique de remplissage",
    sentence: ({ value }) =>
      `L'adresse électronique « ${value} » est une adresse d'essai : personne ne la lit. Indiquez une vraie adresse, ou laissez le champ vide.`,
    who: "organisme",
    source: "S66, RFC 2606",
  },
  "url-forme": {
    severity: "avertissement",
    titre: "Adresse web mal écrite",
    sentence: ({ value }) =>
      `L'adresse web « ${value} » ne mène nulle part : il faut une adresse https:// complète, sans espace. Corrigez-la.`,
    who: "organisme",
    source: "LHEO urlweb",
  },
  "url-sans-protocole": {
    severity: "information",
    titre: "Adresse web sans https://",
    sentence: ({ value }) =>
      `L'adresse web « ${value} » ne commence pas par https:// : certains sites n'en font pas un lien. Ajoutez-le.`,
    who: "organisme",
    source: "LHEO urlweb",
  },
  "telephone-forme": {
    severity: "avertissement",
    titre: "Téléphone mal écrit",
    sentence: ({ value }) =>
      `Le numéro de téléphone « ${value} » n'a pas la bonne forme : il faut 10 chiffres, ou un numéro court, ou + et l'indicatif du pays. Un seul numéro par champ.`,
    who: "organisme",
    source: "S66, LHEO numtel",
  },
  "telephone-factice": {
    severity: "avertissement",
    titre: "Téléphone de remplissage",
    sentence: ({ value }) =>
      `Le numéro de téléphone « ${value} » est une valeur de remplissage. Indiquez un vrai numéro, ou laissez le champ vide.`,
    who: "organisme",
    source: "S66, LHEO numtel",
  },
  "contact-injoignable": {
    severity: "information",
    titre: "Contact sans moyen de le joindre",
    sentence: ({ value, champ = "Ce contact" }) =>
      `${champ}${value === "" ? "" : ` (« ${value} »)`} n'a ni téléphone, ni courriel, ni site, ni adresse. Complétez-le : la visibilité de l'offre en dépend.`,
    who: "organisme",
    source: "S66, S98",
  },
  "principal-multiple": {
    severity: "information",
    titre: "Plusieurs « principal »",
    sentence: ({ value, champ = "Plusieurs éléments" }) =>
      `${champ} : ${value} portent la marque « principal », un seul devrait l'avoir. Les partenaires prennent le premier.`,
    who: "exploitation",
    source: "LHEO @tag",
  },
});
