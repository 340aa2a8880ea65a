import type { EtatAction, EtatSession } from "../../../catalogue/index.ts";

const EVENEMENTS: Readonly<Record<string, string>> = {
  creer: "Création du brouillon",
  ajouter_session: "Ajout de session",
  confirmer: "Validation confirmée",
  confirmer_session: "Session validée",
  publier: "Publication par le contrôle",
  demander_complement: "Demande de complément",
  archiver: "Archivage",
  supprimer: "Suppression",
  restaurer: "Remise en ligne",
  perdre_sessions: "Plus de session en cours",
  abandonner: "Retour à la version en ligne",
  retirer_session: "Retrait de session",
  supprimer_session: "Suppression de session",
};

/** What happened, in words. */
export const evenementEnMots = (evenement: string): string => EVENEMENTS[evenement] ?? evenement;

const ETATS: Readonly<Record<EtatAction | EtatSession, string>> = {
  brouillon: "brouillon",
  creee: "créée, en attente de contrôle",
  publiee: "publiée",
  alerte: "en alerte",
  modifiee: "modifiée, en attente de contrôle",
  archivee: "archivée",
  supprimee: "supprimée",
  soumise: "en attente de contrôle",
  retiree: "retirée",
};

/** A state of an action or of a session, in words. */
export const etatEnMots = (etat: string): string =>
  Object.hasOwn(ETATS, etat) ? ETATS[etat as keyof typeof ETATS] : etat;
