import type { EtatAction } from "../etats/action.ts";

/** The tabs of the guide (S25), each one a state; the eighth, Import, is no list. */
export const ONGLETS = [
  { id: "alerte", titre: "Alerte", etat: "alerte" },
  { id: "publiees", titre: "Publiées", etat: "publiee" },
  { id: "creees", titre: "Créées", etat: "creee" },
  { id: "modifiees", titre: "Modifiées", etat: "modifiee" },
  { id: "brouillons", titre: "Mes brouillons", etat: "brouillon" },
  { id: "archivees", titre: "Archivées", etat: "archivee" },
  { id: "supprimees", titre: "Supprimées", etat: "supprimee" },
] as const satisfies readonly { id: string; titre: string; etat: EtatAction }[];

export type Onglet = (typeof ONGLETS)[number]["id"];

export const etatDe = (onglet: Onglet): EtatAction =>
  ONGLETS.find(({ id }) => id === onglet)?.etat ?? "publiee";
