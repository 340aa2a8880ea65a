import type { EtatAction, EtatSession, FicheAction } from "../../../catalogue/index.ts";
import { dateLheo } from "../../pages/format.ts";
import type { Ton } from "../../pages/words.ts";

interface Mot {
  readonly texte: string;
  readonly ton: Ton;
}

export const ETATS_D_ACTION: Readonly<Record<EtatAction, Mot>> = {
  brouillon: { texte: "brouillon", ton: "neutre" },
  creee: { texte: "en attente de contrôle", ton: "attente" },
  publiee: { texte: "publiée", ton: "bien" },
  alerte: { texte: "complément demandé", ton: "souci" },
  modifiee: { texte: "modifiée, en attente de contrôle", ton: "attente" },
  archivee: { texte: "archivée", ton: "neutre" },
  supprimee: { texte: "supprimée", ton: "neutre" },
};

export const ETATS_DE_SESSION: Readonly<Record<EtatSession, Mot>> = {
  brouillon: { texte: "brouillon", ton: "neutre" },
  soumise: { texte: "en attente de contrôle", ton: "attente" },
  publiee: { texte: "publiée", ton: "bien" },
  modifiee: { texte: "modifiée, en attente de contrôle", ton: "attente" },
  retiree: { texte: "retirée", ton: "neutre" },
  supprimee: { texte: "supprimée", ton: "neutre" },
};

/** How the lists of sessions name the voies (S96). */
export const VOIES_COURTES: Readonly<Record<string, string>> = {
  formation_continue: "FPC",
  professionnalisation: "Contrat pro",
  apprentissage: "Apprentissage",
  formation_initiale: "Initiale",
};

/** AAAA-MM-JJ → JJ/MM/AAAA. */
const jourDe = (date: string): string => dateLheo(date.replaceAll("-", ""));

/** What came of the confirmation, and what comes next (H1). */
export function suiteDe({ etat, reference, echeance }: FicheAction): string {
  switch (etat) {
    case "creee":
      return `La formation est confirmée sous la référence ${reference}. L'équipe de contrôle la vérifie et la publie, au plus tard le ${jourDe(echeance ?? "")}. D'ici là elle ne se modifie plus ; un retrait reste possible.`;
    case "modifiee":
      return `Les certifications ont changé : l'équipe de contrôle vérifie la fiche, au plus tard le ${jourDe(echeance ?? "")}. La version approuvée reste en ligne jusque-là.`;
    default:
      return `La formation ${reference} est publiée avec ses modifications. La mention CPF, s'il y a lieu, apparaît 24 heures après la première publication.`;
  }
}

/** What confirming will do, said before it is done (S117, S119, S126). */
export function effetDeConfirmer(action: FicheAction, genre: "action" | "session"): string {
  if (genre === "session")
    return action.etat === "modifiee"
      ? "Elle est publiée aussitôt, sauf si elle vise une certification qui attend le contrôle."
      : "Elle est publiée aussitôt.";
  if (action.cadre === "conventionnee") return "Elle est publiée aussitôt.";
  if (action.publiee_revision === null)
    return "Elle part au contrôle avec ses sessions et ne se modifie plus jusqu'à sa publication (2 à 4 jours ouvrés).";
  return "Elle est publiée aussitôt, sauf si les certifications ont changé : le contrôle les vérifie d'abord.";
}

/** What was done, by the word that ends the address. */
export const FAITS: Readonly<Record<string, string>> = {
  enregistre: "Enregistré. Rien n'est publié tant que vous n'avez pas validé puis confirmé.",
  creee: "Le brouillon est ouvert. Remplissez ce que vous savez : il se retrouve dans « Mes brouillons ».",
  session: "La session est publiée.",
  session_en_attente: "La session est confirmée : elle attend le contrôle de la certification.",
  dupliquee: "Voici la copie. Changez ce qui diffère : dates, lieu, voie d'accès.",
  retiree: "La session est retirée : elle quitte les flux à la prochaine édition.",
  supprimee: "La session est supprimée.",
  abandonnee: "Les modifications sont abandonnées : la fiche est celle qui est en ligne.",
  archivee: "La formation est archivée avec ses sessions : elle quitte les flux à la prochaine édition.",
  disparue: "La formation est supprimée.",
};

export const LIBELLES_QUALIOPI: Readonly<Record<string, string>> = {
  formation: "actions de formation",
  bilan: "bilans de compétences",
  vae: "VAE",
  apprentissage: "apprentissage",
};
