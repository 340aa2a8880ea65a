/**
 * Which field of the contract each place of the feed comes from: the one table of it in code, and `docs/mapping.md` says
 * the same with its rules and examples (a test compares the two). A list is marked `[]` on both sides, in the same order; the
 * LHEO `action` and its `session` are one, so they are not.
 */
export type Lignes = readonly (readonly [champ: string, xpath: string])[];

/** The fields of a record that is a part of another. */
const dans = (champ: string, xpath: string, lignes: Lignes): Lignes => [
  [champ, xpath],
  ...lignes.map(([inner, path]) => [`${champ}.${inner}`, `${xpath}/${path}`] as const),
];

const CODE: Lignes = [["ref", "@ref"]];

const ADRESSE: Lignes = [
  ["denomination", "denomination"],
  ["lignes[]", "ligne[]"],
  ["code_postal", "codepostal"],
  ["ville", "ville"],
  ["departement", "departement"],
  ["code_insee_commune", "code-INSEE-commune"],
  ["code_insee_canton", "code-INSEE-canton"],
  ["region", "region"],
  ["pays", "pays"],
  ["latitude", "geolocalisation/latitude"],
  ["longitude", "geolocalisation/longitude"],
];

const COORDONNEES: Lignes = [
  ["civilite", "civilite"],
  ["nom", "nom"],
  ["prenom", "prenom"],
  ["lignes[]", "ligne[]"],
  ...dans("adresse", "adresse", ADRESSE),
  ["telfixe[]", "telfixe/numtel[]"],
  ["portable[]", "portable/numtel[]"],
  ["fax[]", "fax/numtel[]"],
  ["courriel", "courriel"],
  ["web[]", "web/urlweb[]"],
];

const CONTACT: Lignes = [
  ["type_contact", "type-contact"],
  ["principal", "@tag"],
  ...dans("coordonnees", "coordonnees", COORDONNEES),
];

const PERIODE: Lignes = [
  ["debut", "debut"],
  ["fin", "fin"],
];

const CERTIFICATION: Lignes = [
  ["code_rncp", "code-RNCP"],
  ["code_certifinfo", "code-CERTIFINFO"],
  ["code_rs", "code-RS"],
  ["code_cpf", "code-CPF"],
  ["code_formacode", "reference-code-FORMACODE"],
];

const REFERENCE: Lignes = [
  ["code_rncp", "reference-code-RNCP"],
  ["code_certifinfo", "reference-code-CERTIFINFO"],
  ["code_rs", "reference-code-RS"],
];

const ORGANISME: Lignes = [
  ["numero_lheo", "@numero"],
  ["numero_activite", "numero-activite"],
  ["siret", "SIRET-organisme-formation/SIRET"],
  ["nom", "nom-organisme"],
  ["raison_sociale", "raison-sociale"],
  ...dans("coordonnees", "coordonnees-organisme/coordonnees", COORDONNEES),
  ...dans("contacts[]", "contact-organisme[]", CONTACT),
  ["renseignements_specifiques", "renseignements-specifiques"],
  ...dans("potentiel[]", "potentiel/code-FORMACODE[]", CODE),
  ["uai", "code-UAI-organisme-formation/code-UAI"],
];

const LIEU: Lignes = [
  ["siret", "SIRET-lieu-formation/SIRET"],
  ["uai", "code-UAI-lieu-formation/code-UAI"],
  ["principal", "@tag"],
  ...dans("coordonnees", "coordonnees", COORDONNEES),
];

const FORMATEUR: Lignes = [
  ["numero", "@numero"],
  ["siret", "SIRET-formateur/SIRET"],
  ["raison_sociale", "raison-sociale-formateur"],
  ...dans("contacts[]", "contact-formateur[]", CONTACT),
  ...dans("potentiel[]", "potentiel/code-FORMACODE[]", CODE),
  ["uai", "code-UAI-formateur/code-UAI"],
  ...dans("certifications[]", "reference-certification[]", REFERENCE),
];

