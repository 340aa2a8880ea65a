import { defineNotices } from "./rule.ts";

/** Dates of the offer: civil days AAAAMMJJ, known, partial or unknown. */
export const noticesDates = defineNotices({
  "date-impossible": {
    severity: "bloquant",
    titre: "Date qui n'existe pas",
    sentence: ({ value, champ = "La date" }) =>
      `${champ} : « ${value} » n'est pas un jour du calendrier. Corrigez-la, au format AAAAMMJJ.`,
    who: "organisme",
    source: "S105, LHEO debut, fin, date",
  },
  "date-debut-inconnue": {
    severity: "information",
    titre: "Date de début inconnue",
    sentence: ({ value }) =>
      `La date de début n'est pas connue (« ${value} ») : la session est diffusée, mais des partenaires la classent en dernier. Indiquez-la dès qu'elle est fixée.`,
    who: "organisme",
    source: "LHEO debut",
  },
  "date-fin-inconnue": {
    severity: "information",
    titre: "Date de fin inconnue",
    sentence: ({ value }) =>
      `La date de fin n'est pas connue (« ${value} ») : la session n'expire jamais. Indiquez-la dès qu'elle est fixée.`,
    who: "organisme",
    source: "LHEO fin",
  },
  "date-inconnue-mal-ecrite": {
    severity: "avertissement",
    titre: "Date inconnue mal écrite",
    sentence: ({ value, attendu = "" }) =>
      `Ici, une date inconnue s'écrit « ${attendu} » et non « ${value} », que des partenaires prennent pour une vraie date. Remplacez-la, ou indiquez la date.`,
    who: "organisme",
    source: "LHEO debut (00000000), fin (99999999)",
  },
  "date-partielle": {
    severity: "information",
    titre: "Date incomplète",
    sentence: ({ value, champ = "La date" }) =>
      `${champ} est incomplète (« ${value} », seul le mois ou l'année est connu) : certains partenaires ne savent pas la lire. Complétez-la dès que le jour est connu.`,
    who: "organisme",
    source: "LHEO debut ; anotea lit des dates entières",
  },
  "fin-avant-debut": {
    severity: "bloquant",
    titre: "Session qui finit avant de commencer",
    sentence: ({ value, attendu = "" }) =>
      `La session finit le ${value}, avant son début le ${attendu}. Corrigez l'une des deux dates.`,
    who: "organisme",
    source: "S105, S130, LHEO periode",
  },
  "periode-inversee": {
    severity: "avertissement",
    titre: "Période à l'envers",
    sentence: ({ value, attendu = "", champ = "Cette période" }) =>
      `${champ} finit le ${value}, avant son début le ${attendu}. Corrigez l'une des deux dates.`,
    who: "organisme",
    source: "LHEO periode",
  },
  "periode-trop-longue": {
    severity: "avertissement",
    titre: "Session très longue",
    sentence: ({ value, attendu = "" }) =>
      `La session va du ${attendu} au ${value}, plus de dix ans : une année est sans doute mal saisie. Vérifiez les deux dates.`,
    who: "organisme",
    source: "S105",
  },
  "inscription-apres-session": {
    severity: "avertissement",
    titre: "Inscription après la session",
    sentence: ({ value, attendu = "" }) =>
      `Les inscriptions ouvrent le ${value}, après la fin de la session le ${attendu}. Corrigez la période d'inscription.`,
    who: "organisme",
    source: "LHEO periode-inscription",
  },
  "recrutement-apres-session": {
    severity: "avertissement",
    titre: "Recrutement après la session",
    sentence: ({ value, attendu = "" }) =>
      `Le recrutement commence le ${value}, après la fin de la session le ${attendu}. Corrigez la date de la réunion ou de l'épreuve.`,
    who: "organisme",
    source: "S109, LHEO recrutement",
  },
  "datemaj-illisible": {
    severity: "avertissement",
    bloquantPour: ["rco"],
    titre: "Date de mise à jour illisible",
    sentence: ({ value, champ = "L'attribut de date" }) =>
      `${champ} vaut « ${value} », qui n'est pas un jour AAAAMMJJ du calendrier : un partenaire national arrête son import dessus. Écrivez un jour complet.`,
    who: "exploitation",
    source: "data-inclusion convertit datemaj en date",
  },
  "datemaj-format": {
    severity: "information",
    titre: "Date de mise à jour dans un autre format",
    sentence: ({ value, champ = "L'attribut de date" }) =>
      `${champ} vaut « ${value} », une date lisible mais pas au format AAAAMMJJ en usage. Écrivez AAAAMMJJ.`,
    who: "exploitation",
    source: "LHEO datemaj, datecrea",
  },
  "datemaj-avant-datecrea": {
    severity: "avertissement",
    titre: "Mise à jour avant la création",
    sentence: ({ value, attendu = "" }) =>
      `La fiche est dite mise à jour le ${value}, avant sa création le ${attendu}. Corrigez l'une des deux dates.`,
    who: "exploitation",
    source: "LHEO datemaj, datecrea",
  },
});
