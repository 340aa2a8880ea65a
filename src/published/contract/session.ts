import { z } from "zod";
import {
  champsDeSuivi,
  zAdresse,
  zBloc,
  zCodeRef,
  zCodesCertification,
  zContact,
  zCoordonnees,
  zDateLheo,
  zPeriode,
  zTexte,
} from "./commun.ts";
import { zModalites } from "./modalites.ts";

/** S91, S93, S95; `formation_initiale` is the third accordion of the guide (S23). One voie per session. */
export const VOIES = [
  "formation_continue",
  "professionnalisation",
  "apprentissage",
  "formation_initiale",
] as const;

/** S105–S107, H3: LHEO knows dates fixes (0) and permanentes (1) only. */
export const TYPES_ENTREE = ["dates_fixes", "permanentes", "sequencees"] as const;

export const zLieu = z.strictObject({
  siret: zTexte.nullish(),
  uai: zTexte.nullish(),
  principal: z.boolean().default(false),
  coordonnees: zCoordonnees,
});

export const zFormateur = z.strictObject({
  numero: zTexte.nullish(),
  siret: zTexte,
  raison_sociale: zTexte,
  contacts: z.array(zContact).default([]),
  potentiel: z.array(zCodeRef).default([]),
  uai: zTexte.nullish(),
  certifications: z.array(zCodesCertification).default([]),
});

/** S109: one admission step; `modalite` 9 is the information collective with its place and dates. */
export const zRecrutement = z.strictObject({
  modalite: zTexte,
  perimetre: zTexte.nullish(),
  infos_perimetre: zTexte.nullish(),
  a_distance: z.boolean().nullish(),
  adresse: zAdresse.nullish(),
  url: zTexte.nullish(),
  nb_places: z.int().nullish(),
  periode: zPeriode.nullish(),
  heure_debut: zTexte.nullish(),
  heure_fin: zTexte.nullish(),
  commentaire: zTexte.nullish(),
});

/** S99–S103: one certification of the action, aimed at by this session, in whole or by blocs. */
export const zCertificationVisee = z.strictObject({
  ...zCodesCertification.shape,
  validation: z.enum(["totale", "partielle", "mixte"]).nullish(),
  blocs: z.array(zBloc).default([]),
});

export const zCycle = z.strictObject({
  annees: z.array(z.int()).default([]),
  effectif_minimal: z.int().nullish(),
  capacite_simultanee: z.int().nullish(),
  capacite_cumulee: z.int().nullish(),
  /** dict-type-alternance, of an apprenticeship; `1`, the contrat d'apprentissage, when absent. */
  type_alternance: zTexte.nullish(),
  rythme: z.strictObject({ unite: zTexte, unites_entreprise: z.int(), unites_centre: z.int() }).nullish(),
});

/** A session: LHEO `session`, in an LHEO `action` of its own (S49, S90–S111). */
export const zSession = z.strictObject({
  /** `session/@numero` and `action/@numero` when they are not the number and `<base>_<numero>`. */
  numero_lheo: zTexte.nullish(),
  numero_action_lheo: zTexte.nullish(),
  /** Number of the action it belongs to. */
  action: zTexte,
  voie: z.enum(VOIES),
  debut: zDateLheo,
  fin: zDateLheo,
  type_entree: z.enum(TYPES_ENTREE),
  lieux: z.array(zLieu).default([]),
  formateurs: z.array(zFormateur).default([]),
  contacts: z.array(zContact).default([]),
  adresse_inscription: zAdresse.nullish(),
  modalites_inscription: zTexte.nullish(),
  periode_inscription: zPeriode.nullish(),
  /** dict-etat-recrutement. */
  etat_recrutement: zTexte.nullish(),
  recrutements: z.array(zRecrutement).default([]),
  urls: z.array(zTexte).default([]),
  certifications: z.array(zCertificationVisee).default([]),
  /** S108: shown as a tooltip by the moteur pro. */
  commentaire: zTexte.nullish(),
  cycle: zCycle.nullish(),
  modalites: zModalites.partial().default({}),
  ...champsDeSuivi,
});

export type Session = z.infer<typeof zSession>;
export type Lieu = z.infer<typeof zLieu>;
export type Formateur = z.infer<typeof zFormateur>;
export type Recrutement = z.infer<typeof zRecrutement>;
export type CertificationVisee = z.infer<typeof zCertificationVisee>;
export type Cycle = z.infer<typeof zCycle>;
export type Voie = (typeof VOIES)[number];
export type TypeEntree = (typeof TYPES_ENTREE)[number];
