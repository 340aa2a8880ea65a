import { defineNotices } from "./rule.ts";

/** Places: postal code, commune, département, region, position. */
export const noticesAdresses = defineNotices({
  "codepostal-forme": {
    severity: "avertissement",
    titre: "Code postal mal écrit",
    sentence: ({ value }) =>
      `Le code postal « ${value} » n'a pas la bonne forme : il faut 5 chiffres. Corrigez-le.`,
    who: "organisme",
    source: "S111, LHEO codepostal",
  },
  "codepostal-factice": {
    severity: "avertissement",
    titre: "Code postal de remplissage",
    sentence: ({ value }) =>
      `Le code postal « ${value} » n'existe pas : c'est une valeur de remplissage. Saisissez celui de la commune.`,
    who: "organisme",
    source: "S111, LHEO codepostal",
  },
  "codepostal-departement": {
    severity: "information",
    titre: "Code postal d'un autre département",
    sentence: ({ value, attendu = "" }) =>
      `Le code postal « ${value} » commence comme ceux du département ${attendu}, qui n'est pas celui de l'adresse. Vérifiez les deux (quelques communes sont desservies par le département voisin).`,
    who: "organisme",
    source: "LHEO codepostal, departement",
  },
  "departement-inconnu": {
    severity: "avertissement",
    titre: "Département inconnu",
    sentence: ({ value }) =>
      `Le département « ${value} » n'existe pas. Écrivez 01 à 95 (2A et 2B pour la Corse) ou 971 à 976 et les collectivités d'outre-mer.`,
    who: "organisme",
    source: "INSEE (code officiel géographique)",
  },
  "commune-forme": {
    severity: "avertissement",
    titre: "Code INSEE mal écrit",
    sentence: ({ value }) =>
      `Le code INSEE de commune « ${value} » n'a pas la bonne forme : il faut 5 chiffres (2A ou 2B au début pour la Corse). Corrigez-le.`,
    who: "organisme",
    source: "INSEE, LHEO code-INSEE-commune",
  },
  "commune-departement": {
    severity: "avertissement",
    titre: "Commune d'un autre département",
    sentence: ({ value, attendu = "" }) =>
      `La commune « ${value} » (code INSEE) n'est pas dans le département ${attendu} de l'adresse. Corrigez l'un des deux.`,
    who: "organisme",
    source: "INSEE (code officiel géographique)",
  },
  "region-ancienne": {
    severity: "information",
    titre: "Ancien code de région",
    sentence: ({ value, attendu = "" }) =>
      `« ${value} » est un code de région d'avant 2016${attendu === "" ? "" : ` ; aujourd'hui c'est ${attendu}`}. Des partenaires le traduisent, d'autres non : écrivez le code actuel.`,
    who: "exploitation",
    source: "INSEE ; La Bonne Formation",
  },
  "region-inconnue": {
    severity: "avertissement",
    titre: "Région inconnue",
    sentence: ({ value }) =>
      `Le code de région « ${value} » n'existe pas. Écrivez le code INSEE de la région (75 pour la Nouvelle-Aquitaine).`,
    who: "exploitation",
    source: "INSEE, LHEO region",
  },
  "region-departement": {
    severity: "avertissement",
    titre: "Région d'un autre département",
    sentence: ({ value, attendu = "" }) =>
      `La région « ${value} » n'est pas celle du département ${attendu} de l'adresse. Corrigez l'un des deux.`,
    who: "exploitation",
    source: "INSEE (code officiel géographique)",
  },
  "pays-inconnu": {
    severity: "avertissement",
    titre: "Pays inconnu",
    sentence: ({ value }) =>
      `Le pays « ${value} » n'est pas un code de pays : il faut deux lettres majuscules (FR, BE, ES...). Corrigez-le.`,
    who: "exploitation",
    source: "ISO 3166-1, LHEO pays",
  },
  "geolocalisation-illisible": {
    severity: "avertissement",
    bloquantPour: ["rco"],
    titre: "Position illisible",
    sentence: ({ value }) =>
      `La position « ${value} » n'est pas un nombre (un point sépare les décimales) : un partenaire national arrête son import dessus. Corrigez-la, ou retirez la géolocalisation entière.`,
    who: "exploitation",
    source: "data-inclusion convertit latitude et longitude en nombres",
  },
  "geolocalisation-hors-bornes": {
    severity: "avertissement",
    titre: "Position hors du globe ou au large",
    sentence: ({ value }) =>
      `La position « ${value} » (latitude, longitude) est hors du globe ou au milieu du golfe de Guinée : les deux nombres sont sans doute inversés ou de remplissage. Corrigez-la ou retirez-la.`,
    who: "exploitation",
    source: "LHEO geolocalisation",
  },
  "lieu-absent": {
    severity: "avertissement",
    bloquantPour: ["rco"],
    titre: "Lieu de formation absent",
    sentence: () =>
      "La session n'a pas de lieu de formation (« vide ») : un partenaire national écarte l'action. Indiquez où la formation se tient, ou l'adresse de l'organisme si elle est à distance.",
    who: "organisme",
    source: "S110, S111 ; data-inclusion écarte l'action",
  },
  "lieu-sans-adresse": {
    severity: "avertissement",
    titre: "Lieu de formation sans adresse",
    sentence: ({ value }) =>
      `Le lieu de formation${value === "" ? "" : ` « ${value} »`} n'a pas d'adresse : le code postal et la ville manquent. Complétez-les.`,
    who: "organisme",
    source: "S111, LHEO lieu-de-formation",
  },
  "lieu-multiple": {
    severity: "information",
    titre: "Plusieurs lieux de formation",
    sentence: ({ value }) =>
      `L'action a ${value} lieux de formation : certains partenaires n'en lisent qu'un. Préférez une session par lieu.`,
    who: "organisme",
    source: "S90 ; anotea ne comprend qu'un lieu",
  },
});
