// Generated from xsd/lheo-2.3.xsd by `npm run generate`. Do not edit.

import type { Attributes, Extra, Extras, Leaf } from "../values.ts";

/** Valeurs booléennes. */
export type DictBoolean = "0" | "1";

/** Formation présentielle ou a distance. */
export type DictModalitesEnseignement = "0" | "1" | "2";

/** Modalités d'entrées/sorties. */
export type DictModalitesEs = "0" | "1";

/** Etat du recrutement. */
export type DictEtatRecrutement = "1" | "2" | "3";

/** Objectif général de formation. */
export type DictAIS = "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9";

/** Périmètre de recrutement. */
export type DictPerimetreRecrutement = "0" | "1" | "2" | "3" | "4" | "5" | "6";

/** Financeurs. */
export type DictFinanceurs = "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "10" | "11" | "12" | "13" | "14" | "15" | "16" | "17" | "18" | "19" | "20";

/** Type de contact. */
export type DictTypeContact = "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "10" | "11" | "12" | "13" | "14";

/** Type de parcours de formation. */
export type DictTypeParcours = "1" | "2" | "3" | "4";

/** Type de positionnement. */
export type DictTypePositionnement = "1" | "2";

/** Type de module. */
export type DictTypeModule = "0" | "1" | "2";

/** Modalité de recrutement. */
export type DictModaliteRecrutement = "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9";

/** Type d'enseignement. */
export type DictTypeEnseignement = "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "10";

/** Type d'équipement. */
export type DictTypeEquipement = "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "10" | "11";

/** Type de validation d'un bloc de compétences. */
export type DictTypeValidationBlocs = "0" | "1" | "2";

/** Type de contrat d'alternance. */
export type DictTypeAlternance = "0" | "1" | "2";

/** Unité de rythme. */
export type DictUniteRythme = "0" | "1" | "2" | "3" | "4";

/** Type de cycle. */
export type DictTypeCycle = "0" | "1";

/** Niveaux. */
export type DictNiveaux = "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "11" | "12" | "13" | "14" | "15" | "16" | "17" | "18";

/** Élément racine d'un fichier en LHÉO/XML. */
export interface Lheo {
  readonly "@"?: Attributes | undefined;
  readonly offres: Offres;
  readonly extras?: readonly Extras[] | undefined;
}

/** Offres de formation. */
export interface Offres {
  readonly "@"?: Attributes | undefined;
  readonly formation: readonly Formation[];
  readonly extras?: readonly Extras[] | undefined;
}

/** Offre de formation. */
export interface Formation {
  readonly "@"?: Attributes | undefined;
  readonly "domaine-formation": DomaineFormation;
  readonly "intitule-formation": Leaf;
  readonly "objectif-formation": Leaf;
  readonly "resultats-attendus": Leaf;
  readonly "contenu-formation": Leaf;
  readonly certifiante: Leaf<DictBoolean>;
  readonly "contact-formation": readonly ContactFormation[];
  readonly "parcours-de-formation": Leaf<DictTypeParcours>;
  readonly "code-niveau-entree": Leaf<DictNiveaux>;
  readonly "objectif-general-formation"?: Leaf<DictAIS> | undefined;
  readonly certification?: readonly Certification[] | undefined;
  readonly "code-type-formation"?: readonly CodeTypeFormation[] | undefined;
  readonly "code-niveau-sortie"?: Leaf<DictNiveaux> | undefined;
  readonly "url-formation"?: UrlFormation | undefined;
  readonly action: readonly Action[];
  readonly "organisme-formation-responsable": OrganismeFormationResponsable;
  readonly "identifiant-module"?: Leaf | undefined;
  readonly positionnement?: Leaf<DictTypePositionnement> | undefined;
  readonly "sous-modules"?: SousModules | undefined;
  readonly "modules-prerequis"?: ModulesPrerequis | undefined;
  readonly extras?: readonly Extras[] | undefined;
}

/** Domaine de la formation (NSF, FORMACODE, ROME). */
export interface DomaineFormation {
  readonly "@"?: Attributes | undefined;
  readonly "code-FORMACODE"?: readonly Leaf[] | undefined;
  readonly "code-NSF"?: readonly Leaf[] | undefined;
  readonly "code-ROME"?: readonly Leaf[] | undefined;
  readonly extras?: readonly Extras[] | undefined;
}

