import fc, { type Arbitrary } from "fast-check";
import type { Modalites } from "../../../src/published/contract/index.ts";
import { adresse, code, codeRef, date, digits, list, texte, url } from "./pieces.ts";

const heures = fc.integer({ min: 0, max: 99_999 });

const financeur = fc.record(
  { code: code("0", "2", "4", "16", "20"), nb_places: fc.nat(99_999) },
  { requiredKeys: ["code"] },
);

const heuresParModalite = fc.uniqueArray(
  fc.record({ modalite: code("jour", "soir", "foad", "entreprise"), heures: fc.nat(9_999) }),
  { minLength: 1, maxLength: 4, selector: ({ modalite }) => modalite },
);

/** Any fields of the modalités, each as LHEO can write it. */
export const modalites: Arbitrary<Modalites> = fc.record(
  {
    rythme: texte(3000),
    publics: list(codeRef, 1, 10),
    info_public: texte(250),
    niveau_entree_obligatoire: fc.boolean(),
    modalites_alternance: texte(3000),
    modalites_enseignement: code("0", "1", "2"),
    conditions_acces: fc.oneof(texte(1400), fc.constant("RAS")),
    prerequis: texte(1400),
    prise_en_charge_possible: fc.boolean(),
    detail_prise_en_charge: texte(600),
    urls_action: list(url, 1, 3),
    heures_par_modalite: heuresParModalite,
    nombre_heures_centre: heures,
    nombre_heures_entreprise: heures,
    nombre_heures_total: heures,
    duree_hebdo: fc.nat(100),
    duree_indicative: texte(150),
    duree_cycle: fc.nat(99),
    duree_conventionnee: heures,
    conventionnement: fc.boolean(),
    adresse_information: adresse,
    dates_information: list(date, 1, 3),
    restauration: texte(250),
    hebergement: texte(250),
    transport: texte(250),
    acces_handicapes: texte(250),
    langues: list(code("fr", "en", "de"), 1, 5),
    modalites_recrutement: texte(3000),
    modalites_pedagogiques: texte(200),
    codes_modalite_pedagogique: list(codeRef, 1, 5),
    frais_restants: texte(200),
    perimetre_recrutement: code("0", "1", "3", "6"),
    infos_perimetre_recrutement: texte(50),
    prix_horaire_ttc: code("0", "12.5", "45"),
    prix_total_ttc: digits(4),
    financeurs: list(financeur, 1, 8),
  },
  { requiredKeys: [] },
);