const RECRUTEMENT: Lignes = [
  ["modalite", "modalite-recrutement"],
  ["perimetre", "code-perimetre-recrutement"],
  ["infos_perimetre", "infos-perimetre-recrutement"],
  ["a_distance", "a-distance"],
  ...dans("adresse", "adresse", ADRESSE),
  ["url", "urlweb"],
  ["nb_places", "nb-places"],
  ...dans("periode", "periode", PERIODE),
  ["heure_debut", "heure-debut"],
  ["heure_fin", "heure-fin"],
  ["commentaire", "commentaire"],
];

const CYCLE: Lignes = [
  ["annees[]", "annee-cycle[]"],
  ["effectif_minimal", "effectif-minimal"],
  ["capacite_simultanee", "capacite-simultanee"],
  ["capacite_cumulee", "capacite-cumulee"],
  ["type_alternance", "alternance/type-alternance"],
  ["rythme.unite", "alternance/rythme-alternance/unite-rythme-alternance"],
  ["rythme.unites_entreprise", "alternance/rythme-alternance/unites-entreprise"],
  ["rythme.unites_centre", "alternance/rythme-alternance/unites-centre"],
];

/** Of the action of the catalogue, on the head of the `formation`. */
export const XPATHS_ACTION: Lignes = [
  ["numero_lheo", "@numero"],
  ...dans("organisme", "organisme-formation-responsable", ORGANISME),
  ["intitule", "intitule-formation"],
  ["le_plus", 'extras[@info="le-plus"]/extra[@info="le-plus"]'],
  ["objectif_general", "objectif-general-formation"],
  ["objectif", "objectif-formation"],
  ["contenu", "contenu-formation"],
  ["resultats_attendus", "resultats-attendus"],
  ["validation", "resultats-attendus"],
  ["certifiante", "certifiante"],
  ...dans("certifications[]", "certification[]", CERTIFICATION),
  ["codes_type_formation[].code_cpf", "code-type-formation[]/code-CPF"],
  ["codes_type_formation[].code_elu", "code-type-formation[]/code-ELU"],
  ["formacodes[].code", "domaine-formation/code-FORMACODE[]"],
  ["formacodes[].ref", "domaine-formation/code-FORMACODE[]/@ref"],
  ["formacodes[].tag", "domaine-formation/code-FORMACODE[]/@tag"],
  ["nsf[]", "domaine-formation/code-NSF[]"],
  ["rome[]", "domaine-formation/code-ROME[]"],
  ...dans("contacts[]", "contact-formation[]", CONTACT),
  ["parcours", "parcours-de-formation"],
  ["niveau_entree", "code-niveau-entree"],
  ["niveau_sortie", "code-niveau-sortie"],
  ["urls[]", "url-formation/urlweb[]"],
  ["identifiant_module", "identifiant-module"],
  ["positionnement", "positionnement"],
  ["datecrea", "@datecrea"],
  ["datemaj", "@datemaj"],
];

/** Asked on the action, which a session may override. */
export const XPATHS_MODALITES: Lignes = [
  ["rythme", "action/rythme-formation"],
  ...dans("publics[]", "action/code-public-vise[]", CODE),
  ["info_public", "action/info-public-vise"],
  ["niveau_entree_obligatoire", "action/niveau-entree-obligatoire"],
  ["modalites_alternance", "action/modalites-alternance"],
  ["modalites_enseignement", "action/modalites-enseignement"],
  ["prerequis", "action/conditions-specifiques"],
  ["conditions_acces", "action/conditions-specifiques"],
  ["prise_en_charge_possible", "action/prise-en-charge-frais-possible"],
  ["detail_prise_en_charge", "action/detail-conditions-prise-en-charge"],
  ["urls_action[]", "action/url-action/urlweb[]"],
  ["heures_par_modalite[].modalite", 'action/extras[@info="heures-par-modalite"]/extra[]'],
  ["heures_par_modalite[].heures", 'action/extras[@info="heures-par-modalite"]/extra[]'],
  ["nombre_heures_centre", "action/nombre-heures-centre"],
  ["nombre_heures_entreprise", "action/nombre-heures-entreprise"],
  ["nombre_heures_total", "action/nombre-heures-total"],
  ["duree_hebdo", 'action/extras[@info="duree-hebdo"]/extra[@info="duree-hebdo"]'],
  ["duree_indicative", "action/duree-indicative"],
  ["duree_cycle", "action/duree-cycle"],
  ["duree_conventionnee", "action/duree-conventionnee"],
  ["conventionnement", "action/conventionnement"],
  ...dans("adresse_information", "action/adresse-information/adresse", ADRESSE),
  ["dates_information[]", "action/date-information[]/date"],
  ["restauration", "action/restauration"],
  ["hebergement", "action/hebergement"],
  ["transport", "action/transport"],
  ["acces_handicapes", "action/acces-handicapes"],
  ["langues[]", "action/langue-formation[]"],
  ["modalites_recrutement", "action/modalites-recrutement"],
  ["modalites_pedagogiques", "action/modalites-pedagogiques"],
  ...dans("codes_modalite_pedagogique[]", "action/code-modalite-pedagogique[]", CODE),
  ["frais_restants", "action/frais-restants"],
  ["perimetre_recrutement", "action/code-perimetre-recrutement"],
  ["infos_perimetre_recrutement", "action/infos-perimetre-recrutement"],
  ["prix_horaire_ttc", "action/prix-horaire-TTC"],
  ["prix_total_ttc", "action/prix-total-TTC"],
  ["financeurs[].code", "action/organisme-financeur[]/code-financeur"],
  ["financeurs[].nb_places", "action/organisme-financeur[]/nb-places-financees"],
];

