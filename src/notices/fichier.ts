import { defineNotices } from "./rule.ts";

/** What a file is, apart from the records in it. */
export const noticesFichier = defineNotices({
  "fichier-vide": {
    severity: "bloquant",
    titre: "Fichier sans formation",
    sentence: ({ value }) =>
      `Le fichier contient ${value} formation : LHEO en demande au moins une dans « offres ».`,
    who: "exploitation",
    source: "XSD LHEO 2.3, offres",
  },
  "fichier-racine": {
    severity: "bloquant",
    titre: "Ce n'est pas un fichier LHEO",
    sentence: ({ value }) =>
      `L'élément racine est « ${value} » : un fichier Offre Info commence par « lheo » (ou « lheo-index » pour des résumés). Vérifiez que c'est le bon fichier.`,
    who: "exploitation",
    source: "XSD LHEO 2.3",
  },
  "fichier-index": {
    severity: "information",
    titre: "Fichier sans formation complète à contrôler",
    sentence: ({ value }) =>
      `La racine est « ${value} » et non « lheo » : le fichier est contrôlé d'un bloc avec la seule XSD publiée, les règles Offre Info portent sur des offres complètes.`,
    who: "exploitation",
    source: "LHEO lheo-index, lheo-plus",
  },
  "fichier-trop-gros": {
    severity: "bloquant",
    titre: "Fichier trop gros pour être contrôlé d'un bloc",
    sentence: ({ value, attendu = "" }) =>
      `Ce fichier fait plus de ${attendu} (au moins ${value} lus) : il se contrôle d'un bloc et ne tient pas en mémoire. Coupez-le en plusieurs fichiers.`,
    who: "exploitation",
    source: "LHEO lheo-index, lheo-plus",
  },
  "fichier-version": {
    severity: "information",
    titre: "LHEO 2.2",
    sentence: ({ value }) =>
      `Le fichier est en LHEO 2.2 (« ${value} ») : il est contrôlé comme du 2.3, qui n'en diffère que par des ajouts. Déclarez http://lheo.gouv.fr/2.3 pour les partenaires actuels.`,
    who: "exploitation",
    source: "LHEO 2.3, espaces de noms",
  },
  "fichier-espace-de-noms": {
    severity: "bloquant",
    titre: "Espace de noms inconnu",
    sentence: ({ value }) =>
      `L'espace de noms « ${value} » n'est pas celui de LHEO. Déclarez xmlns="http://lheo.gouv.fr/2.3" sur l'élément « lheo », sans préfixe.`,
    who: "exploitation",
    source: "LHEO 2.3, espaces de noms",
  },
  "fichier-encodage": {
    severity: "information",
    titre: "Fichier qui n'est pas en UTF-8",
    sentence: ({ value }) =>
      `Le fichier est en ${value} : il a été décodé pour être contrôlé. Les partenaires attendent de l'UTF-8.`,
    who: "exploitation",
    source: "OFFRE INFO (UTF-8)",
  },
});
