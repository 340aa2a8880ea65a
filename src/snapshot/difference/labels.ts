import { LIBELLES_DES_VOIES } from "../../feed/index.ts";
import { type DictName, labelOf } from "../../lheo/index.ts";

/** How a field of the contract is called and its value read. */
export interface Champ {
  readonly libelle: string;
  readonly nature: "date" | "texte";
  readonly lire: (value: string) => string;
}

/** Fields of the contract, as people call them, with their article. */
export const LIBELLES: Readonly<Record<string, string>> = {
  a_distance: "la tenue à distance",
  acces_handicapes: "l'accès aux personnes handicapées",
  action: "l'action de rattachement",
  annees: "les années du cycle",
  attributs: "les attributs repris tels quels",
  capacite_cumulee: "la capacité cumulée",
  capacite_simultanee: "la capacité simultanée",
  certifiante: "le caractère certifiant",
  chemin: "la place d'un complément repris tel quel",
  civilite: "la civilité",
  code: "le code",
  code_certifinfo: "le code Certif Info",
  code_cpf: "le code CPF",
  code_elu: "le code « élu »",
  code_formacode: "le FORMACODE de la certification",
  code_insee_canton: "le code INSEE du canton",
  code_insee_commune: "le code INSEE de la commune",
  code_postal: "le code postal",
  code_rncp: "le code RNCP",
  code_rs: "le code RS",
  codes_modalite_pedagogique: "les modalités pédagogiques",
  commentaire: "le commentaire",
  compte_kairos: "le compte Kairos",
  conditions_acces: "les conditions d'accès",
  contenu: "le contenu",
  conventionnee: "le conventionnement de l'action",
  conventionnement: "le conventionnement",
  courriel: "le courriel",
  datecrea: "la date de création",
  datemaj: "la date de mise à jour",
  dates_information: "les dates d'information",
  debut: "la date de début",
  denomination: "la dénomination du lieu",
  departement: "le département",
  detail_prise_en_charge: "le détail de la prise en charge",
  duree_conventionnee: "la durée conventionnée",
  duree_cycle: "la durée du cycle",
  duree_hebdo: "la durée hebdomadaire",
  duree_indicative: "la durée indicative",
  effectif_minimal: "l'effectif minimal",
  elements: "les compléments repris tels quels",
  etat_recrutement: "l'état du recrutement",
  fax: "les télécopies",
  fin: "la date de fin",
  formacodes: "les FORMACODE",
  frais_restants: "les frais restant à charge",
  hebergement: "l'hébergement",
  heure_debut: "l'heure de début",
  heure_fin: "l'heure de fin",
  heures: "les heures",
  identifiant_module: "l'identifiant du module",
  info_public: "l'information sur le public",
  infos_perimetre: "la précision du périmètre",
  infos_perimetre_recrutement: "la précision du périmètre de recrutement",
  intitule: "l'intitulé",
  langues: "les langues",
  latitude: "la latitude",
  le_plus: "le « plus » de la formation",
  libelle: "le libellé",
  lignes: "les lignes d'adresse",
  longitude: "la longitude",
  modalite: "la modalité",
  modalites_alternance: "les modalités de l'alternance",
  modalites_enseignement: "la modalité d'enseignement",
  modalites_inscription: "les modalités d'inscription",
  modalites_pedagogiques: "le texte des modalités pédagogiques",
  modalites_recrutement: "les modalités de recrutement",
  nb_places: "le nombre de places",
  niveau_entree: "le niveau d'entrée",
  niveau_entree_obligatoire: "l'obligation du niveau d'entrée",
  niveau_sortie: "le niveau de sortie",
  nom: "le nom",
  nombre_heures_centre: "les heures en centre",
  nombre_heures_entreprise: "les heures en entreprise",
  nombre_heures_total: "les heures au total",
  nsf: "les codes NSF",
  numero: "le numéro",
  numero_action_lheo: "le numéro d'action dans le flux",
  numero_activite: "la déclaration d'activité",
  numero_lheo: "le numéro dans le flux",
  objectif: "l'objectif",
  objectif_general: "l'objectif général",
  organisme: "l'organisme de rattachement",
  parcours: "le type de parcours",
  pays: "le pays",
  perimetre: "le périmètre",
  perimetre_recrutement: "le périmètre de recrutement",
  portable: "les téléphones portables",
  positionnement: "le positionnement",
  potentiel: "le potentiel",
  prenom: "le prénom",
  prerequis: "les prérequis",
  principal: "le caractère principal",
  prise_en_charge_possible: "la prise en charge possible",
  prix_horaire_ttc: "le prix horaire TTC",
  prix_total_ttc: "le prix total TTC",
  publics: "les publics",
  qualiopi: "les catégories Qualiopi",
  raison_sociale: "la raison sociale",
  ref: "la version du thésaurus",
  region: "la région",
  renseignements_specifiques: "les renseignements spécifiques",
  restauration: "la restauration",
  resultats_attendus: "les résultats attendus",
  rome: "les codes ROME",
  rythme: "le rythme",
  siret: "le SIRET",
  tag: "la marque du code",
  telfixe: "les téléphones fixes",
  transport: "le transport",
  type_alternance: "le type d'alternance",
  type_contact: "le type de contact",
  type_entree: "le type d'entrée",
  uai: "le code UAI",
  unite: "l'unité",
  unites_centre: "le temps en centre",
  unites_entreprise: "le temps en entreprise",
  url: "l'adresse internet",
  urls: "les adresses internet",
  urls_action: "les adresses internet de l'action",
  validation: "la validation",
  ville: "la ville",
  voie: "la voie d'accès",
  web: "les sites",
};

