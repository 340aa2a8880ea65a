import { defineNotices } from "./rule.ts";

/**
 * The Réseau des Carif-Oref leaves a body whose SIRET is wrong or missing out of its exports to France Travail, and
 * Kairos is fed by them.
 */
const EXPORTS_RCO = ["rco", "francetravail", "kairos"];

/** Numbers of records, and numbers that the State gives. */
export const noticesIdentifiants = defineNotices({
  "siret-factice": {
    severity: "bloquant",
    titre: "SIRET de remplissage",
    sentence: ({ value }) =>
      `Le SIRET « ${value} » est une valeur de remplissage (des zéros, ou un seul chiffre répété) : il n'identifie aucun établissement. Saisissez les 14 chiffres du SIRET.`,
    who: "organisme",
    source: "INSEE, LHEO SIRET",
  },
  "siret-forme": {
    severity: "avertissement",
    bloquantPour: EXPORTS_RCO,
    titre: "SIRET mal écrit",
    sentence: ({ value }) =>
      `Le SIRET « ${value} » n'a pas la bonne forme : il faut 14 chiffres, sans espace ni lettre. Corrigez-le.`,
    who: "organisme",
    source: "INSEE ; le RCO écarte de ses exports les organismes au SIRET faux",
  },
  "siret-cle": {
    severity: "avertissement",
    bloquantPour: EXPORTS_RCO,
    titre: "SIRET faux",
    sentence: ({ value }) =>
      `Le SIRET « ${value} » est faux : sa clé de contrôle ne tombe pas juste, un chiffre est sans doute erroné. Recopiez les 14 chiffres de l'avis de situation INSEE.`,
    who: "organisme",
    source: "INSEE (clé de Luhn) ; le RCO écarte de ses exports les organismes au SIRET faux",
  },
  "siret-monaco": {
    severity: "avertissement",
    titre: "Identifiant monégasque",
    sentence: ({ value }) =>
      `L'identifiant « ${value} » est celui d'un établissement de Monaco et non un SIRET de 14 chiffres : des partenaires peuvent l'ignorer. Rien à corriger s'il est exact.`,
    who: "organisme",
    source: "INSEE (Monaco)",
  },
  "nda-forme": {
    severity: "avertissement",
    titre: "Numéro d'activité mal écrit",
    sentence: ({ value }) =>
      `Le numéro de déclaration d'activité « ${value} » n'a pas la bonne forme : il faut 11 chiffres (2A ou 2B pour la Corse). Recopiez celui du récépissé de la DREETS.`,
    who: "organisme",
    source: "LHEO numero-activite",
  },
  "nda-factice": {
    severity: "avertissement",
    titre: "Numéro d'activité de remplissage",
    sentence: ({ value }) =>
      `Le numéro de déclaration d'activité « ${value} » est une valeur de remplissage. Saisissez les 11 chiffres du récépissé de la DREETS.`,
    who: "organisme",
    source: "LHEO numero-activite",
  },
  "nda-composition": {
    severity: "information",
    titre: "Numéro d'activité inhabituel",
    sentence: ({ value }) =>
      `Le numéro de déclaration d'activité « ${value} » ne suit pas la composition habituelle (région, département, ordre, département répété). Vérifiez-le ; rien à corriger s'il est exact.`,
    who: "organisme",
    source: "LHEO numero-activite",
  },
  "uai-forme": {
    severity: "avertissement",
    titre: "Code UAI mal écrit",
    sentence: ({ value }) =>
      `Le code UAI « ${value} » n'a pas la bonne forme : il faut 7 chiffres et une lettre majuscule (0681761V). Corrigez-le.`,
    who: "organisme",
    source: "LHEO code-UAI",
  },
  "uai-cle": {
    severity: "avertissement",
    titre: "Code UAI faux",
    sentence: ({ value }) =>
      `Le code UAI « ${value} » est faux : sa lettre de contrôle ne correspond pas à ses chiffres. Vérifiez-le dans la base des établissements ; Parcoursup et Affelnet s'y fient.`,
    who: "organisme",
    source: "Éducation nationale (clé de l'UAI)",
  },
  "numero-absent": {
    severity: "avertissement",
    bloquantPour: ["rco"],
    titre: "Numéro absent",
    sentence: ({ champ = "Cet élément" }) =>
      `${champ} n'a pas de numéro (attribut « numero » vide ou absent) : les partenaires n'ont pas de clé pour la suivre. Donnez-lui un numéro qui ne changera plus.`,
    who: "exploitation",
    source: "Le numéro est la clé primaire chez Intercarif et data-inclusion",
  },
  "numero-session-absent": {
    severity: "avertissement",
    titre: "Session sans numéro",
    sentence: ({ champ = "Cette session" }) =>
      `${champ} n'a pas de numéro (attribut « numero » vide ou absent) : c'est le numéro Carif que l'organisme saisit dans Kairos. Donnez-lui un numéro qui ne changera plus.`,
    who: "exploitation",
    source: "S52, LHEO session/@numero",
  },
  "numero-organisme-absent": {
    severity: "information",
    titre: "Organisme sans numéro",
    sentence: ({ champ = "Cet organisme" }) =>
      `${champ} n'a pas de numéro (attribut « numero » vide ou absent), ce que certains lecteurs attendent. Ajoutez le numéro de l'organisme.`,
    who: "exploitation",
    source: "anotea (organisme-formation-responsable/@numero)",
  },
  "numero-caractere": {
    severity: "avertissement",
    titre: "Numéro avec un caractère réservé",
    sentence: ({ value }) =>
      `Le numéro « ${value} » contient « | », « ## », un espace au bord ou un caractère de contrôle : les partenaires composent leurs clés avec, et confondraient deux fiches. Utilisez des lettres, des chiffres, « _ » et « - ».`,
    who: "exploitation",
    source: "anotea, catalogue-apprentissage (clés composées)",
  },
  "numero-formation-en-double": {
    severity: "bloquant",
    titre: "Formation en double",
    sentence: ({ value }) =>
      `Le numéro de formation « ${value} » est déjà pris dans ce flux : seule la première est gardée. Donnez un numéro à chacune.`,
    who: "exploitation",
    source: "LHEO formation/@numero, clé primaire chez Intercarif",
  },
  "numero-action-en-double": {
    severity: "bloquant",
    titre: "Action en double",
    sentence: ({ value }) =>
      `Le numéro d'action « ${value} » est déjà pris dans ce flux : les partenaires n'en gardent qu'une. Donnez un numéro à chacune.`,
    who: "exploitation",
    source: "LHEO action/@numero, unique dans le flux pour data-inclusion",
  },
  "numero-session-en-double": {
    severity: "bloquant",
    titre: "Session en double dans l'action",
    sentence: ({ value }) =>
      `Le numéro de session « ${value} » figure deux fois dans la même action. Donnez un numéro à chaque session.`,
    who: "exploitation",
    source: "LHEO session/@numero, S52",
  },
  "numero-session-partage": {
    severity: "avertissement",
    titre: "Même numéro de session dans deux actions",
    sentence: ({ value }) =>
      `Le numéro de session « ${value} » est aussi celui d'une session d'une autre action : dans Kairos on ne saura pas laquelle choisir. Donnez un numéro à chacune.`,
    who: "exploitation",
    source: "S52, LHEO session/@numero",
  },
  "id-en-double": {
    severity: "bloquant",
    titre: "Identifiant XML en double",
    sentence: ({ value }) =>
      `L'attribut « id » de valeur « ${value} » est déjà pris dans ce fichier : XML exige qu'il soit unique. Changez-le ou retirez-le.`,
    who: "exploitation",
    source: "XSD (xs:ID)",
  },
});
