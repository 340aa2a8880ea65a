/**
 * An LHEO 2.2 or 2.3 file → records of the contract.
 *
 *   importFile(db, "offre.xml", { essai: true })   whole file or nothing, in flat memory; what it would do
 *   lireFormation(xml)                             pure: one `<formation>` → organisme, action, sessions
 *   readSource(bytes)                              the formations of a file one by one, for who keeps them elsewhere
 *   normalise(entree, { base })                    what import gives of what the feed wrote: import(feed(x))
 *
 * Each record is built back as the feed writes it and compared with what was received: what the contract does not
 * model goes beside it (`tel_quel`) and is written again; what cannot be is said in a notice.
 */
export { ImportError } from "./erreur.ts";
export { type ImportOptions, importFile } from "./importFile.ts";
export { lireFormation } from "./lecture.ts";
export { normalise, type OffreNormale } from "./normalise/index.ts";
export type { Fiche, Lecture, OffreImportee, SessionImportee } from "./offre.ts";
export type { Compte, RapportImport } from "./rapport.ts";
export { plainBytes, readSource } from "./source.ts";
