import type { Voie } from "../published/contract/index.ts";

/** The voies d'accès as the form names them (S91, S95). */
export const LIBELLES_DES_VOIES: Readonly<Record<Voie, string>> = {
  formation_continue: "formation continue hors alternance",
  professionnalisation: "contrat de professionnalisation",
  apprentissage: "contrat d'apprentissage",
  formation_initiale: "formation initiale",
};
