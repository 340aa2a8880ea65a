import { defineNotices } from "./rule.ts";

/** What an import could not take as it stood, or took under another number. */
export const noticesImport = defineNotices({
  "import-numero-absent": {
    severity: "bloquant",
    titre: "Numéro absent",
    sentence: () =>
      "Cet élément n'a pas de numéro (attribut « numero ») : il n'est pas importé, car un numéro ne s'invente pas et sert de clé aux partenaires. Complétez le fichier à la source.",
    who: "exploitation",
    source: "LHEO @numero",
  },
  "import-numero-interdit": {
    severity: "bloquant",
    titre: "Numéro inutilisable",
    sentence: ({ value, attendu = "un numéro qui ne peut pas servir de clé" }) =>
      `Le numéro « ${value} » est ${attendu}, que les partenaires ne peuvent pas prendre pour clé : l'élément n'est pas importé. Corrigez le numéro à la source.`,
    who: "exploitation",
    source: "LHEO @numero",
  },
  "import-formation-double": {
    severity: "bloquant",
    titre: "Formation présente deux fois",
    sentence: ({ value }) =>
      `La formation « ${value} » a déjà été lue dans ce fichier : seule la première est importée. Gardez-en une seule à la source.`,
    who: "exploitation",
    source: "LHEO formation/@numero",
  },
  "import-session-double": {
    severity: "bloquant",
    titre: "Session présente deux fois",
    sentence: ({ value }) =>
      `La session « ${value} » figure deux fois dans la même action : seule la première est importée. Gardez-en une seule à la source.`,
    who: "exploitation",
    source: "LHEO session/@numero",
  },
  "import-formation-sans-session": {
    severity: "bloquant",
    titre: "Formation sans session",
    sentence: ({ value }) =>
      `La formation « ${value} » n'a aucune session importable : elle n'est pas importée. LHEO demande au moins une action et une session, chacune avec son numéro.`,
    who: "exploitation",
    source: "LHEO formation/action/session",
  },
  "import-organisme-sans-numero": {
    severity: "bloquant",
    titre: "Organisme sans numéro ni SIRET",
    sentence: () =>
      "L'organisme responsable n'a ni numéro ni SIRET : sa formation n'est pas importée. Indiquez l'un des deux à la source.",
    who: "exploitation",
    source: "LHEO organisme-formation-responsable/@numero",
  },
  "import-action-decoupee": {
    severity: "information",
    titre: "Action de plusieurs sessions séparée",
    sentence: ({ value, attendu = "plusieurs" }) =>
      `L'action « ${value} » porte ${attendu} sessions : chacune est écrite dans une action à elle, numérotée « ${value}_ » suivi du numéro de la session, car un numéro d'action est unique dans le flux. Les numéros de sessions ne changent pas.`,
    who: "exploitation",
    source: "LHEO action/@numero",
  },
  "import-numero-session-pris": {
    severity: "information",
    titre: "Numéro de session déjà pris",
    sentence: ({ value, attendu = "" }) =>
      `La session « ${value} » porte le numéro d'une session d'une autre action : elle est enregistrée sous « ${attendu} ». Le flux garde son numéro « ${value} ».`,
    who: "exploitation",
    source: "LHEO session/@numero",
  },
  "import-organisme-different": {
    severity: "avertissement",
    titre: "Organisme décrit de deux façons",
    sentence: ({ value, attendu = "" }) =>
      `Cet organisme a déjà été lu dans ce fichier avec un autre contenu : « ${value} » ici, « ${attendu} » la première fois. La première description est gardée. Alignez les deux à la source.`,
    who: "organisme",
    source: "LHEO organisme-formation-responsable",
  },
  "import-valeur-non-reprise": {
    severity: "avertissement",
    titre: "Valeur non reprise",
    sentence: ({ value, attendu = "le flux ne peut pas l'écrire à cette place" }) =>
      `La valeur « ${value} » n'est pas reprise : ${attendu}.`,
    who: "exploitation",
    source: "LHEO",
  },
  "import-valeur-reecrite": {
    severity: "information",
    titre: "Valeur écrite autrement",
    sentence: ({ value, attendu = "" }) =>
      `La valeur « ${value} » est écrite « ${attendu} » dans le flux : c'est la même donnée, dans la forme que les partenaires lisent.`,
    who: "exploitation",
    source: "LHEO certification, conditions-specifiques",
  },
  "import-mention-cpf": {
    severity: "information",
    titre: "Mention CPF calculée",
    sentence: () =>
      "La mention d'éligibilité au CPF de ce fichier avait été calculée par offre-info : elle n'est pas gardée, chaque flux la calcule à nouveau.",
    who: "exploitation",
    source: "S75",
  },
  "import-session-terminee": {
    severity: "information",
    titre: "Session déjà terminée",
    sentence: ({ value, attendu = "" }) =>
      `La session « ${attendu} » s'est terminée il y a plus de 30 jours (fin : ${value}) : elle est importée, mais les flux ne la montrent pas. Corrigez sa date de fin si elle continue.`,
    who: "exploitation",
    source: "LHEO periode/fin, jours_apres_fin des profils",
  },
  "import-remis-en-ligne": {
    severity: "avertissement",
    titre: "Fiche retirée, remise en ligne",
    sentence: ({ value, attendu = "" }) =>
      `« ${value} » avait été retirée (motif : ${attendu.replaceAll("_", " ")}) et figure encore dans ce fichier : l'import la remet en ligne. Retirez-la à nouveau si c'est une erreur, et à la source.`,
    who: "exploitation",
    source: "H4",
  },
  "import-organismes-a-completer": {
    severity: "information",
    titre: "Organismes à compléter",
    sentence: ({ value }) =>
      `Organismes nouveaux : ${value}. LHEO ne dit ni leurs catégories Qualiopi ni leur compte Kairos : sans Qualiopi apprentissage leurs contrats d'apprentissage, et sans compte Kairos leurs sessions, ne vont pas aux partenaires qui les demandent. Complétez-les.`,
    who: "exploitation",
    source: "S35, S64, H11",
  },
  "import-enveloppe-non-reprise": {
    severity: "information",
    titre: "Donnée du fichier, pas de l'offre",
    sentence: ({ value }) =>
      `« ${value} » décrit le fichier reçu et non une formation : chaque flux écrit la sienne, celle-ci n'est pas gardée.`,
    who: "exploitation",
    source: "LHEO lheo, offres",
  },
});
