/**
 * Deliveries: one file of one profile for one partner. PostgreSQL holds the truth; every step may be done again, by any
 * process, at any time.
 *
 *   outbox ─ plan ─▶ scheduled ─ claim ─▶ in_flight ─ send ─ complete ─▶ accepted | retry | dead
 *
 * - announce: what comes later, before its content exists, with each day that puts it off
 * - plan: what each partner is still to receive so that it ends with the current content (planning.ts, pure)
 * - claim: on the clock of the database, under the lock of the partner; epoch and attempt before any byte
 * - send: a transport, bounded in time and memory, that answers by a value
 * - decide: what an outcome means (decide.ts, pure)
 * - complete: heard only from the epoch in flight
 */

export {
  type Acted,
  actOnDelivery,
  type Decided,
  type Demande,
  decideAct,
  type Facts,
  MOTS_RETENUE,
  pausePartner,
  resumePartner,
  type Verb,
} from "./acts/index.ts";
export { type Announced, announceDeliveries } from "./announce.ts";
export { type Attempted, attemptDelivery, type Workshop, workshop } from "./attempt.ts";
export { BACKOFF, backoff, LONGEST_WAIT, retryAfter } from "./backoff.ts";
export { BREAKER_AFTER, breakerWait } from "./breaker.ts";
export type { Planned } from "./carryOut.ts";
export { type Chrono, type NomPhase, type Phase, phasesOf, startChrono } from "./chrono.ts";
export { type Claim, type Claimed, claim, type NotClaimed } from "./claim.ts";
export { complete, renewLease } from "./complete.ts";
export { type Circumstances, type Decision, decide } from "./decide.ts";
export { type Dispatcher, type DispatcherOptions, startDispatcher } from "./dispatcher.ts";
export { type EssaiABlanc, essayerABlanc } from "./dryRun.ts";
export { type Due, dueDeliveries } from "./due.ts";
export { deliveryId } from "./id.ts";
export {
  type Detail,
  type DiffusionDeSession,
  deliveriesOfSession,
  ETATS,
  type Etat,
  etatOf,
  type Filtre,
  type Lien,
  listDeliveries,
  MOTS_ETAT,
  pendingDeliveries,
  type Resume,
  type Retenue,
  readDelivery,
  zFiltre,
} from "./listing/index.ts";
export { type Answer, ECHECS, type Echec, failure, type Issue, type Outcome } from "./outcome.ts";
export { planDeliveries } from "./plan.ts";
export { type Act, planOf, type Situation, type Waiting } from "./planning.ts";
export {
  type Accuse,
  type Comptes,
  type Depot,
  type EtapeAccuse,
  explainRefusal,
  hasReceiptsToPoll,
  type IssueAccuse,
  knownRefusals,
  openReceipt,
  type Polled,
  pollReceipts,
  type Receipt,
  ReceiptError,
  type ReceiptRead,
  type ReceiptSummary,
  type ReceiptsSummary,
  type RefusConnu,
  type RefusExplique,
  type Remarque,
  type Remede,
  readAccuses,
  readReceipt,
  receiptsOf,
  receiptsSummary,
  type SessionAccuse,
  type SessionReceipt,
  type Statut,
  sessionReceipts,
  setAccuses,
  type Taken,
  takeReceipt,
  zAccuse,
} from "./receipts/index.ts";
export {
  type Apercu,
  abandonReplay,
  advanceReplay,
  advanceReplays,
  approveReplay,
  type Choisie,
  type Confirme,
  confirmReplay,
  type Destinataire,
  ETATS_REJOUES,
  type Ligne,
  type Lot,
  type LotItem,
  ligneOf,
  openLots,
  previewReplay,
  readLot,
} from "./replay/index.ts";
export { createRunner, type Runner } from "./runner.ts";
export type { Settled } from "./settle.ts";
export { type Delivery, type DeliveryOptions, startDelivery } from "./start.ts";
export {
  type Conduct,
  contentDigest,
  dossierTransport,
  type Envoi,
  type EssaiDeConnexion,
  httpsTransport,
  isPublicAddress,
  openRetrieval,
  type Push,
  probeConnection,
  type Received,
  type RemoteFile,
  type Resolve,
  type Retrieval,
  RetrievalError,
  resolveTarget,
  type SignatureFault,
  sftpTransport,
  signatureHeaders,
  transportOf,
  verifySignature,
} from "./transports/index.ts";
export { workerName } from "./worker.ts";
