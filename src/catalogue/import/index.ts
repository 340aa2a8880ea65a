/** A file that an OF brings becomes drafts, after a trial run that explains each line (H9). */
export { confirmImport, dropImport } from "./confirmer.ts";
export { COLONNES } from "./csv/colonnes.ts";
export { modeleCsv } from "./csv/ecrire.ts";
export { FORMATIONS_PAR_FICHIER, OCTETS_ENVOYES, tryImport, type Verdict } from "./essai.ts";
export {
  type ImportLu,
  type LigneDImport,
  listImports,
  rapportCsv,
  readImport,
  readLignesDImport,
  VERDICTS,
} from "./lire.ts";
