import type { Cadre, Onglet } from "../../../catalogue/index.ts";

/** The three accordions of the guide (S23). */
export const TITRES_DES_CADRES: Readonly<Record<Cadre, string>> = {
  conventionnee: "Formations conventionnées",
  non_conventionnee: "Formations non conventionnées",
  initiale: "Formations initiales professionnelles",
};

/** In the order of the guide. */
export const ORDRE_DES_CADRES: readonly Cadre[] = ["conventionnee", "non_conventionnee", "initiale"];

/** What each tab holds (S36–S44). */
export const AIDES_DES_ONGLETS: Readonly<Record<Onglet, string>> = {
  alerte:
    "Actions qui demandent un complément avant d'être publiées. Ouvrez-les : la demande est en haut de la fiche.",
  publiees: "Actions en ligne, diffusées aux partenaires.",
  creees: "Actions nouvelles, qui attendent leur contrôle et leur publication.",
  modifiees:
    "Actions dont la certification a changé, qui attendent leur contrôle. La version approuvée reste en ligne d'ici là.",
  brouillons: "Actions en cours de saisie, pas encore validées.",
  archivees: "Actions retirées. L'équipe de contrôle peut les remettre en ligne.",
  supprimees: "Actions retirées pour de bon.",
};