/** Contact de l'offre de formation. */
export interface ContactFormation {
  readonly "@"?: Attributes | undefined;
  readonly "type-contact"?: Leaf<DictTypeContact> | undefined;
  readonly coordonnees: Coordonnees;
  readonly extras?: readonly Extras[] | undefined;
}

/** Coordonnées. */
export interface Coordonnees {
  readonly "@"?: Attributes | undefined;
  readonly civilite?: Leaf | undefined;
  readonly nom?: Leaf | undefined;
  readonly prenom?: Leaf | undefined;
  readonly ligne?: readonly Leaf[] | undefined;
  readonly adresse?: Adresse | undefined;
  readonly telfixe?: Telfixe | undefined;
  readonly portable?: Portable | undefined;
  readonly fax?: Fax | undefined;
  readonly courriel?: Leaf | undefined;
  readonly web?: Web | undefined;
  readonly extras?: readonly Extras[] | undefined;
}

/** Adresse. */
export interface Adresse {
  readonly "@"?: Attributes | undefined;
  readonly denomination?: Leaf | undefined;
  readonly ligne: readonly Leaf[];
  readonly codepostal: Leaf;
  readonly ville: Leaf;
  readonly departement?: Leaf | undefined;
  readonly "code-INSEE-commune"?: Leaf | undefined;
  readonly "code-INSEE-canton"?: Leaf | undefined;
  readonly region?: Leaf | undefined;
  readonly pays?: Leaf | undefined;
  readonly geolocalisation?: Geolocalisation | undefined;
  readonly extras?: readonly Extras[] | undefined;
}

/** Géolocalisation. */
export interface Geolocalisation {
  readonly "@"?: Attributes | undefined;
  readonly latitude: Leaf;
  readonly longitude: Leaf;
  readonly extras?: readonly Extras[] | undefined;
}

/** Téléphone fixe. */
export interface Telfixe {
  readonly "@"?: Attributes | undefined;
  readonly numtel: readonly Leaf[];
  readonly extras?: readonly Extras[] | undefined;
}

/** Téléphone portable. */
export interface Portable {
  readonly "@"?: Attributes | undefined;
  readonly numtel: readonly Leaf[];
  readonly extras?: readonly Extras[] | undefined;
}

/** Fax. */
export interface Fax {
  readonly "@"?: Attributes | undefined;
  readonly numtel: readonly Leaf[];
  readonly extras?: readonly Extras[] | undefined;
}

/** Web. */
export interface Web {
  readonly "@"?: Attributes | undefined;
  readonly urlweb: readonly Leaf[];
  readonly extras?: readonly Extras[] | undefined;
}

/** Certification préparée. */
export interface Certification {
  readonly "@"?: Attributes | undefined;
  readonly "code-RNCP"?: Leaf | undefined;
  readonly "code-CERTIFINFO"?: Leaf | undefined;
  readonly "code-RS"?: Leaf | undefined;
  readonly "code-CPF"?: Leaf | undefined;
  readonly "reference-code-FORMACODE"?: Leaf | undefined;
  readonly extras?: readonly Extras[] | undefined;
}

/** Codes d'une formation non strictement certifiante. */
export interface CodeTypeFormation {
  readonly "@"?: Attributes | undefined;
  readonly "code-CPF"?: Leaf | undefined;
  readonly "code-ELU"?: Leaf | undefined;
  readonly extras?: readonly Extras[] | undefined;
}

/** URL de la formation. */
export interface UrlFormation {
  readonly "@"?: Attributes | undefined;
  readonly urlweb: readonly Leaf[];
  readonly extras?: readonly Extras[] | undefined;
}

