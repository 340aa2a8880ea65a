import { defineNotices } from "./rule.ts";

/** Thesaurus codes: FORMACODE of the subject and of the public, ROME, NSF. */
export const noticesDomaine = defineNotices({
  "formacode-absent": {
    severity: "avertissement",
    titre: "Formation sans FORMACODE",
    sentence: ({ value }) =>
      `La formation n'a pas de FORMACODE (« ${value} ») : plusieurs moteurs ne la trouvent que par lui. L'équipe de contrôle en ajoute un.`,
    who: "controle",
    source: "S141 ; data-inclusion et Bob Emploi ne gardent que les formations qui en ont",
  },
  "formacode-forme": {
    severity: "avertissement",
    titre: "FORMACODE mal écrit",
    sentence: ({ value }) =>
      `Le FORMACODE « ${value} » n'a pas la bonne forme : il faut 5 chiffres, de 10000 à 99999. Corrigez-le.`,
    who: "controle",
    source: "Centre Inffo, trefle, LHEO code-FORMACODE",
  },
  "formacode-sans-ref": {
    severity: "avertissement",
    titre: "FORMACODE sans version",
    sentence: ({ value }) =>
      `Le FORMACODE « ${value} » n'indique pas la version du thésaurus (attribut « ref », V14 aujourd'hui) : des lecteurs perdent alors le code. Ajoutez-la.`,
    who: "exploitation",
    source: "LHEO code-FORMACODE/@ref ; anotea et data-inclusion perdent le code",
  },
  "formacode-principal": {
    severity: "information",
    titre: "FORMACODE principal mal placé",
    sentence: ({ value }) =>
      `Le FORMACODE « ${value} » est marqué principal sans être le premier : LHEO dit que le premier est le principal. Placez-le en tête.`,
    who: "exploitation",
    source: "LHEO domaine-formation",
  },
  "code-en-double": {
    severity: "information",
    titre: "Code en double",
    sentence: ({ value, champ = "Ce code" }) => `${champ} « ${value} » est indiqué deux fois. Gardez-en un.`,
    who: "controle",
    source: "LHEO domaine-formation, code-public-vise",
  },
  "nsf-forme": {
    severity: "avertissement",
    titre: "Code NSF mal écrit",
    sentence: ({ value }) =>
      `Le code NSF « ${value} » n'a pas la bonne forme : il faut 3 chiffres (326). Corrigez-le.`,
    who: "controle",
    source: "LHEO code-NSF",
  },
  "rome-forme": {
    severity: "avertissement",
    titre: "Code ROME mal écrit",
    sentence: ({ value }) =>
      `Le code ROME « ${value} » n'a pas la bonne forme : il faut une lettre de A à N et 4 chiffres (D1402). Corrigez-le.`,
    who: "controle",
    source: "LHEO code-ROME",
  },
  "public-forme": {
    severity: "avertissement",
    titre: "Code de public mal écrit",
    sentence: ({ value }) =>
      `Le code de public « ${value} » n'est pas un FORMACODE de public : il faut 5 chiffres (80056). Choisissez un public dans la liste.`,
    who: "organisme",
    source: "LHEO code-public-vise",
  },
  "public-sans-ref": {
    severity: "avertissement",
    bloquantPour: ["rco"],
    titre: "Public sans version",
    sentence: ({ value }) =>
      `Le code de public « ${value} » n'indique pas la version du thésaurus (attribut « ref », V14 aujourd'hui) : un partenaire national perd le code, puis écarte l'action. Ajoutez-la.`,
    who: "exploitation",
    source: "LHEO code-public-vise/@ref ; data-inclusion écarte l'action",
  },
  "public-ref-ancienne": {
    severity: "information",
    titre: "Public d'une ancienne version",
    sentence: ({ value, attendu = "" }) =>
      `Le code de public « ${attendu} » est de la version ${value} du thésaurus : un partenaire national n'accepte que la V14. Passez au code de la V14.`,
    who: "exploitation",
    source: "data-inclusion n'accepte que V14",
  },
  "modalite-pedagogique-forme": {
    severity: "avertissement",
    titre: "Code de modalité pédagogique mal écrit",
    sentence: ({ value }) =>
      `Le code de modalité pédagogique « ${value} » n'est pas un FORMACODE : il faut 5 chiffres. Corrigez-le.`,
    who: "exploitation",
    source: "LHEO code-modalite-pedagogique",
  },
});
