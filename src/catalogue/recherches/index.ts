/** What a form looks up while one types. */
export { type CertificationTrouvee, type Recherche, searchCertifications } from "./certifications.ts";
export { type Formacode, type Suggestion, searchFormacodes, suggestFormacodes } from "./formacodes.ts";
export { type FormateurTrouve, searchFormateurs } from "./formateurs.ts";
