/**
 * Deliveries: one file of one profile for one partner. PostgreSQL holds the truth; every step may be done again, by any
 * process, at any time.
 *
 *   outbox ─ plan ─▶ scheduled ─ claim ─▶ in_flight ─ send ─ complete ─▶ accepted | retry | dead
 *
 * - plan: what each partner is still to receive so that it ends with the current content (planning.ts, pure)
 * - claim: on the clock of the database, under the lock of the partner; epoch and attempt before any byte
 * - send: a transport, bounded in time and memory, that answers by a value
 * - decide: what an outcome means (decide.ts, pure)
 * - complete: heard only from the epoch in flight
 */
export { type Attempted, attemptDelivery, type Workshop, workshop } from "./attempt.ts";
export { BACKOFF, backoff, LONGEST_WAIT, retryAfter } from "./backoff.ts";
export { type Claim, type Claimed, claim, type NotClaimed } from "./claim.ts";
export { complete, renewLease } from "./complete.ts";
export { type Circumstances, type Decision, decide } from "./decide.ts";
export { type Dispatcher, type DispatcherOptions, startDispatcher, sweep } from "./dispatcher.ts";
export { type Due, dueDeliveries } from "./due.ts";
export { deliveryId } from "./id.ts";
export { type Answer, ECHECS, type Echec, failure, type Issue, type Outcome } from "./outcome.ts";
export { type Planned, planDeliveries } from "./plan.ts";
export { type Act, planOf, type Situation, type Waiting } from "./planning.ts";
export { type Receipt, receiptsOf } from "./receipts.ts";
export { createRunner, type Runner } from "./runner.ts";
export type { Settled } from "./settle.ts";
export { type Delivery, type DeliveryOptions, startDelivery } from "./start.ts";
export {
  type Conduct,
  dossierTransport,
  type Envoi,
  httpsTransport,
  isPublicAddress,
  type Push,
  type Resolve,
  resolveTarget,
  transportOf,
} from "./transports/index.ts";
