import type { RoleCatalogue } from "../auteur.ts";

/** S36–S43, H9. An archived action can be published again by the control, a deleted one by nobody. */
export const ETATS_ACTION = [
  "brouillon",
  "creee",
  "publiee",
  "alerte",
  "modifiee",
  "archivee",
  "supprimee",
] as const;
export type EtatAction = (typeof ETATS_ACTION)[number];

/** Why an action is under Alerte: the control asks for a complement (S36), or no session is left (H6). */
export type Alerte = "controle" | "sans_session";

export const EVENEMENTS_ACTION = [
  /** The second of the two validations, by who writes (S116). */
  "confirmer",
  /** The control puts online (S119). */
  "publier",
  /** The control asks for a complement (S36–S38). */
  "demander_complement",
  /** Leaves the feeds, the control may bring it back (S43–S45, H9). */
  "archiver",
  /** For good. */
  "supprimer",
  "restaurer",
  /** The last current session is over (H6). */
  "perdre_sessions",
] as const;
export type EvenementAction = (typeof EVENEMENTS_ACTION)[number];

/** What a passage depends on. */
export interface SituationAction {
  readonly etat: EtatAction;
  readonly alerte: Alerte | null;
  /** A version of it is in the contract, not withdrawn. */
  readonly enLigne: boolean;
  /** Its certifications differ from those of the version online (S41, S127, H7). */
  readonly certificationsChangees: boolean;
  /** Written by a funder (S29–S31): it needs no control, and its OF only reads it. */
  readonly conventionnee: boolean;
}

/** What a passage does beside changing the state, in this order. */
export type Effet = "publier" | "soumettre" | "retirer" | "effacer";

export type Passage =
  | { readonly vers: EtatAction; readonly alerte?: Alerte; readonly effets: readonly Effet[] }
  /** In French: what is so, and what to do. */
  | { readonly refus: string };

/** The states in which who writes may change the form: elsewhere it is locked (S44, S119). */
export const MODIFIABLES: ReadonlySet<EtatAction> = new Set(["brouillon", "publiee", "alerte"]);

/**
 * Everything that may happen to an action. Pure and total: each event has, in each situation and for each role, a new
 * state or a reason why not.
 */
export function passageAction(
  situation: SituationAction,
  evenement: EvenementAction,
  role: RoleCatalogue,
): Passage {
  const refus = refusDuRole(situation, evenement, role);
  if (refus !== undefined) return { refus };
  const { etat, enLigne } = situation;
  switch (evenement) {
    case "confirmer":
      return confirmer(situation);
    case "publier":
      return etat === "creee" || etat === "modifiee"
        ? { vers: "publiee", effets: ["publier"] }
        : { refus: `Seule une action en attente de contrôle se publie ; celle-ci est ${LIBELLES[etat]}.` };
    case "demander_complement":
      return etat === "creee" || etat === "modifiee"
        ? { vers: "alerte", alerte: "controle", effets: [] }
        : {
            refus: `Un complément se demande sur une action en attente de contrôle ; celle-ci est ${LIBELLES[etat]}.`,
          };
    case "archiver":
      if (etat === "brouillon") return { refus: "Un brouillon ne s'archive pas : supprimez-le." };
      if (SORTIES.has(etat)) return { refus: `Cette action est déjà ${LIBELLES[etat]}.` };
      return { vers: "archivee", effets: ["retirer"] };
    case "supprimer":
      if (etat === "supprimee") return { refus: "Cette action est déjà supprimée." };
      return { vers: "supprimee", effets: [etat === "brouillon" ? "effacer" : "retirer"] };
    case "restaurer":
      return etat === "archivee"
        ? { vers: "publiee", effets: ["publier"] }
        : { refus: `Seule une action archivée se remet en ligne ; celle-ci est ${LIBELLES[etat]}.` };
    case "perdre_sessions":
      return etat === "publiee" && enLigne
        ? { vers: "alerte", alerte: "sans_session", effets: [] }
        : { refus: "Cette action n'est pas en ligne." };
  }
}

const SORTIES: ReadonlySet<EtatAction> = new Set(["archivee", "supprimee"]);

/** H7, H8: only new certifications need the control again; what is online stays meanwhile. */
function confirmer({
  etat,
  alerte,
  enLigne,
  certificationsChangees,
  conventionnee,
}: SituationAction): Passage {
  if (!MODIFIABLES.has(etat))
    return {
      refus: SORTIES.has(etat)
        ? `Cette action est ${LIBELLES[etat]} : elle ne peut plus être modifiée. Pour la remettre en ligne, écrivez à l'équipe de contrôle.`
        : `Cette action est ${LIBELLES[etat]} : l'équipe de contrôle la vérifie. Vous pourrez la modifier ensuite ; un retrait reste possible.`,
    };
  if (conventionnee) return { vers: "publiee", effets: ["publier"] };
  if (!enLigne) return { vers: "creee", effets: ["soumettre"] };
  if (certificationsChangees || alerte === "controle") return { vers: "modifiee", effets: ["soumettre"] };
  return { vers: "publiee", effets: ["publier"] };
}

function refusDuRole(
  { conventionnee }: SituationAction,
  evenement: EvenementAction,
  role: RoleCatalogue,
): string | undefined {
  const prives = RESERVES[evenement];
  if (role !== "lecteur_of" && prives !== undefined && !prives.includes(role))
    return evenement === "perdre_sessions"
      ? "Cet état est constaté par le système."
      : "Seule l'équipe de contrôle peut le faire.";
  return refusDuProfil(role, conventionnee);
}

/** Why who has this role writes nothing of such an action, in whatever state it is (S29–S31). */
export function refusDuProfil(role: RoleCatalogue, conventionnee: boolean): string | undefined {
  if (role === "lecteur_of")
    return "Votre profil sur cette structure permet de lire son catalogue, pas de le modifier.";
  if (conventionnee && role === "of")
    return "Cette formation est conventionnée : elle vient du financeur, qui seul la modifie.";
  if (!conventionnee && role === "financeur")
    return "Un financeur ne modifie que les formations conventionnées qu'il commande.";
  return undefined;
}

const RESERVES: Partial<Record<EvenementAction, readonly RoleCatalogue[]>> = {
  publier: ["controle"],
  demander_complement: ["controle"],
  restaurer: ["controle"],
  perdre_sessions: ["systeme"],
};

const LIBELLES: Readonly<Record<EtatAction, string>> = {
  brouillon: "en brouillon",
  creee: "créée et en attente de contrôle",
  publiee: "publiée",
  alerte: "en alerte",
  modifiee: "modifiée et en attente de contrôle",
  archivee: "archivée",
  supprimee: "supprimée",
};
