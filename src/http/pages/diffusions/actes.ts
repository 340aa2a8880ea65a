import { type Decided, type Detail, decideAct, type Facts, type Verb } from "../../../delivery/index.ts";

/** An act on a delivery, as pages and addresses name it. */
export interface Acte {
  /** In the address. */
  readonly nom: string;
  readonly verb: Verb;
  readonly bouton: string;
  readonly titre: string;
  /** Said once it is done. */
  readonly fait: string;
}

export const ACTES: readonly Acte[] = [
  {
    nom: "liberer",
    verb: "release",
    bouton: "Libérer",
    titre: "Libérer la diffusion",
    fait: "La diffusion est libérée.",
  },
  {
    nom: "retenir",
    verb: "hold",
    bouton: "Retenir",
    titre: "Retenir la diffusion",
    fait: "La diffusion est retenue.",
  },
  {
    nom: "annuler",
    verb: "cancel",
    bouton: "Annuler",
    titre: "Annuler la diffusion",
    fait: "La diffusion est annulée.",
  },
];

export const acteDe = (nom: string | undefined): Acte | undefined => ACTES.find((acte) => acte.nom === nom);

/** Its content is to come. */
export const estAnnoncee = ({ etat, contenu }: Detail): boolean =>
  etat === "scheduled" && contenu === undefined;

/** What an act would do to a delivery as it is now, or why it cannot be done. */
export function decider(verb: Verb, detail: Detail): Decided {
  const { id, partner, etat, retenue, contenu, epoch } = detail;
  const facts: Facts = {
    id,
    partner: partner.id,
    etat,
    retenue,
    vide: contenu !== undefined && contenu.file === null,
    annoncee: contenu === undefined,
    epoch,
  };
  return decideAct(verb, facts);
}

/** Over, or waiting after a failure: what may be asked for again. */
const REJOUABLES: readonly Detail["etat"][] = [
  "accepted",
  "dead",
  "rejected",
  "superseded",
  "canceled",
  "retry",
];

export const estRejouable = ({ etat }: Detail): boolean => REJOUABLES.includes(etat);
