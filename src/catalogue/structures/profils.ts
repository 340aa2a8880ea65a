import type { RoleCatalogue } from "../auteur.ts";

/** Kinds of structure: a training body, a funder of the offer conventionnée, the agency that controls. */
export const TYPES_STRUCTURE = ["organisme", "financeur", "agence"] as const;
export type TypeStructure = (typeof TYPES_STRUCTURE)[number];

/** As the table of structures says it (S12). */
export const LIBELLES_TYPES: Readonly<Record<TypeStructure, string>> = {
  organisme: "Formateur",
  financeur: "Financeur",
  agence: "Agence",
};

export const PROFILS = ["catalogue", "preinscription", "general", "financeur", "controleur"] as const;
/** What an account is for a structure (S4–S7). */
export type ProfilDeStructure = (typeof PROFILS)[number];

export const LIBELLES_PROFILS: Readonly<Record<ProfilDeStructure, string>> = {
  catalogue: "Gestionnaire OF catalogue formation",
  preinscription: "Gestionnaire OF préinscription",
  general: "Gestionnaire OF général",
  financeur: "Financeur",
  controleur: "Contrôleur",
};

/** Which profiles a structure gives. */
export const PROFILS_PAR_TYPE: Readonly<Record<TypeStructure, readonly ProfilDeStructure[]>> = {
  organisme: ["catalogue", "preinscription", "general"],
  financeur: ["financeur"],
  agence: ["controleur"],
};

const ROLES: Readonly<Record<ProfilDeStructure, RoleCatalogue>> = {
  catalogue: "of",
  general: "of",
  // It recruits for the sessions, which it has to see; the catalogue is not its to change (S6).
  preinscription: "lecteur_of",
  financeur: "financeur",
  controleur: "controle",
};

/** What somebody with these profiles does in the catalogue: the most of what each gives. */
export function roleOf(profils: readonly ProfilDeStructure[]): RoleCatalogue | undefined {
  const roles = profils.map((profil) => ROLES[profil]);
  return roles.find((role) => role !== "lecteur_of") ?? roles[0];
}
