import { defineNotices } from "./rule.ts";

/** How the training is run: hours, price, work-study, recruitment, language, who teaches. */
export const noticesModalites = defineNotices({
  "heures-incoherentes": {
    severity: "avertissement",
    titre: "Durées qui ne s'additionnent pas",
    sentence: ({ value, attendu = "" }) =>
      `Le total est de ${value} heures mais les heures en centre et en entreprise font ${attendu}. Corrigez l'une des durées.`,
    who: "organisme",
    source: "S84, LHEO nombre-heures-total",
  },
  "heures-invraisemblables": {
    severity: "avertissement",
    titre: "Durée invraisemblable",
    sentence: ({ value, attendu = "" }) =>
      `La durée de ${value} heures n'est pas vraisemblable : ${attendu}. Vérifiez-la.`,
    who: "organisme",
    source: "S84, LHEO nombre-heures-total",
  },
  "heures-nulles": {
    severity: "information",
    titre: "Durée de zéro heure",
    sentence: ({ value }) =>
      `La durée totale est de ${value} heure : sans durée, aucun financement n'est calculé. Indiquez le nombre d'heures.`,
    who: "organisme",
    source: "S84 ; trefle calcule le financement avec",
  },
  "duree-hebdo-illisible": {
    severity: "avertissement",
    bloquantPour: ["rco"],
    titre: "Durée hebdomadaire illisible",
    sentence: ({ value }) =>
      `La durée hebdomadaire « ${value} » n'est pas un nombre entier de 0 à 100 : un partenaire national arrête son import dessus. Écrivez les heures par semaine, en chiffres.`,
    who: "exploitation",
    source: "data-inclusion convertit duree-hebdo en entier de 0 à 100",
  },
  "prix-illisible": {
    severity: "avertissement",
    bloquantPour: ["rco"],
    titre: "Prix illisible",
    sentence: ({ value }) =>
      `Le prix « ${value} » n'est pas un nombre : un partenaire national arrête son import dessus. Écrivez le montant TTC en euros, en chiffres seuls (2500 ou 2500.50), 0 si c'est gratuit.`,
    who: "organisme",
    source: "data-inclusion convertit les prix en nombres",
  },
  "prix-virgule": {
    severity: "information",
    titre: "Prix avec une virgule",
    sentence: ({ value }) =>
      `Le prix « ${value} » sépare les centimes par une virgule, que certains partenaires ne lisent pas. Écrivez un point.`,
    who: "exploitation",
    source: "trefle, LHEO prix-total-TTC",
  },
  "prix-incoherent": {
    severity: "information",
    titre: "Prix horaire et total éloignés",
    sentence: ({ value, attendu = "" }) =>
      `Le prix total est de ${value} €, alors que le prix horaire multiplié par la durée donne ${attendu} €. Vérifiez les deux prix.`,
    who: "organisme",
    source: "LHEO prix-horaire-TTC, prix-total-TTC",
  },
  "langue-inconnue": {
    severity: "avertissement",
    titre: "Langue inconnue",
    sentence: ({ value }) =>
      `La langue « ${value} » n'est pas un code de langue : il faut deux lettres minuscules (fr, en, es). Corrigez-la.`,
    who: "exploitation",
    source: "ISO 639-1, LHEO langue-formation",
  },
  "formateur-absent": {
    severity: "avertissement",
    bloquantPour: ["rco"],
    titre: "Organisme formateur absent",
    sentence: () =>
      "La session n'a pas d'organisme formateur (« vide ») : un partenaire national écarte l'action. Indiquez qui forme, même si c'est l'organisme responsable.",
    who: "organisme",
    source: "S97 ; data-inclusion écarte l'action",
  },
  "formateur-multiple": {
    severity: "information",
    titre: "Plusieurs organismes formateurs",
    sentence: ({ value }) =>
      `L'action a ${value} organismes formateurs : certains partenaires prennent alors l'organisme responsable. Préférez une session par organisme.`,
    who: "organisme",
    source: "anotea ne comprend qu'un formateur",
  },
  "apprentissage-sans-dispositif": {
    severity: "avertissement",
    titre: "Apprentissage non signalé",
    sentence: ({ value }) =>
      `La session est un cycle en apprentissage (type « ${value} ») sans l'extension « dispositif / contrat-apprentissage » à 1, celle que les moteurs de l'apprentissage lisent. Indiquez la voie d'accès apprentissage.`,
    who: "exploitation",
    source: "S93, LHEO cycle, extras « dispositif »",
  },
  "apprentissage-sans-cycle": {
    severity: "avertissement",
    titre: "Apprentissage sans cycle",
    sentence: ({ value }) =>
      `La session est signalée en apprentissage (« ${value} ») mais aucun cycle en contrat d'apprentissage n'est décrit. Ajoutez le cycle.`,
    who: "exploitation",
    source: "S93, LHEO cycle",
  },
  "voies-multiples": {
    severity: "avertissement",
    titre: "Plusieurs voies d'accès",
    sentence: ({ value }) =>
      `La même session est à la fois ${value} : le guide demande une session par voie d'accès. Séparez-les.`,
    who: "organisme",
    source: "S91",
  },
  "dispositif-illisible": {
    severity: "avertissement",
    titre: "Extension illisible",
    sentence: ({ value, champ = "Cette extension" }) =>
      `${champ} vaut « ${value} » : il faut 1 (oui) ou 0 (non). Corrigez-la.`,
    who: "exploitation",
    source: "LHEO extras « dispositif », « type-action », « session-perimee »",
  },
  "alternance-contredite": {
    severity: "avertissement",
    titre: "Alternance contredite par le texte",
    sentence: ({ value, attendu = "" }) =>
      `Les modalités d'alternance disent « ${value} », alors que la session est ${attendu}. Décrivez l'alternance, ou corrigez la voie d'accès.`,
    who: "organisme",
    source: "S91, LHEO modalites-alternance",
  },
  "information-collective-sans-date": {
    severity: "avertissement",
    titre: "Information collective sans date",
    sentence: ({ value }) =>
      `Une information collective (modalité « ${value} ») est annoncée sans date. Indiquez quand elle se tient.`,
    who: "organisme",
    source: "S109, LHEO recrutement",
  },
  "information-collective-sans-lieu": {
    severity: "avertissement",
    titre: "Information collective sans lieu",
    sentence: ({ value }) =>
      `Une information collective (modalité « ${value} ») est annoncée sans lieu, ni lien si elle est à distance. Indiquez où elle se tient.`,
    who: "organisme",
    source: "S109, LHEO recrutement",
  },
  "heure-forme": {
    severity: "avertissement",
    titre: "Heure mal écrite",
    sentence: ({ value }) =>
      `L'heure « ${value} » n'a pas la bonne forme : écrivez 14h15 ou 9h. Corrigez-la.`,
    who: "organisme",
    source: "LHEO heure-debut, heure-fin",
  },
  "heures-inversees": {
    severity: "avertissement",
    titre: "Réunion qui finit avant de commencer",
    sentence: ({ value, attendu = "" }) =>
      `La réunion finit à ${value}, avant son début à ${attendu} le même jour. Corrigez l'une des deux heures.`,
    who: "organisme",
    source: "LHEO heure-debut, heure-fin",
  },
});