/** Action de formation. */
export interface Action {
  readonly "@"?: Attributes | undefined;
  readonly "rythme-formation": Leaf;
  readonly "code-public-vise": readonly Leaf[];
  readonly "info-public-vise"?: Leaf | undefined;
  readonly "niveau-entree-obligatoire": Leaf<DictBoolean>;
  readonly "modalites-alternance": Leaf;
  readonly "modalites-enseignement": Leaf<DictModalitesEnseignement>;
  readonly "conditions-specifiques": Leaf;
  readonly "prise-en-charge-frais-possible": Leaf<DictBoolean>;
  readonly "lieu-de-formation"?: readonly LieuDeFormation[] | undefined;
  readonly "modalites-entrees-sorties": Leaf<DictModalitesEs>;
  readonly "url-action"?: UrlAction | undefined;
  readonly "duree-cycle"?: Leaf | undefined;
  readonly session: readonly Session[];
  readonly "adresse-information"?: AdresseInformation | undefined;
  readonly "date-information"?: readonly DateInformation[] | undefined;
  readonly restauration?: Leaf | undefined;
  readonly hebergement?: Leaf | undefined;
  readonly transport?: Leaf | undefined;
  readonly "acces-handicapes"?: Leaf | undefined;
  readonly "langue-formation"?: readonly Leaf[] | undefined;
  readonly "modalites-recrutement"?: Leaf | undefined;
  readonly "modalites-pedagogiques"?: Leaf | undefined;
  readonly "code-modalite-pedagogique"?: readonly Leaf[] | undefined;
  readonly equipement?: readonly Equipement[] | undefined;
  readonly "frais-restants"?: Leaf | undefined;
  readonly "code-perimetre-recrutement"?: Leaf<DictPerimetreRecrutement> | undefined;
  readonly "infos-perimetre-recrutement"?: Leaf | undefined;
  readonly "prix-horaire-TTC"?: Leaf | undefined;
  readonly "prix-total-TTC"?: Leaf | undefined;
  readonly "duree-indicative"?: Leaf | undefined;
  readonly "nombre-heures-centre"?: Leaf | undefined;
  readonly "nombre-heures-entreprise"?: Leaf | undefined;
  readonly "nombre-heures-total"?: Leaf | undefined;
  readonly "detail-conditions-prise-en-charge"?: Leaf | undefined;
  readonly conventionnement?: Leaf<DictBoolean> | undefined;
  readonly "duree-conventionnee"?: Leaf | undefined;
  readonly "organisme-formateur"?: readonly OrganismeFormateur[] | undefined;
  readonly "organisme-financeur"?: readonly OrganismeFinanceur[] | undefined;
  readonly enseignement?: readonly Enseignement[] | undefined;
  readonly extras?: readonly Extras[] | undefined;
}

/** Lieu de formation. */
export interface LieuDeFormation {
  readonly "@"?: Attributes | undefined;
  readonly "SIRET-lieu-formation"?: SIRETLieuFormation | undefined;
  readonly "code-UAI-lieu-formation"?: CodeUAILieuFormation | undefined;
  readonly coordonnees: Coordonnees;
  readonly extras?: readonly Extras[] | undefined;
}

/** Numéro SIRET d'un lieu de formation. */
export interface SIRETLieuFormation {
  readonly "@"?: Attributes | undefined;
  readonly SIRET: Leaf;
  readonly extras?: readonly Extras[] | undefined;
}

/** Code UAI d'un lieu de formation. */
export interface CodeUAILieuFormation {
  readonly "@"?: Attributes | undefined;
  readonly "code-UAI": Leaf;
  readonly extras?: readonly Extras[] | undefined;
}

/** URL de l'action. */
export interface UrlAction {
  readonly "@"?: Attributes | undefined;
  readonly urlweb: readonly Leaf[];
  readonly extras?: readonly Extras[] | undefined;
}

/** Session de formation. */
export interface Session {
  readonly "@"?: Attributes | undefined;
  readonly periode: Periode;
  readonly "adresse-inscription": AdresseInscription;
  readonly "modalites-inscription"?: Leaf | undefined;
  readonly "periode-inscription"?: PeriodeInscription | undefined;
  readonly "etat-recrutement"?: Leaf<DictEtatRecrutement> | undefined;
  readonly recrutement?: readonly Recrutement[] | undefined;
  readonly "url-session"?: UrlSession | undefined;
  readonly "contact-session"?: readonly ContactSession[] | undefined;
  readonly "reference-certification"?: readonly ReferenceCertification[] | undefined;
  readonly "blocs-competences"?: readonly BlocsCompetences[] | undefined;
  readonly cycle?: readonly Cycle[] | undefined;
  readonly extras?: readonly Extras[] | undefined;
}