/** Of the session, on its LHEO `action` and the `session` below it. */
export const XPATHS_SESSION: Lignes = [
  ["numero_lheo", "action/session/@numero"],
  ["numero_action_lheo", "action/@numero"],
  ["voie", 'action/extras[@info="dispositif"]/extra'],
  ["voie", 'action/extras[@info="type-action"]/extra[@info="formation-initiale"]'],
  ["voie", "action/session/cycle/type-cycle"],
  ["voie", "action/session/cycle/alternance/type-alternance"],
  ["debut", "action/session/periode/debut"],
  ["fin", "action/session/periode/fin"],
  ["type_entree", "action/modalites-entrees-sorties"],
  ["type_entree", 'action/extras[@info="type-entree"]/extra[@info="type-entree"]'],
  ...dans("lieux[]", "action/lieu-de-formation[]", LIEU),
  ...dans("formateurs[]", "action/organisme-formateur[]", FORMATEUR),
  ...dans("contacts[]", "action/session/contact-session[]", CONTACT),
  ...dans("adresse_inscription", "action/session/adresse-inscription/adresse", ADRESSE),
  ["modalites_inscription", "action/session/modalites-inscription"],
  ...dans("periode_inscription", "action/session/periode-inscription/periode", PERIODE),
  ["etat_recrutement", "action/session/etat-recrutement"],
  ...dans("recrutements[]", "action/session/recrutement[]", RECRUTEMENT),
  ["urls[]", "action/session/url-session/urlweb[]"],
  ...dans("certifications[]", "action/session/reference-certification[]", REFERENCE),
  ["certifications[].validation", "action/session/blocs-competences[]/validation-blocs"],
  ["certifications[].blocs[]", "action/session/blocs-competences[]/bloc-competences[]"],
  ["certifications[].blocs[].code", "action/session/blocs-competences[]/bloc-competences[]/code-bloc"],
  ["certifications[].blocs[].libelle", "action/session/blocs-competences[]/bloc-competences[]/libelle-bloc"],
  ["commentaire", 'action/session/extras[@info="specificites-session"]/extra[@info="commentaire"]'],
  ...dans("cycle", "action/session/cycle", CYCLE),
  ["datecrea", "action/session/@datecrea"],
  ["datemaj", "action/session/@datemaj"],
];

/**
 * Where a notice is about a field though another stands there in the feed: the language has no place of its own for it, or
 * the value derives from it.
 */
export const XPATHS_DERIVES: { readonly modalites: Lignes; readonly session: Lignes } = {
  modalites: [
    ["heures_par_modalite", "action/nombre-heures-centre"],
    ["heures_par_modalite", "action/nombre-heures-entreprise"],
    ["heures_par_modalite", "action/nombre-heures-total"],
  ],
  session: [
    ...dans("certifications[]", "action/session/blocs-competences[]/reference-certification", REFERENCE),
    ["certifications[].blocs", "action/session/blocs-competences[]"],
    ["voie", "action/extras"],
    ["datecrea", "action/@datecrea"],
    ["datemaj", "action/@datemaj"],
  ],
};
