import { z } from "zod";
import { champsDeSuivi, zCodeRef, zContact, zCoordonnees, zTexte } from "./commun.ts";

/** A training body (OF): LHEO `organisme-formation-responsable` (S63–S66). */
export const zOrganisme = z.strictObject({
  /** `@numero` in the feed when it is not the record's own number with the base in front. */
  numero_lheo: zTexte.nullish(),
  /** Déclaration d'activité (NDA), 11 characters. */
  numero_activite: zTexte,
  siret: zTexte,
  nom: zTexte,
  raison_sociale: zTexte,
  coordonnees: zCoordonnees,
  contacts: z.array(zContact).default([]),
  renseignements_specifiques: zTexte.nullish(),
  potentiel: z.array(zCodeRef).default([]),
  uai: zTexte.nullish(),
  /** Qualiopi categories held; `apprentissage` is what an apprenticeship session needs (S64, H11). */
  qualiopi: z.array(z.enum(["formation", "bilan", "vae", "apprentissage"])).default([]),
  /** The OF has opened its Kairos account (S35). */
  compte_kairos: z.boolean().default(false),
  ...champsDeSuivi,
});

export type Organisme = z.infer<typeof zOrganisme>;