/** Période. */
export interface Periode {
  readonly "@"?: Attributes | undefined;
  readonly debut: Leaf;
  readonly fin: Leaf;
  readonly extras?: readonly Extras[] | undefined;
}

/** Adresse d'inscription. */
export interface AdresseInscription {
  readonly "@"?: Attributes | undefined;
  readonly adresse: Adresse;
  readonly extras?: readonly Extras[] | undefined;
}

/** Période d'inscription. */
export interface PeriodeInscription {
  readonly "@"?: Attributes | undefined;
  readonly periode: Periode;
}

/** Recrutement. */
export interface Recrutement {
  readonly "@"?: Attributes | undefined;
  readonly "modalite-recrutement": Leaf<DictModaliteRecrutement>;
  readonly "code-perimetre-recrutement"?: Leaf<DictPerimetreRecrutement> | undefined;
  readonly "infos-perimetre-recrutement"?: Leaf | undefined;
  readonly "a-distance"?: Leaf<DictBoolean> | undefined;
  readonly adresse?: Adresse | undefined;
  readonly urlweb?: Leaf | undefined;
  readonly "nb-places"?: Leaf | undefined;
  readonly periode?: Periode | undefined;
  readonly "heure-debut"?: Leaf | undefined;
  readonly "heure-fin"?: Leaf | undefined;
  readonly commentaire?: Leaf | undefined;
  readonly extras?: readonly Extras[] | undefined;
}

/** URL de la session. */
export interface UrlSession {
  readonly "@"?: Attributes | undefined;
  readonly urlweb: readonly Leaf[];
  readonly extras?: readonly Extras[] | undefined;
}

/** Contact de la session de formation. */
export interface ContactSession {
  readonly "@"?: Attributes | undefined;
  readonly "type-contact"?: Leaf<DictTypeContact> | undefined;
  readonly coordonnees: Coordonnees;
  readonly extras?: readonly Extras[] | undefined;
}

/** Référence à une certification. */
export interface ReferenceCertification {
  readonly "@"?: Attributes | undefined;
  readonly "reference-code-RNCP"?: Leaf | undefined;
  readonly "reference-code-CERTIFINFO"?: Leaf | undefined;
  readonly "reference-code-RS"?: Leaf | undefined;
  readonly extras?: readonly Extras[] | undefined;
}

/** Blocs de compétences. */
export interface BlocsCompetences {
  readonly "@"?: Attributes | undefined;
  readonly "validation-blocs": Leaf<DictTypeValidationBlocs>;
  readonly "reference-certification": ReferenceCertification;
  readonly "bloc-competences": readonly BlocCompetences[];
  readonly extras?: readonly Extras[] | undefined;
}

/** Bloc de compétences. */
export interface BlocCompetences {
  readonly "@"?: Attributes | undefined;
  readonly "libelle-bloc": Leaf;
  readonly "code-bloc": Leaf;
  readonly extras?: readonly Extras[] | undefined;
}

/** Cycle de formation. */
export interface Cycle {
  readonly "@"?: Attributes | undefined;
  readonly "type-cycle": Leaf<DictTypeCycle>;
  readonly "annee-cycle"?: readonly Leaf[] | undefined;
  readonly "effectif-minimal"?: Leaf | undefined;
  readonly "capacite-simultanee"?: Leaf | undefined;
  readonly "capacite-cumulee"?: Leaf | undefined;
  readonly alternance?: Alternance | undefined;
  readonly extras?: readonly Extras[] | undefined;
}

/** Informations sur l'alternance. */
export interface Alternance {
  readonly "@"?: Attributes | undefined;
  readonly "type-alternance": Leaf<DictTypeAlternance>;
  readonly "rythme-alternance"?: RythmeAlternance | undefined;
  readonly extras?: readonly Extras[] | undefined;
}

/** Rythme de l'alternance. */
export interface RythmeAlternance {
  readonly "@"?: Attributes | undefined;
  readonly "unite-rythme-alternance": Leaf<DictUniteRythme>;
  readonly "unites-entreprise": Leaf;
  readonly "unites-centre": Leaf;
  readonly extras?: readonly Extras[] | undefined;
}

/** Adresse d'information. */
export interface AdresseInformation {
  readonly "@"?: Attributes | undefined;
  readonly adresse: Adresse;
  readonly extras?: readonly Extras[] | undefined;
}

