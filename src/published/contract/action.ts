import { z } from "zod";
import { champsDeSuivi, zCodeRef, zCodesCertification, zContact, zTexte } from "./commun.ts";
import { zModalites } from "./modalites.ts";

/** An action of the catalogue: LHEO `formation` (S46–S48, S63–S89). */
export const zAction = z.strictObject({
  /** `formation/@numero` when it is not `<base>_<numero>`: numbers of others are kept as received. */
  numero_lheo: zTexte.nullish(),
  /** Number of the organisme responsable. */
  organisme: zTexte,
  /** S30: ordered and paid by a funder; read-only for the OF. */
  conventionnee: z.boolean().default(false),
  intitule: zTexte,
  /** S70 "Le + de cette formation". */
  le_plus: zTexte.nullish(),
  /** dict-AIS, S71. */
  objectif_general: zTexte.nullish(),
  /** S72, in the two texts that LHEO asks for. */
  objectif: zTexte,
  contenu: zTexte,
  /** What is obtained at the end and how it is validated; derived from `validation` when absent. */
  resultats_attendus: zTexte.nullish(),
  /** S73–S78. */
  validation: z.enum(["attestation", "rncp", "autre"]).nullish(),
  /** Derived from the certifications when absent. */
  certifiante: z.boolean().nullish(),
  certifications: z.array(zCodesCertification).default([]),
  codes_type_formation: z
    .array(z.strictObject({ code_cpf: zTexte.nullish(), code_elu: zTexte.nullish() }))
    .default([]),
  /** The first is the main one, written `tag="principal"` unless it came with another `tag`. */
  formacodes: z.array(z.strictObject({ ...zCodeRef.shape, tag: zTexte.nullish() })).default([]),
  nsf: z.array(zTexte).default([]),
  rome: z.array(zTexte).default([]),
  contacts: z.array(zContact).default([]),
  /** dict-type-parcours. */
  parcours: zTexte.nullish(),
  /** dict-niveaux. */
  niveau_entree: zTexte.nullish(),
  niveau_sortie: zTexte.nullish(),
  urls: z.array(zTexte).default([]),
  identifiant_module: zTexte.nullish(),
  positionnement: zTexte.nullish(),
  modalites: zModalites.default({}),
  ...champsDeSuivi,
});

export type Action = z.infer<typeof zAction>;
