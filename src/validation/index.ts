/**
 * Validation: what the schema refuses (`startXsd`, then `xsdNotices`), what it lets through and a partner does not
 * (`checkFormation`, `checkAction`, `createUniqueness`), and both on a whole file (`validateFile`).
 *
 * A defect is a `Notice`, in French. Whether it sets a record aside for a profile is `blocksFor` of `src/notices`.
 */
export { fusionner } from "./fusion.ts";
export {
  type Contexte,
  checkAction,
  checkFormation,
  createUniqueness,
  type Uniqueness,
} from "./rules/index.ts";
export {
  type BilanFichier,
  type ValidateFileOptions,
  type ValidationEvent,
  validateFile,
} from "./validateFile.ts";
export { RULES_VERSION } from "./version.ts";
export { written } from "./written.ts";
export { startXsd, type Xsd, type XsdOptions } from "./xsd.ts";
export type { Fragment } from "./xsdLots.ts";
export { type LieuXsd, xsdNotices } from "./xsdMessages.ts";
export type { Lecture, XsdDefect } from "./xsdProtocol.ts";
export { publishedXsd, XSD_VERSION } from "./xsdSchema.ts";
export { XsdWorkerError } from "./xsdThread.ts";