/** Date d'information. */
export interface DateInformation {
  readonly "@"?: Attributes | undefined;
  readonly date: Leaf;
  readonly extras?: readonly Extras[] | undefined;
}

/** Équipement à la charge des apprenants. */
export interface Equipement {
  readonly "@"?: Attributes | undefined;
  readonly "type-equipement": Leaf<DictTypeEquipement>;
  readonly "cout-indicatif-equipement"?: Leaf | undefined;
  readonly commentaire?: Leaf | undefined;
  readonly extras?: readonly Extras[] | undefined;
}

/** Organisme formateur. */
export interface OrganismeFormateur {
  readonly "@"?: Attributes | undefined;
  readonly "SIRET-formateur": SIRETFormateur;
  readonly "raison-sociale-formateur": Leaf;
  readonly "contact-formateur"?: readonly ContactFormateur[] | undefined;
  readonly potentiel?: Potentiel | undefined;
  readonly "code-UAI-formateur"?: CodeUAIFormateur | undefined;
  readonly "reference-certification"?: readonly ReferenceCertification[] | undefined;
  readonly extras?: readonly Extras[] | undefined;
}

/** SIRET d'un organisme formateur. */
export interface SIRETFormateur {
  readonly "@"?: Attributes | undefined;
  readonly SIRET: Leaf;
  readonly extras?: readonly Extras[] | undefined;
}

/** Contact avec l'organisme formateur. */
export interface ContactFormateur {
  readonly "@"?: Attributes | undefined;
  readonly "type-contact"?: Leaf<DictTypeContact> | undefined;
  readonly coordonnees: Coordonnees;
  readonly extras?: readonly Extras[] | undefined;
}

/** Potentiel. */
export interface Potentiel {
  readonly "@"?: Attributes | undefined;
  readonly "code-FORMACODE": readonly Leaf[];
  readonly extras?: readonly Extras[] | undefined;
}

/** Code UAI d'un organisme formateur. */
export interface CodeUAIFormateur {
  readonly "@"?: Attributes | undefined;
  readonly "code-UAI": Leaf;
  readonly extras?: readonly Extras[] | undefined;
}

/** Organisme financeur. */
export interface OrganismeFinanceur {
  readonly "@"?: Attributes | undefined;
  readonly "code-financeur": Leaf<DictFinanceurs>;
  readonly "nb-places-financees"?: Leaf | undefined;
  readonly extras?: readonly Extras[] | undefined;
}

/** Enseignement. */
export interface Enseignement {
  readonly "@"?: Attributes | undefined;
  readonly "libelle-enseignement": Leaf;
  readonly "type-enseignement": Leaf<DictTypeEnseignement>;
  readonly obligatoire: Leaf<DictBoolean>;
  readonly commentaire?: Leaf | undefined;
  readonly extras?: readonly Extras[] | undefined;
}

/** Organisme de formation responsable. */
export interface OrganismeFormationResponsable {
  readonly "@"?: Attributes | undefined;
  readonly "numero-activite": Leaf;
  readonly "SIRET-organisme-formation": SIRETOrganismeFormation;
  readonly "nom-organisme": Leaf;
  readonly "raison-sociale": Leaf;
  readonly "coordonnees-organisme": CoordonneesOrganisme;
  readonly "contact-organisme": readonly ContactOrganisme[];
  readonly "renseignements-specifiques"?: Leaf | undefined;
  readonly potentiel?: Potentiel | undefined;
  readonly "code-UAI-organisme-formation"?: CodeUAIOrganismeFormation | undefined;
  readonly extras?: readonly Extras[] | undefined;
}

/** Numéro SIRET de l'organisme de formation. */
export interface SIRETOrganismeFormation {
  readonly "@"?: Attributes | undefined;
  readonly SIRET: Leaf;
  readonly extras?: readonly Extras[] | undefined;
}

/** Coordonnées de l'organisme. */
export interface CoordonneesOrganisme {
  readonly "@"?: Attributes | undefined;
  readonly coordonnees: Coordonnees;
  readonly extras?: readonly Extras[] | undefined;
}

/** Contact avec l'organisme. */
export interface ContactOrganisme {
  readonly "@"?: Attributes | undefined;
  readonly "type-contact"?: Leaf<DictTypeContact> | undefined;
  readonly coordonnees: Coordonnees;
  readonly extras?: readonly Extras[] | undefined;
}

