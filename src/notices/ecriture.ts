import { defineNotices } from "./rule.ts";

/**
 * What a value of the language may hold that is put right, kept though doubtful, or not kept when it is written or
 * read: one code for each kind of `Defaut` of `src/lheo`.
 */
export const noticesEcriture = defineNotices({
  "texte-surrogat-isole": {
    severity: "avertissement",
    titre: "Demi-caractère",
    sentence: ({ value }) =>
      `Le texte « ${value} » contenait la moitié d'un caractère (souvent un émoji coupé) : elle a été retirée. Ressaisissez ce passage.`,
    who: "organisme",
    source: "XML 1.0 §2.2",
  },
  "texte-retour-chariot": {
    severity: "information",
    titre: "Retour à la ligne de Windows",
    sentence: ({ value }) =>
      `Le texte « ${value} » avait des retours à la ligne de Windows : ils sont écrits en retours à la ligne simples. Rien à faire.`,
    who: "exploitation",
    source: "XML 1.0 §2.11",
  },
  "texte-controle-word": {
    severity: "information",
    titre: "Caractère invisible de Word",
    sentence: ({ value, attendu = "" }) =>
      `Le texte « ${value} », collé depuis Word, contenait un caractère invisible : il est remplacé par ${shown(attendu)}. Rien à faire si le texte se lit bien.`,
    who: "organisme",
    source: "S56, S142",
  },
  "texte-caractere-windows": {
    severity: "information",
    titre: "Caractère mal codé",
    sentence: ({ value, attendu = "" }) =>
      `Le texte « ${value} » contenait un caractère mal codé (windows-1252) : il est remplacé par ${shown(attendu)}. Relisez ce passage.`,
    who: "organisme",
    source: "S142",
  },
  "texte-caractere-perdu": {
    severity: "avertissement",
    titre: "Caractère perdu",
    sentence: ({ value }) =>
      `Dans « ${value} », un caractère a été perdu avant d'arriver ici (il s'affiche « � ») : il est écrit tel quel. Ressaisissez ce passage.`,
    who: "organisme",
    source: "S142",
  },
  "texte-html": {
    severity: "avertissement",
    titre: "HTML dans un texte",
    sentence: ({ value }) =>
      `Le texte contient du HTML (« ${value} ») : il est écrit tel quel et certains sites l'afficheront en toutes lettres. Gardez le texte seul, avec des puces simples (points ou tirets).`,
    who: "organisme",
    source: "S57, S58",
  },
  "texte-trop-long": {
    severity: "bloquant",
    titre: "Texte trop long",
    sentence: ({ value, attendu = "la longueur prévue" }) =>
      `Le texte « ${value} » dépasse ${attendu} caractères, la limite de LHEO 2.3. Raccourcissez-le : il n'est jamais coupé automatiquement.`,
    who: "organisme",
    source: "S59, LHEO maxLength",
  },
  "texte-trop-court": {
    severity: "bloquant",
    titre: "Texte trop court",
    sentence: ({ value, attendu = "la longueur prévue" }) =>
      `Le texte « ${value} » doit compter au moins ${attendu} caractère(s) selon LHEO 2.3. Complétez-le.`,
    who: "organisme",
    source: "LHEO minLength",
  },
  "texte-blanc": {
    severity: "avertissement",
    titre: "Texte vide",
    sentence: () =>
      "Ce texte ne contient que des espaces. Saisissez-le, ou laissez le champ vide s'il est facultatif.",
    who: "organisme",
    source: "LHEO",
  },
  "element-inconnu": {
    severity: "avertissement",
    titre: "Élément inconnu",
    sentence: ({ value }) =>
      `LHEO 2.3 n'a pas cet élément à cette place : son contenu « ${value} » n'est pas repris. Mettez-le dans un élément « extras ».`,
    who: "exploitation",
    source: "LHEO",
  },
  "attribut-inconnu": {
    severity: "avertissement",
    titre: "Attribut inconnu",
    sentence: ({ value }) => `LHEO 2.3 n'a pas cet attribut : sa valeur « ${value} » n'est pas reprise.`,
    who: "exploitation",
    source: "LHEO",
  },
  "valeur-mal-formee": {
    severity: "avertissement",
    titre: "Valeur mal formée",
    sentence: ({ value }) =>
      `La valeur « ${value} » n'a pas la forme que LHEO attend ici (un texte, une liste ou un élément) : elle n'est pas reprise. Corrigez-la à la source.`,
    who: "exploitation",
    source: "LHEO",
  },
  "extra-mal-forme": {
    severity: "avertissement",
    titre: "XML mal formé dans un extra",
    sentence: ({ value }) =>
      `Le contenu « ${value} » d'un élément « extra » n'est pas du XML bien formé : il est écrit comme un simple texte.`,
    who: "exploitation",
    source: "LHEO extra",
  },
  "element-hors-ordre": {
    severity: "avertissement",
    titre: "Éléments dans le désordre",
    sentence: ({ value }) =>
      `L'élément « ${value} » n'est pas à la place que LHEO 2.3 lui donne : il est lu quand même, et réécrit dans l'ordre.`,
    who: "exploitation",
    source: "LHEO (ordre des éléments)",
  },
  "element-repete": {
    severity: "avertissement",
    titre: "Élément en double",
    sentence: ({ value }) =>
      `Cet élément ne peut figurer qu'une fois : le premier est gardé, « ${value} » n'est pas repris.`,
    who: "exploitation",
    source: "LHEO maxOccurs",
  },
  "texte-hors-element": {
    severity: "avertissement",
    titre: "Texte entre deux éléments",
    sentence: ({ value }) =>
      `Le texte « ${value} » est entre deux éléments, où LHEO n'en attend pas : il n'est pas repris.`,
    who: "exploitation",
    source: "LHEO",
  },
  "espace-de-noms-inattendu": {
    severity: "avertissement",
    titre: "Espace de noms inattendu",
    sentence: ({ value, attendu = "http://lheo.gouv.fr/2.3" }) =>
      `L'espace de noms « ${value} » n'est pas celui de LHEO (« ${attendu} »). Corrigez l'attribut xmlns à la source.`,
    who: "exploitation",
    source: "LHEO 2.3",
  },
});

const shown = (put: string): string =>
  put === "" ? "rien" : put === "\n" ? "un retour à la ligne" : `« ${put} »`;
