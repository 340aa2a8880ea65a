import { z } from "zod";
import { zAdresse, zCodeRef, zDateLheo, zTexte } from "./commun.ts";

/**
 * How the training is run: the fields that the guide asks once on the action and that LHEO puts on its `action`,
 * which is one per session in the feed. They are typed on the action; a session may override any of them.
 */
export const zModalites = z.strictObject({
  rythme: zTexte.nullish(),
  /** FORMACODE of the public, at most 10. */
  publics: z.array(zCodeRef).nullish(),
  info_public: zTexte.nullish(),
  niveau_entree_obligatoire: z.boolean().nullish(),
  modalites_alternance: zTexte.nullish(),
  /** dict-modalites-enseignement: 0 on site, 1 mixed, 2 distance. */
  modalites_enseignement: zTexte.nullish(),
  /** S86 "Conditions d'accès réglementaire"; `RAS` is accepted there. */
  conditions_acces: zTexte.nullish(),
  /** S87 "Prérequis pédagogique". */
  prerequis: zTexte.nullish(),
  prise_en_charge_possible: z.boolean().nullish(),
  detail_prise_en_charge: zTexte.nullish(),
  urls_action: z.array(zTexte).nullish(),
  /** S84, S85: hours for the whole training, by modality. Heures en centre, en entreprise and total derive from it. */
  heures_par_modalite: z
    .array(z.strictObject({ modalite: z.enum(["jour", "soir", "foad", "entreprise"]), heures: z.int() }))
    .nullish(),
  nombre_heures_centre: z.int().nullish(),
  nombre_heures_entreprise: z.int().nullish(),
  nombre_heures_total: z.int().nullish(),
  /** Hours a week, written as `extras[@info="duree-hebdo"]`. */
  duree_hebdo: z.int().nullish(),
  duree_indicative: zTexte.nullish(),
  duree_cycle: z.int().nullish(),
  duree_conventionnee: z.int().nullish(),
  conventionnement: z.boolean().nullish(),
  adresse_information: zAdresse.nullish(),
  dates_information: z.array(zDateLheo).nullish(),
  restauration: zTexte.nullish(),
  hebergement: zTexte.nullish(),
  transport: zTexte.nullish(),
  acces_handicapes: zTexte.nullish(),
  /** ISO 639-1, at most 5. */
  langues: z.array(zTexte).nullish(),
  /** S88: free text on recruitment for the whole action. */
  modalites_recrutement: zTexte.nullish(),
  modalites_pedagogiques: zTexte.nullish(),
  codes_modalite_pedagogique: z.array(zCodeRef).nullish(),
  frais_restants: zTexte.nullish(),
  /** dict-perimetre-recrutement. */
  perimetre_recrutement: zTexte.nullish(),
  infos_perimetre_recrutement: zTexte.nullish(),
  /** Euros, a number as text (`2500` or `2500.00`). */
  prix_horaire_ttc: zTexte.nullish(),
  prix_total_ttc: zTexte.nullish(),
  /** dict-financeurs, at most 8. */
  financeurs: z.array(z.strictObject({ code: zTexte, nb_places: z.int().nullish() })).nullish(),
});

export type Modalites = z.infer<typeof zModalites>;
