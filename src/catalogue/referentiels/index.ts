/** Public registers, loaded from the files that their keepers publish. */
export { type BilanReferentiel, type ChargerOptions, loadCertifications } from "./charger.ts";
export { type LigneRefusee, ReferentielError } from "./erreur.ts";
export { type BilanFormacodes, loadFormacodes } from "./formacodes.ts";
