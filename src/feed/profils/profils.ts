import { type Profil, zProfils } from "./profil.ts";

const TOUTES_VOIES = [
  "formation_continue",
  "professionnalisation",
  "apprentissage",
  "formation_initiale",
] as const;

/** Apprenticeship outlets (S93, S146) read the national base. */
const APPRENTISSAGE = {
  mode: { via: "rco" },
  visibilite: 4,
  perimetre: { voies: ["apprentissage"], qualiopi_apprentissage: true },
} as const;

/** Enrolment platforms: the school is found by the UAI of the place, the training by its RNCP code. */
const INSCRIPTION = {
  ...APPRENTISSAGE,
  perimetre: { ...APPRENTISSAGE.perimetre, uai_du_lieu: true, certification_rncp: true },
} as const;

/**
 * The destinations of the guide (S145, S146), as they are at first: an agency changes them in its database. Expected
 * dates are 3 to 4 working days (S148), 4 for Kairos (S35), 2 for the national base.
 */
export const PROFILS: readonly Profil[] = zProfils.parse([
  {
    id: "rco",
    nom: "Réseau des Carif-Oref",
    mode: ["push"],
    visibilite: 2,
    perimetre: { voies: TOUTES_VOIES },
  },
  {
    id: "kairos",
    nom: "Kairos",
    mode: ["push"],
    attente: 3,
    visibilite: 4,
    perimetre: { voies: ["formation_continue"], compte_kairos: true },
  },
  {
    id: "francetravail",
    nom: "candidat.francetravail.fr",
    mode: ["push"],
    attente: 3,
    visibilite: 4,
    perimetre: { voies: ["formation_continue", "professionnalisation"] },
  },
  {
    id: "moteur-pro",
    nom: "Moteur pro",
    mode: ["pull", "push"],
    visibilite: 4,
    acces: "public",
    perimetre: { voies: TOUTES_VOIES },
  },
  {
    id: "cmaformation",
    nom: "CMaFormation",
    mode: ["pull", "push"],
    visibilite: 4,
    acces: "public",
    perimetre: { voies: TOUTES_VOIES },
  },
  { id: "lba", nom: "La bonne alternance", ...APPRENTISSAGE },
  { id: "cmonalternance", nom: "CMonAlternance", ...APPRENTISSAGE },
  { id: "parcoursup", nom: "Parcoursup", ...INSCRIPTION },
  { id: "affelnet", nom: "Affelnet", ...INSCRIPTION },
]);
