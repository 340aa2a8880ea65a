/** From the one who may least to the one who may most; each may what those before may. */
export const ROLES = ["membre", "lecteur", "operateur", "administrateur"] as const;

/**
 * `membre` has what its attachments to structures give it; `lecteur` sees, `operateur` acts on deliveries,
 * `administrateur` changes partners and accounts.
 */
export type Role = (typeof ROLES)[number];

export const LIBELLES_ROLES: Readonly<Record<Role, string>> = {
  membre: "membre d'une structure",
  lecteur: "lecteur",
  operateur: "opérateur",
  administrateur: "administrateur",
};

export function atLeast(role: Role, needed: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(needed);
}
