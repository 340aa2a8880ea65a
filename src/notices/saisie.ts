import { defineNotices } from "./rule.ts";

/** What the guide asks of the forms, beside what the feed asks of any offer: said while one types, before any control. */
export const noticesSaisie = defineNotices({
  "champ-obligatoire": {
    severity: "bloquant",
    titre: "Champ obligatoire",
    sentence: ({ champ = "Ce champ", attendu = "renseignez-le" }) =>
      `« ${champ} » est obligatoire : ${attendu}.`,
    who: "organisme",
    source: "S62",
  },
  "action-sans-session": {
    severity: "bloquant",
    titre: "Action sans session",
    sentence: () =>
      "L'action n'a aucune session (« vide ») : il en faut au moins une pour qu'elle soit publiée. Ajoutez une session.",
    who: "organisme",
    source: "S47",
  },
  "apprentissage-sans-qualiopi": {
    severity: "bloquant",
    titre: "Apprentissage sans Qualiopi apprentissage",
    sentence: ({ value }) =>
      `« ${value} » n'a pas la certification Qualiopi « apprentissage », que doit détenir l'organisme qui signe les contrats. Changez la voie d'accès, ou faites enregistrer la certification dans « Mes structures ».`,
    who: "organisme",
    source: "S64, H11",
  },
  "attestation-avec-certification": {
    severity: "avertissement",
    titre: "Attestation avec une certification",
    sentence: ({ value }) =>
      `« Attestation de fin de formation » est coché alors que l'action délivre ${value}. Cette case est réservée aux actions qui n'en délivrent pas : cochez le RNCP ou « Autre », ou retirez la certification.`,
    who: "organisme",
    source: "S73",
  },
  "certification-a-completer": {
    severity: "information",
    titre: "Certification à compléter",
    sentence: ({ value }) =>
      `« ${value} » est coché et aucune certification n'est choisie. Cherchez-la par son code ou son nom ; si vous ne la trouvez pas, laissez vide : l'équipe de contrôle la renseigne avant publication.`,
    who: "organisme",
    source: "S74, S77, S83",
  },
  "certification-inconnue-du-registre": {
    severity: "information",
    titre: "Certification absente du registre",
    sentence: ({ value }) =>
      `La certification « ${value} » n'est pas dans le registre de France compétences que nous lisons. Vérifiez son code ; l'équipe de contrôle le vérifie aussi.`,
    who: "organisme",
    source: "S79, S83",
  },
  "certification-echue": {
    severity: "avertissement",
    titre: "Certification échue avant la session",
    sentence: ({ value, attendu = "" }) =>
      `L'enregistrement de la certification « ${value} » prend fin le ${attendu}, avant que la session commence. Vérifiez si une nouvelle version de la certification la remplace.`,
    who: "organisme",
    source: "S81 ; L6323-6 du code du travail",
  },
  "certification-sans-habilitation": {
    severity: "avertissement",
    titre: "Organisme non habilité",
    sentence: ({ value, attendu = "Votre organisme" }) =>
      `« ${attendu} » n'est pas déclaré à France compétences comme certificateur ou habilité à former pour « ${value} ». Faites-vous déclarer par le certificateur : l'équipe de contrôle le vérifie.`,
    who: "organisme",
    source: "S81, S140",
  },
  "session-courte": {
    severity: "avertissement",
    titre: "Session courte ou individualisée à dates fixes",
    sentence: ({ value, attendu = "cette année" }) =>
      `La formation est ${value} et la session n'a que quelques jours fixes. Si elle revient souvent, créez plutôt une seule session annuelle (${attendu}) en entrées-sorties permanentes ou séquencées.`,
    who: "organisme",
    source: "S106, S107, H10",
  },
  "vae-sans-code": {
    severity: "avertissement",
    titre: "Accompagnement VAE sans son code",
    sentence: ({ value }) =>
      `L'intitulé « ${value} » annonce un accompagnement VAE sans le code CertifInfo 83899. Ajoutez-le aux certifications, et cochez « Autre diplôme, certificat, habilitation ».`,
    who: "organisme",
    source: "S69, S78, S82",
  },
  "intitule-officiel": {
    severity: "information",
    titre: "Intitulé loin du titre officiel",
    sentence: ({ value, attendu = "" }) =>
      `L'intitulé « ${value} » ne reprend pas celui de la certification : « ${attendu} ». Reprenez-le : c'est lui que les gens cherchent.`,
    who: "organisme",
    source: "S68",
  },
  "sigle-non-defini": {
    severity: "information",
    titre: "Sigle non expliqué",
    sentence: ({ value, champ = "Ce texte" }) =>
      `${champ} contient un sigle qui n'est expliqué nulle part : ${value}. Écrivez une fois son développement, le sigle entre parenthèses, pour qui n'est pas du métier.`,
    who: "organisme",
    source: "S60",
  },
  "action-semblable": {
    severity: "avertissement",
    titre: "Action déjà au catalogue",
    sentence: ({ value, attendu = "", champ = "ressemble à celle-ci" }) =>
      `L'action ${attendu}, « ${value} », ${champ}. Si c'est la même formation, ajoutez-lui une session au lieu de créer une autre action.`,
    who: "organisme",
    source: "S53, S122, S123",
  },
  "session-semblable": {
    severity: "avertissement",
    titre: "Session déjà saisie",
    sentence: ({ value }) =>
      `La session ${value} de cette action a les mêmes dates, le même lieu et la même voie d'accès. Si c'est la même, supprimez l'une des deux.`,
    who: "organisme",
    source: "S53, S90",
  },
});