/** Code UAI de l'organisme de formation. */
export interface CodeUAIOrganismeFormation {
  readonly "@"?: Attributes | undefined;
  readonly "code-UAI": Leaf;
  readonly extras?: readonly Extras[] | undefined;
}

/** Sous modules. */
export interface SousModules {
  readonly "@"?: Attributes | undefined;
  readonly "sous-module": readonly SousModule[];
  readonly extras?: readonly Extras[] | undefined;
}

/** Sous module. */
export interface SousModule {
  readonly "@"?: Attributes | undefined;
  readonly "reference-module": Leaf;
  readonly "type-module": Leaf<DictTypeModule>;
  readonly extras?: readonly Extras[] | undefined;
}

/** Modules prérequis. */
export interface ModulesPrerequis {
  readonly "@"?: Attributes | undefined;
  readonly "reference-module": readonly Leaf[];
  readonly extras?: readonly Extras[] | undefined;
}

/** Résumés d'offres et de d'organismes. */
export interface LheoIndex {
  readonly "@"?: Attributes | undefined;
  readonly "resumes-offres"?: ResumesOffres | undefined;
  readonly "resumes-organismes"?: ResumesOrganismes | undefined;
  readonly extras?: readonly Extras[] | undefined;
}

/** Résumés d'offres de formation. */
export interface ResumesOffres {
  readonly "@"?: Attributes | undefined;
  readonly "resume-offre"?: readonly ResumeOffre[] | undefined;
  readonly extras?: readonly Extras[] | undefined;
}

/** Résumé d'une offre de formation. */
export interface ResumeOffre {
  readonly "@"?: Attributes | undefined;
  readonly "domaine-formation": DomaineFormation;
  readonly "intitule-formation": Leaf;
  readonly "nom-organisme": Leaf;
  readonly SIRET: Leaf;
  readonly codepostal?: Leaf | undefined;
  readonly "code-INSEE-commune"?: Leaf | undefined;
  readonly ville: Leaf;
  readonly departement: Leaf;
  readonly region?: Leaf | undefined;
  readonly certifiante: Leaf<DictBoolean>;
  readonly "code-niveau-entree": Leaf<DictNiveaux>;
  readonly "prise-en-charge-frais-possible": Leaf<DictBoolean>;
  readonly "modalites-enseignement"?: Leaf<DictModalitesEnseignement> | undefined;
  readonly "code-public-vise": readonly Leaf[];
  readonly "nombre-heures-total"?: Leaf | undefined;
  readonly session?: readonly Session[] | undefined;
  readonly "contact-formation-resume"?: readonly ContactFormationResume[] | undefined;
  readonly certification?: readonly Certification[] | undefined;
  readonly extras?: readonly Extras[] | undefined;
}

/** Contact pour une offre de formation. */
export interface ContactFormationResume {
  readonly "@"?: Attributes | undefined;
  readonly "type-contact"?: Leaf<DictTypeContact> | undefined;
  readonly nom?: Leaf | undefined;
  readonly telfixe?: Telfixe | undefined;
  readonly courriel?: Leaf | undefined;
  readonly extras?: readonly Extras[] | undefined;
}

/** Résumés d'organisme. */
export interface ResumesOrganismes {
  readonly "@"?: Attributes | undefined;
  readonly "resume-organisme"?: readonly ResumeOrganisme[] | undefined;
  readonly extras?: readonly Extras[] | undefined;
}

/** Résumé d'un organisme. */
export interface ResumeOrganisme {
  readonly "@"?: Attributes | undefined;
  readonly "nom-organisme": Leaf;
  readonly "raison-sociale": Leaf;
  readonly SIRET: Leaf;
  readonly "numero-activite": Leaf;
  readonly extras?: readonly Extras[] | undefined;
}

/** Extension de LHEO pour inclure une liste d'organismes. */
export interface LheoPlus {
  readonly "@"?: Attributes | undefined;
  readonly lheo?: Lheo | undefined;
  readonly "organisme-formation-responsable"?: readonly OrganismeFormationResponsable[] | undefined;
  readonly extras?: readonly Extras[] | undefined;
}

