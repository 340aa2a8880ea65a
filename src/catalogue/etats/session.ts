import type { EtatAction } from "./action.ts";

/**
 * `soumise` and `modifiee` wait for the control of their action, the latter while its last version stays online (H7, H8);
 * `retiree` left with a reason before its time, `supprimee` after its end (S136–S138).
 */
export const ETATS_SESSION = ["brouillon", "soumise", "publiee", "modifiee", "retiree", "supprimee"] as const;
export type EtatSession = (typeof ETATS_SESSION)[number];

export const EVENEMENTS_SESSION = ["confirmer", "publier", "retirer", "supprimer"] as const;
export type EvenementSession = (typeof EVENEMENTS_SESSION)[number];

export interface SituationSession {
  readonly etat: EtatSession;
  readonly action: EtatAction;
  /** It names only certifications that the action's version online has (H7). */
  readonly selonLaVersionEnLigne: boolean;
  /** Its last possible day was more than 30 days ago (S136). */
  readonly terminee: boolean;
  /** The action has another session online: the last one does not leave alone (H5). */
  readonly autreSession: boolean;
}

export type PassageSession =
  | {
      readonly vers: EtatSession;
      readonly effets: readonly ("publier" | "retirer" | "effacer")[];
    }
  | { readonly refus: string };

/** The states in which a session's form may be changed; its action must allow it too. */
export const SESSIONS_MODIFIABLES: ReadonlySet<EtatSession> = new Set(["brouillon", "publiee"]);

/** The states that the control may put online: what nobody confirmed is not among them. */
export const PUBLIABLES: ReadonlySet<EtatSession> = new Set(["soumise", "publiee", "modifiee"]);

/** Everything that may happen to a session. Pure and total. */
export function passageSession(situation: SituationSession, evenement: EvenementSession): PassageSession {
  const { etat, terminee, autreSession } = situation;
  const sortie = etat === "retiree" || etat === "supprimee";
  switch (evenement) {
    case "confirmer":
      return confirmer(situation);
    case "publier":
      return PUBLIABLES.has(etat)
        ? { vers: "publiee", effets: ["publier"] }
        : { refus: "Cette session n'attend pas de publication." };
    case "retirer":
      if (sortie) return { refus: "Cette session est déjà retirée." };
      if (etat === "brouillon") return { vers: "supprimee", effets: ["effacer"] };
      if (!autreSession) return { refus: DERNIERE };
      return { vers: "retiree", effets: ["retirer"] };
    case "supprimer":
      if (sortie) return { refus: "Cette session est déjà retirée." };
      if (etat === "brouillon") return { vers: "supprimee", effets: ["effacer"] };
      if (!terminee) return { refus: TROP_TOT };
      if (!autreSession) return { refus: DERNIERE };
      return { vers: "supprimee", effets: ["retirer"] };
  }
}

function confirmer({ etat, action, selonLaVersionEnLigne }: SituationSession): PassageSession {
  if (!SESSIONS_MODIFIABLES.has(etat))
    return {
      refus:
        etat === "soumise" || etat === "modifiee"
          ? "Cette session attend le contrôle de son action : elle pourra être modifiée ensuite."
          : "Cette session est retirée : dupliquez-la pour en ouvrir une autre.",
    };
  switch (action) {
    case "publiee":
      return { vers: "publiee", effets: ["publier"] };
    case "modifiee":
      if (selonLaVersionEnLigne) return { vers: "publiee", effets: ["publier"] };
      return { vers: enAttente(etat), effets: [] };
    case "alerte":
    case "brouillon":
      return { refus: "Cette session part avec son action : validez l'action entière." };
    case "creee":
      return { refus: "Son action est en cours de contrôle : cette session pourra être modifiée ensuite." };
    case "archivee":
    case "supprimee":
      return { refus: "Son action n'est plus publiée." };
  }
}

/** What a confirmed session is while its action is in control: what is online of it stays (H8). */
export function enAttente(etat: EtatSession): EtatSession {
  return etat === "brouillon" ? "soumise" : "modifiee";
}

const DERNIERE =
  "C'est la dernière session de l'action, et une action ne se publie pas sans session. Archivez l'action, ou ajoutez d'abord une autre session.";
const TROP_TOT =
  "Une session se supprime à partir de 30 jours après sa fin. Avant, retirez-la en indiquant un motif.";
