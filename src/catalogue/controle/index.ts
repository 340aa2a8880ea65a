/** The control's work: what waits, by when, what changed, and what is to be verified of who trains. */
export type { Changements, SessionSoumise } from "./changements.ts";
export { type Delai, delaiDeControle, JOURS_AU_PLUS_TOT } from "./delai.ts";
export { type Examen, examineAction } from "./examen.ts";
export {
  type AControler,
  countFileDeControle,
  type FileDeControle,
  type Prise,
  type Reprise,
  readAControler,
  readFileDeControle,
  TYPES_DE_CONTROLE,
  type TypeDeControle,
} from "./file.ts";
export { addFormacode } from "./formacode.ts";
export type { CertificationExaminee, Habilitations } from "./habilitations.ts";
export { releaseControl, takeControl } from "./prise.ts";