/** The type of the value of each element. */
export interface ElementValues {
  readonly lheo: Lheo;
  readonly offres: Offres;
  readonly formation: Formation;
  readonly "domaine-formation": DomaineFormation;
  readonly "contact-formation": ContactFormation;
  readonly coordonnees: Coordonnees;
  readonly adresse: Adresse;
  readonly geolocalisation: Geolocalisation;
  readonly telfixe: Telfixe;
  readonly portable: Portable;
  readonly fax: Fax;
  readonly web: Web;
  readonly certification: Certification;
  readonly "code-type-formation": CodeTypeFormation;
  readonly "url-formation": UrlFormation;
  readonly action: Action;
  readonly "lieu-de-formation": LieuDeFormation;
  readonly "SIRET-lieu-formation": SIRETLieuFormation;
  readonly "code-UAI-lieu-formation": CodeUAILieuFormation;
  readonly "url-action": UrlAction;
  readonly session: Session;
  readonly periode: Periode;
  readonly "adresse-inscription": AdresseInscription;
  readonly "periode-inscription": PeriodeInscription;
  readonly recrutement: Recrutement;
  readonly "url-session": UrlSession;
  readonly "contact-session": ContactSession;
  readonly "reference-certification": ReferenceCertification;
  readonly "blocs-competences": BlocsCompetences;
  readonly "bloc-competences": BlocCompetences;
  readonly cycle: Cycle;
  readonly alternance: Alternance;
  readonly "rythme-alternance": RythmeAlternance;
  readonly "adresse-information": AdresseInformation;
  readonly "date-information": DateInformation;
  readonly equipement: Equipement;
  readonly "organisme-formateur": OrganismeFormateur;
  readonly "SIRET-formateur": SIRETFormateur;
  readonly "contact-formateur": ContactFormateur;
  readonly potentiel: Potentiel;
  readonly "code-UAI-formateur": CodeUAIFormateur;
  readonly "organisme-financeur": OrganismeFinanceur;
  readonly enseignement: Enseignement;
  readonly "organisme-formation-responsable": OrganismeFormationResponsable;
  readonly "SIRET-organisme-formation": SIRETOrganismeFormation;
  readonly "coordonnees-organisme": CoordonneesOrganisme;
  readonly "contact-organisme": ContactOrganisme;
  readonly "code-UAI-organisme-formation": CodeUAIOrganismeFormation;
  readonly "sous-modules": SousModules;
  readonly "sous-module": SousModule;
  readonly "modules-prerequis": ModulesPrerequis;
  readonly extras: Extras;
  readonly extra: Extra;
  readonly "code-FORMACODE": Leaf;
  readonly "code-NSF": Leaf;
  readonly "code-ROME": Leaf;
  readonly "intitule-formation": Leaf;
  readonly "objectif-formation": Leaf;
  readonly "resultats-attendus": Leaf;
  readonly "contenu-formation": Leaf;
  readonly civilite: Leaf;
  readonly nom: Leaf;
  readonly prenom: Leaf;
  readonly ligne: Leaf;
  readonly denomination: Leaf;
  readonly codepostal: Leaf;
  readonly ville: Leaf;
  readonly departement: Leaf;
  readonly "code-INSEE-commune": Leaf;
  readonly "code-INSEE-canton": Leaf;
  readonly region: Leaf;
  readonly pays: Leaf;
  readonly latitude: Leaf;
  readonly longitude: Leaf;
  readonly numtel: Leaf;
  readonly courriel: Leaf;
  readonly urlweb: Leaf;
  readonly "code-RNCP": Leaf;
  readonly "code-CERTIFINFO": Leaf;
  readonly "code-RS": Leaf;
  readonly "code-CPF": Leaf;
  readonly "reference-code-FORMACODE": Leaf;
  readonly "code-ELU": Leaf;
  readonly "rythme-formation": Leaf;
  readonly "code-public-vise": Leaf;
  readonly "info-public-vise": Leaf;
  readonly "modalites-alternance": Leaf;
  readonly "conditions-specifiques": Leaf;
  readonly SIRET: Leaf;
  readonly "code-UAI": Leaf;
  readonly "modalites-inscription": Leaf;
  readonly "infos-perimetre-recrutement": Leaf;
  readonly "heure-debut": Leaf;
  readonly "heure-fin": Leaf;
  readonly commentaire: Leaf;
  readonly "reference-code-RNCP": Leaf;
  readonly "reference-code-CERTIFINFO": Leaf;
  readonly "reference-code-RS": Leaf;
  readonly "libelle-bloc": Leaf;
  readonly "code-bloc": Leaf;
  readonly restauration: Leaf;
  readonly hebergement: Leaf;
  readonly transport: Leaf;
  readonly "acces-handicapes": Leaf;
  readonly "langue-formation": Leaf;
  readonly "modalites-recrutement": Leaf;
  readonly "modalites-pedagogiques": Leaf;
  readonly "code-modalite-pedagogique": Leaf;
  readonly "frais-restants": Leaf;
  readonly "prix-horaire-TTC": Leaf;
  readonly "prix-total-TTC": Leaf;
  readonly "duree-indicative": Leaf;
  readonly "detail-conditions-prise-en-charge": Leaf;
  readonly "raison-sociale-formateur": Leaf;
  readonly "libelle-enseignement": Leaf;
  readonly "numero-activite": Leaf;
  readonly "nom-organisme": Leaf;
  readonly "raison-sociale": Leaf;
  readonly "renseignements-specifiques": Leaf;
  readonly "identifiant-module": Leaf;
  readonly "reference-module": Leaf;
  readonly certifiante: Leaf<DictBoolean>;
  readonly "type-contact": Leaf<DictTypeContact>;
  readonly "parcours-de-formation": Leaf<DictTypeParcours>;
  readonly "code-niveau-entree": Leaf<DictNiveaux>;
  readonly "objectif-general-formation": Leaf<DictAIS>;
  readonly "code-niveau-sortie": Leaf<DictNiveaux>;
  readonly "niveau-entree-obligatoire": Leaf<DictBoolean>;
  readonly "modalites-enseignement": Leaf<DictModalitesEnseignement>;
  readonly "prise-en-charge-frais-possible": Leaf<DictBoolean>;
  readonly "modalites-entrees-sorties": Leaf<DictModalitesEs>;
  readonly "etat-recrutement": Leaf<DictEtatRecrutement>;
  readonly "modalite-recrutement": Leaf<DictModaliteRecrutement>;
  readonly "code-perimetre-recrutement": Leaf<DictPerimetreRecrutement>;
  readonly "a-distance": Leaf<DictBoolean>;
  readonly "validation-blocs": Leaf<DictTypeValidationBlocs>;
  readonly "type-cycle": Leaf<DictTypeCycle>;
  readonly "type-alternance": Leaf<DictTypeAlternance>;
  readonly "unite-rythme-alternance": Leaf<DictUniteRythme>;
  readonly "type-equipement": Leaf<DictTypeEquipement>;
  readonly conventionnement: Leaf<DictBoolean>;
  readonly "code-financeur": Leaf<DictFinanceurs>;
  readonly "type-enseignement": Leaf<DictTypeEnseignement>;
  readonly obligatoire: Leaf<DictBoolean>;
  readonly positionnement: Leaf<DictTypePositionnement>;
  readonly "type-module": Leaf<DictTypeModule>;
  readonly "duree-cycle": Leaf;
  readonly debut: Leaf;
  readonly fin: Leaf;
  readonly "nb-places": Leaf;
  readonly "annee-cycle": Leaf;
  readonly "effectif-minimal": Leaf;
  readonly "capacite-simultanee": Leaf;
  readonly "capacite-cumulee": Leaf;
  readonly "unites-entreprise": Leaf;
  readonly "unites-centre": Leaf;
  readonly date: Leaf;
  readonly "cout-indicatif-equipement": Leaf;
  readonly "nombre-heures-centre": Leaf;
  readonly "nombre-heures-entreprise": Leaf;
  readonly "nombre-heures-total": Leaf;
  readonly "duree-conventionnee": Leaf;
  readonly "nb-places-financees": Leaf;
  readonly "lheo-index": LheoIndex;
  readonly "resumes-offres": ResumesOffres;
  readonly "resume-offre": ResumeOffre;
  readonly "contact-formation-resume": ContactFormationResume;
  readonly "resumes-organismes": ResumesOrganismes;
  readonly "resume-organisme": ResumeOrganisme;
  readonly "lheo-plus": LheoPlus;
}
