import { type Etat, MOTS_ETAT, type Retenue } from "../listing/index.ts";

/** What an operator may do with a delivery that waits. */
export type Verb = "cancel" | "hold" | "release";

/** A delivery as an act sees it. */
export interface Facts {
  readonly id: string;
  readonly partner: string;
  readonly etat: Etat;
  readonly retenue: Retenue | null;
  /** Nothing was in scope: there is no file. */
  readonly vide: boolean;
  /** Its content is to come. */
  readonly annoncee: boolean;
  /** Attempts begun: once there was one, the bytes are bound. */
  readonly epoch: number;
}

/** What an act does, said before and after; or why it cannot be done, and what can. In French. */
export type Decided =
  | {
      readonly phrase: string;
      readonly etat: "canceled" | "held" | "scheduled" | "retry";
    }
  | { readonly refused: string };

/** Says what an act would make of a delivery. Pure and total. */
export function decideAct(verb: Verb, facts: Facts): Decided {
  const { id, partner, etat, annoncee } = facts;
  if (etat === "in_flight")
    return {
      refused: `La diffusion ${id} est en cours d'envoi : ce qui part ne se rappelle pas. Attendez la fin de la tentative ; pour que rien d'autre ne parte : offre-info deliveries pause ${partner}`,
    };
  if (etat !== "scheduled" && etat !== "retry" && etat !== "held")
    return {
      refused: `La diffusion ${id} est ${MOTS_ETAT[etat]} : elle n'attend plus. Pour envoyer de nouveau : offre-info deliveries replay ${id}`,
    };
  // An announcement has nothing to hold back: the édition of that day would announce or make another.
  if (annoncee && verb !== "release")
    return {
      refused: `La diffusion ${id} n'est encore qu'une annonce : son contenu n'existe pas. Pour que rien ne parte : offre-info deliveries pause ${partner}`,
    };
  switch (verb) {
    case "cancel":
      return {
        etat: "canceled",
        phrase: `Annule la diffusion ${id} : ce contenu ne partira pas vers ${partner} ; le prochain contenu différent partira normalement.`,
      };
    case "hold":
      return hold(facts);
    case "release":
      return release(facts);
  }
}

function hold({ id, partner, etat, retenue }: Facts): Decided {
  if (etat === "held")
    return { refused: `La diffusion ${id} est déjà retenue (${MOTS_RETENUE[retenue ?? "vide"]}).` };
  return {
    etat: "held",
    phrase: `Retient la diffusion ${id} : rien ne partira vers ${partner} avant qu'elle soit libérée ; un contenu plus récent prendra sa place et restera retenu.`,
  };
}

function release({ id, partner, etat, retenue, vide, epoch }: Facts): Decided {
  if (etat !== "held")
    return {
      refused: `La diffusion ${id} n'est pas retenue : elle est ${MOTS_ETAT[etat]} et part à sa date.`,
    };
  if (vide)
    return {
      refused: `La diffusion ${id} n'a pas de fichier : plus rien n'est dans le périmètre de ${partner}, et un flux vide n'existe pas. Vérifiez l'offre publiée et le périmètre ; la diffusion suivante partira d'elle-même.`,
    };
  const again =
    retenue === "inconnue"
      ? " Le destinataire a peut-être déjà tout reçu : la clé d'envoi reste la même."
      : "";
  return {
    etat: epoch > 0 ? "retry" : "scheduled",
    phrase: `Libère la diffusion ${id} : elle part vers ${partner} à la prochaine fenêtre.${again}`,
  };
}

/** Why a delivery is held, in French. */
export const MOTS_RETENUE: Readonly<Record<Retenue, string>> = {
  vide: "rien dans le périmètre",
  operateur: "par un opérateur",
  garde: "par le garde-fou des disparitions",
  inconnue: "issue inconnue du dernier envoi",
};