/** What holds fields, when it tells them apart: « la ville (lieu 2) ». Others are not worth saying. */
export const CONTENANTS: Readonly<Record<string, string>> = {
  adresse: "",
  adresse_information: "adresse d'information",
  adresse_inscription: "adresse d'inscription",
  blocs: "bloc",
  certifications: "certification",
  codes_type_formation: "type de formation",
  contacts: "contact",
  coordonnees: "",
  cycle: "cycle",
  financeurs: "financeur",
  formacodes: "FORMACODE",
  formateurs: "formateur",
  heures_par_modalite: "heures par modalité",
  lieux: "lieu",
  modalites: "",
  periode: "période",
  periode_inscription: "période d'inscription",
  publics: "public",
  recrutements: "étape d'admission",
  rythme: "rythme de l'alternance",
  tel_quel: "complément",
};

const DATES = new Set(["debut", "fin", "dates_information", "datecrea", "datemaj"]);

const DICTIONNAIRES: Readonly<Record<string, DictName>> = {
  etat_recrutement: "dict-etat-recrutement",
  modalites_enseignement: "dict-modalites-enseignement",
  niveau_entree: "dict-niveaux",
  niveau_sortie: "dict-niveaux",
  objectif_general: "dict-AIS",
  parcours: "dict-type-parcours",
  perimetre: "dict-perimetre-recrutement",
  perimetre_recrutement: "dict-perimetre-recrutement",
  positionnement: "dict-type-positionnement",
  type_alternance: "dict-type-alternance",
  type_contact: "dict-type-contact",
  unite: "dict-unite-rythme",
  "financeurs/code": "dict-financeurs",
  "recrutements/modalite": "dict-modalite-recrutement",
};

const MOTS: Readonly<Record<string, string>> = {
  true: "oui",
  false: "non",
  dates_fixes: "dates fixes",
  permanentes: "entrées permanentes",
  sequencees: "entrées séquencées",
  ...LIBELLES_DES_VOIES,
};

/** How to call the field at this path of a content, and to read its values. Total: an unknown one keeps its own name. */
export function champOf(steps: readonly (string | number)[]): Champ {
  const names = steps.filter((step) => typeof step === "string");
  const key = names.at(-1) ?? "";
  const libelle = own(LIBELLES, key) ?? key.replaceAll("_", " ");
  const around = contextOf(steps.slice(0, -1));
  return {
    libelle: around === "" ? libelle : `${libelle} (${around})`,
    nature: DATES.has(key) ? "date" : "texte",
    lire: reader(names),
  };
}

function contextOf(steps: readonly (string | number)[]): string {
  return steps
    .flatMap((step, rank) => {
      if (typeof step === "number") return [];
      const name = own(CONTENANTS, step) ?? step.replaceAll("_", " ");
      const next = steps[rank + 1];
      return name === "" ? [] : [typeof next === "number" ? `${name} ${next}` : name];
    })
    .join(", ");
}

function reader(names: readonly string[]): Champ["lire"] {
  const key = names.at(-1) ?? "";
  if (DATES.has(key)) return jourOf;
  const dict = own(DICTIONNAIRES, names.slice(-2).join("/")) ?? own(DICTIONNAIRES, key);
  if (dict !== undefined) {
    return (code) => {
      const label = labelOf(dict, code);
      return label === undefined ? code : `${label} (${code})`;
    };
  }
  if (key.startsWith("prix_")) return (value) => `${value.replace(".", ",")} €`;
  return (value) => own(MOTS, value) ?? value;
}

/** AAAAMMJJ → JJ/MM/AAAA, what is unknown left as it is. */
function jourOf(date: string): string {
  const [, year, month, day] = /^(\d{4})(\d\d)(\d\d)$/.exec(date) ?? [];
  return year === undefined || month === "00" || day === "00" ? date : `${day}/${month}/${year}`;
}

/** What imported records hold may be called anything, `constructor` included. */
const own = <T>(record: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(record, key) ? record[key] : undefined;
