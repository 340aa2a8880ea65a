import { type Fenetre, weekdayName } from "../../../calendar/index.ts";
import { LIBELLES_DES_VOIES, type Profil, viaOf } from "../../../feed/index.ts";
import type { Partner, SecretName, Transport } from "../../../partner/index.ts";
import { nombre } from "../format.ts";

/** What a profile takes, in sentences. */
export function direPerimetre({ perimetre, regles_bloquantes }: Profil): string[] {
  const { voies, jours_apres_fin: jours } = perimetre;
  return [
    `Les sessions en ${voies.map((voie) => LIBELLES_DES_VOIES[voie]).join(", ")}.`,
    ...(perimetre.compte_kairos ? ["Seulement des organismes qui ont un compte Kairos."] : []),
    ...(perimetre.qualiopi_apprentissage ? ["L'apprentissage demande Qualiopi apprentissage."] : []),
    ...(perimetre.uai_du_lieu ? ["Le lieu doit avoir un code UAI."] : []),
    ...(perimetre.certification_rncp ? ["La session doit viser une certification du RNCP."] : []),
    jours === 0
      ? "Une session terminée sort le lendemain de sa fin."
      : `Une session terminée reste ${nombre(jours)} jours après sa fin.`,
    ...(regles_bloquantes.length === 0
      ? []
      : [`Refuse en plus ce que disent les règles : ${regles_bloquantes.join(", ")}.`]),
  ];
}

/** When things leave and when they show, in sentences. */
export function direDelais({ attente, visibilite, calendrier }: Profil): string[] {
  const { heureLimite, jours, fermetures, fenetres } = calendrier;
  return [
    attente === 0
      ? "Une version part à la première fenêtre après sa mise en ligne."
      : `Une version part ${compte(attente)} après sa mise en ligne.`,
    `Elle est visible ${compte(visibilite)} après sa mise en ligne.`,
    `Les jours comptés vont du lundi au ${jours === "ouvres" ? "vendredi" : "samedi"}, sans les jours fériés${
      fermetures.length === 0
        ? ""
        : ` ni ${compteDe(fermetures.length, "jour de fermeture", "jours de fermeture")}`
    }.`,
    ...(heureLimite === undefined
      ? []
      : [`Après ${heureLimite}, la mise en ligne compte pour le lendemain.`]),
    fenetres === undefined
      ? "Il prend les fichiers à toute heure."
      : `Il prend les fichiers ${fenetres.map(direFenetre).join(", ou ")}.`,
  ];
}

const compte = (jours: number): string => (jours <= 1 ? `${jours} jour ouvré` : `${jours} jours ouvrés`);
const compteDe = (n: number, un: string, plusieurs: string): string => `${n} ${n === 1 ? un : plusieurs}`;

/** Monday to Sunday of some week. */
const SEMAINE = ["20261123", "20261124", "20261125", "20261126", "20261127", "20261128", "20261129"];

function direFenetre({ jours, debut, fin }: Fenetre): string {
  const days = jours?.map((day) => weekdayName(SEMAINE[day - 1] ?? "20261123")).join(", ");
  return `de ${debut} à ${fin}${days === undefined ? "" : ` (${days})`}`;
}

export function direMode(profil: Profil): string {
  const via = viaOf(profil);
  if (via !== undefined) return `servi par le profil « ${via} »`;
  const modes: readonly string[] = Array.isArray(profil.mode) ? profil.mode : [];
  return modes.map((mode) => (mode === "push" ? "envoi" : "tirage par le partenaire")).join(" et ");
}

/** Where its file goes, without any secret. */
export function direTransport(transport: Transport): string {
  switch (transport.type) {
    case "https":
      return `HTTPS, ${transport.methode} ${transport.url}`;
    case "sftp":
      return `SFTP, ${transport.utilisateur}@${transport.hote}:${transport.port}, dossier « ${transport.dossier} »`;
    case "dossier":
      return `dossier ${transport.chemin}`;
  }
}

export function direLimites({ limites, sur_inconnue }: Partner): string[] {
  const { espacement_minutes: pause, par_jour: most } = limites;
  return [
    pause === undefined && most === undefined ? "Aucune limite de rythme." : "",
    pause === undefined ? "" : `Au moins ${pause} min entre deux envois.`,
    most === undefined ? "" : `Au plus ${most} envois par jour.`,
    sur_inconnue === "renvoyer"
      ? "Après un envoi d'issue inconnue : renvoyé sous la même clé."
      : "Après un envoi d'issue inconnue : retenu pour un opérateur.",
  ].filter((sentence) => sentence !== "");
}

/** Secrets that its transport cannot do without. */
export function secretsAttendus(transport: Transport): SecretName[] {
  switch (transport.type) {
    case "dossier":
      return [];
    case "sftp":
      return [transport.auth === "cle" ? "cle_privee" : "mot_de_passe"];
    case "https": {
      const own: Readonly<Record<typeof transport.auth.type, SecretName[]>> = {
        aucune: [],
        basic: ["mot_de_passe"],
        bearer: ["jeton"],
        oauth2: ["secret_client"],
      };
      return [
        ...own[transport.auth.type],
        ...(transport.mtls ? (["certificat", "cle_certificat"] as const) : []),
        ...transport.entetes_secrets.map((nom): SecretName => `entete.${nom.toLowerCase()}`),
      ];
    }
  }
}
