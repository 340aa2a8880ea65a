/**
 * The contract in PostgreSQL: versions of what is published. Written by the catalogue, an import or `sync`; read by
 * feed runs and by whoever shows where a record stands. Nobody else touches the tables.
 *
 * Writing, in the caller's transaction:
 *   writeVersions(trx, "action", rows, { origine })   new or changed records get their next version
 *   withdraw(trx, "action", numeros, { motif })       all their versions leave at once, sessions with their action
 *   checkRecord("action", numero, contenu)            the same check without writing
 *
 * Reading, inside `reading(db, trx => …)`, one reading for every wait:
 *   readOffre(trx, { watermarks })                    stream of lots: an action, its sessions, and for each
 *                                                     watermark which version of each it selects
 *   readRecords(trx, "organisme", numeros, watermarks)
 *   readCertifications(trx, codes, maintenant), readHabilitations(trx, couples, maintenant)
 *   olderVersions(trx, kind, numero, version)         what to fall back to when that version did not pass
 *   readLast(trx, kind, numeros)                      newest version of each number, withdrawn or not
 *   readHistory(db, kind, numero)                     all versions and withdrawals of one record
 *
 * From an agency's own database: sync(db, options), see docs/sync.md.
 *
 * What time does to it (upkeep): retirerPerimees(db), purgerRetires(db, { jours }), actionsSansSession(db, limit),
 * sessionsBientotPerimees(db, …), readEcheances(db, jour), readDroitsCpf(trx, …).
 */
export { demanderEdition, EDITION_DEMANDEE } from "./demande.ts";
export { compareNumeros, numeroDefect, numeroHabilitation } from "./numero.ts";
export { ORIGINE_CATALOGUE, ORIGINE_REFERENTIEL } from "./origine.ts";
export type { Contents } from "./read/contents.ts";
export { olderVersions, readHistory, type Trace } from "./read/history.ts";
export { type Last, readLast } from "./read/last.ts";
export { motsDe, requeteDe, requeteDuTexte } from "./read/mots.ts";
export { type Lot, type ReadOptions, readOffre } from "./read/offre.ts";
export { type ActionEnLigne, type FiltreDOffre, offreDe } from "./read/offreDe.ts";
export type { PremiereCertification } from "./read/premieres.ts";
export { reading } from "./read/reading.ts";
export { readCertifications, readHabilitations, readRecords } from "./read/records.ts";
export {
  type ActionTrouvee,
  actionsOfOrganisme,
  findSession,
  type OrganismeTrouve,
  type SessionTrouvee,
  searchOffre,
  sessionsOfAction,
  type Trouve,
} from "./read/search.ts";
export { type Selection, selected } from "./read/selection.ts";
export { sourceFields } from "./sync/columns.ts";
export { describeSync, type KindReport, type SyncReport } from "./sync/report.ts";
export { type SyncOptions, sync } from "./sync/sync.ts";
export { type DroitLu, type FenetreDeDroits, readDroitsCpf } from "./upkeep/droitsCpf.ts";
export { type Echeance, readEcheances } from "./upkeep/echeances.ts";
export { ecrituresDuDernierJour, ecrituresDuPremierJour } from "./upkeep/ecritures.ts";
export { dernierJourSql, estPerimee, JOURS_APRES_FIN } from "./upkeep/perimee.ts";
export { type Purgees, purgerRetires } from "./upkeep/purger.ts";
export { type ParLots, retirerPerimees } from "./upkeep/retirer.ts";
export {
  type ActionSansSession,
  actionsSansSession,
  type Extrait,
  type SessionBientotPerimee,
  sessionsBientotPerimees,
} from "./upkeep/sansSession.ts";
export { canonicalJson } from "./write/canonical.ts";
export { type Checked, type CheckedRecord, checkRecord, type Refusal } from "./write/check.ts";
export { type Withdrawn, type WithdrawOptions, withdraw } from "./write/withdraw.ts";
export { ContractError, type Row, type WriteOptions, type Written, writeVersions } from "./write/write.ts";
