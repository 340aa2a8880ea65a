/** States of a delivery, and the word under which each is shown. */
export const MOTS_ETAT = {
  scheduled: "programmée",
  in_flight: "en cours",
  accepted: "arrivée",
  retry: "nouvel essai",
  dead: "abandonnée",
  held: "retenue",
  superseded: "remplacée",
  canceled: "annulée",
  rejected: "refusée",
} as const;

export type Etat = keyof typeof MOTS_ETAT;

export const ETATS = Object.keys(MOTS_ETAT) as [Etat, ...Etat[]];

/** Why a delivery is held. */
export type Retenue = "vide" | "operateur" | "garde" | "inconnue";

/** A state by its word, with or without accents, or by its code; undefined when it is none. */
export function etatOf(text: string): Etat | undefined {
  const asked = plain(text);
  return ETATS.find((etat) => plain(etat) === asked || plain(MOTS_ETAT[etat]) === asked);
}

const plain = (text: string): string =>
  text
    .normalize("NFD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, " ")
    .trim();
