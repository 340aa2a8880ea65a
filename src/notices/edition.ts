import { defineNotices } from "./rule.ts";

/** What a feed run says of the records it met, beside what the XSD and the rules find in them. */
export const noticesEdition = defineNotices({
  "ecriture-impossible": {
    severity: "bloquant",
    titre: "Fiche impossible à écrire",
    sentence: ({ attendu = "" }) =>
      `Cette fiche ne peut pas être écrite en LHEO 2.3 : ${attendu}. Signalez-le à l'exploitation ; le reste du flux n'est pas touché.`,
    who: "exploitation",
    source: "LHEO 2.3",
  },
  "organisme-inconnu": {
    severity: "bloquant",
    titre: "Organisme absent de l'offre publiée",
    sentence: ({ value }) =>
      `L'organisme responsable « ${value} » n'est pas dans l'offre publiée : LHEO l'exige, l'action ne peut pas partir. Publiez l'organisme.`,
    who: "exploitation",
    source: "LHEO organisme-formation-responsable",
  },
  "version-precedente-gardee": {
    severity: "avertissement",
    titre: "Version précédente gardée dans le flux",
    sentence: ({ value, attendu = "" }) =>
      `La version ${value} ne passe pas les contrôles : la version ${attendu}, la dernière qui passe, reste dans le flux. Corrigez les points bloquants pour publier la nouvelle.`,
    who: "organisme",
    source: "H8",
  },
});
