/**
 * Who acts in the catalogue, and on whose actions. Made only where somebody comes in (a signed-in person with an active
 * structure, a key of a structure, the system itself); every reading and every act takes one, so nothing of another
 * structure can be named by accident.
 */
export interface Auteur {
  /** As the audit and the history name it: `compte:jdupont`, `cle:12`, `systeme`. */
  readonly acteur: string;
  /** For people. */
  readonly nom: string;
  readonly role: RoleCatalogue;
  /** Number of the structure that it acts for. */
  readonly structure: string;
}

/**
 * `of` writes the offer of its structure; `lecteur_of` sees it; `financeur` writes the conventionnées that it orders (S31);
 * `controle` sees all, checks and publishes.
 */
export type RoleCatalogue = "of" | "lecteur_of" | "financeur" | "controle" | "systeme";

/** What of the catalogue an author may see, as a condition on `catalogue_action a`. */
export interface Portee {
  readonly sql: string;
  readonly bindings: Readonly<Record<string, string>>;
}

/** An OF sees its own actions, a funder those it orders, the control and the system all. */
export function porteeOf({ role, structure }: Pick<Auteur, "role" | "structure">): Portee {
  switch (role) {
    case "of":
    case "lecteur_of":
      return { sql: "a.structure = :portee", bindings: { portee: structure } };
    case "financeur":
      return { sql: "a.financeur = :portee", bindings: { portee: structure } };
    case "controle":
    case "systeme":
      return { sql: "true", bindings: {} };
  }
}

/** The product itself, for what time does. */
export const SYSTEME: Auteur = { acteur: "systeme", nom: "offre-info", role: "systeme", structure: "" };
