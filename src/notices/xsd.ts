import { defineNotices } from "./rule.ts";

const source = "XSD LHEO 2.3";

/** What the XSD refuses, one notice per cause: such a record cannot stand in any LHEO file. */
export const noticesXsd = defineNotices({
  "xml-mal-forme": {
    severity: "bloquant",
    titre: "XML illisible",
    sentence: ({ value, attendu = "un document XML bien formé" }) =>
      `Ce passage n'est pas du XML lisible (${value}) ; il faut ${attendu}. Faites corriger le fichier à la source.`,
    who: "exploitation",
    source: "XML 1.0",
  },
  "xsd-element-manquant": {
    severity: "bloquant",
    titre: "Élément obligatoire absent",
    sentence: ({ value, attendu = "", champ = "" }) =>
      `Il manque ${attendu} dans ${champ}${value === "" ? "" : ` (on trouve « ${value} » à sa place)`} : LHEO l'exige. Renseignez ce champ.`,
    who: "organisme",
    source,
  },
  "xsd-element-inconnu": {
    severity: "bloquant",
    titre: "Élément inconnu",
    sentence: ({ value, champ = "" }) =>
      `L'élément « ${value} » n'existe pas en LHEO 2.3 à cette place, dans ${champ}. Retirez-le ou placez-le dans un élément « extras ».`,
    who: "exploitation",
    source,
  },
  "xsd-element-mal-place": {
    severity: "bloquant",
    titre: "Élément au mauvais endroit",
    sentence: ({ value, attendu = "", champ = "" }) =>
      `Dans ${champ}, « ${value} » n'est pas à sa place : LHEO impose l'ordre des éléments, et attend ${attendu}. Remettez les éléments dans l'ordre.`,
    who: "exploitation",
    source,
  },
  "xsd-trop-d-elements": {
    severity: "bloquant",
    titre: "Trop d'éléments",
    sentence: ({ value, attendu = "", champ = "" }) =>
      `Trop d'éléments ${champ} : ${value} pour un maximum de ${attendu}. Gardez-en ${attendu} au plus.`,
    who: "organisme",
    source,
  },
  "xsd-texte-trop-long": {
    severity: "bloquant",
    titre: "Texte trop long",
    sentence: ({ value, attendu = "", champ = "" }) =>
      `Le champ ${champ} est trop long : ${attendu}. Raccourcissez « ${value} ».`,
    who: "organisme",
    source,
  },
  "xsd-texte-trop-court": {
    severity: "bloquant",
    titre: "Texte vide ou trop court",
    sentence: ({ value, attendu = "", champ = "" }) =>
      `Le champ ${champ} est ${value === "" ? "vide" : `trop court (« ${value} »)`} : ${attendu}. Renseignez ce champ.`,
    who: "organisme",
    source,
  },
  "xsd-longueur": {
    severity: "bloquant",
    titre: "Longueur imposée",
    sentence: ({ value, attendu = "", champ = "" }) =>
      `Le champ ${champ} n'a pas la bonne longueur : « ${value} », ${attendu}. Corrigez la saisie.`,
    who: "organisme",
    source,
  },
  "xsd-code-inconnu": {
    severity: "bloquant",
    titre: "Code hors de la liste",
    sentence: ({ value, attendu = "", champ = "" }) =>
      `${champ} : le code « ${value} » n'est pas dans la liste de LHEO. Codes possibles : ${attendu}.`,
    who: "organisme",
    source,
  },
  "xsd-date": {
    severity: "bloquant",
    titre: "Date mal écrite",
    sentence: ({ value, champ = "" }) =>
      `${champ} : « ${value} » n'est pas une date LHEO. Écrivez AAAAMMJJ (20260901), AAAAMM00 si le jour est inconnu, AAAA0000 si le mois l'est aussi, 00000000 ou 99999999 si la date est inconnue.`,
    who: "organisme",
    source,
  },
  "xsd-nombre": {
    severity: "bloquant",
    titre: "Nombre attendu",
    sentence: ({ value, attendu = "un nombre entier", champ = "" }) =>
      `${champ} : « ${value} » ne convient pas, il faut ${attendu}. Écrivez le nombre seul, en chiffres.`,
    who: "organisme",
    source,
  },
  "xsd-attribut-manquant": {
    severity: "bloquant",
    titre: "Attribut obligatoire absent",
    sentence: ({ value, attendu = "", champ = "" }) =>
      `${champ}${value === "" ? "" : ` « ${value} »`} n'a pas d'attribut « ${attendu} », que LHEO exige${attendu === "ref" ? " : c'est la version du thésaurus, par exemple V14" : ""}. Ajoutez-le.`,
    who: "exploitation",
    source,
  },
  "xsd-attribut-inconnu": {
    severity: "bloquant",
    titre: "Attribut inconnu",
    sentence: ({ value, attendu = "", champ = "" }) =>
      `${champ} porte un attribut « ${attendu} » (« ${value} »), que LHEO ne prévoit pas. Retirez-le.`,
    who: "exploitation",
    source,
  },
  "xsd-attribut-invalide": {
    severity: "bloquant",
    titre: "Attribut mal écrit",
    sentence: ({ value, attendu = "", champ = "" }) =>
      `${champ} : la valeur « ${value} » ne convient pas, il faut ${attendu}. Corrigez-la ou retirez l'attribut.`,
    who: "exploitation",
    source,
  },
  "xsd-texte-inattendu": {
    severity: "bloquant",
    titre: "Texte entre les éléments",
    sentence: ({ value, champ = "" }) =>
      `Du texte (« ${value} ») se trouve directement dans ${champ}, qui ne contient que d'autres éléments. Retirez-le ou placez-le dans le bon champ.`,
    who: "exploitation",
    source,
  },
  "xsd-element-dans-texte": {
    severity: "bloquant",
    titre: "Élément dans un texte",
    sentence: ({ value, champ = "" }) =>
      `Le champ ${champ} ne contient que du texte, or on y trouve l'élément « ${value} ». Pour écrire une balise dans un texte, échappez-la (&lt;) ; sinon retirez-la.`,
    who: "exploitation",
    source,
  },
  "xsd-autre": {
    severity: "bloquant",
    titre: "Refus du schéma",
    sentence: ({ value, attendu = "", champ = "" }) =>
      `Le champ ${champ} est refusé par le schéma LHEO 2.3 (« ${value} »). Message d'origine, en anglais : ${attendu}`,
    who: "exploitation",
    source,
  },
});
