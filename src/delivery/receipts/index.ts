/**
 * What partners say of what they received: first that it came, then what they made of each session.
 *
 * - mapping: how to read one partner's file, as data
 * - read: any bytes → lines and remarks, as they come (csv.ts, tree.ts)
 * - take: one file, once, matched to its delivery and to sessions by number (match.ts), states moved on (state.ts)
 * - poll: the files that a partner leaves in a folder
 */
export { type Receipt, receiptsOf } from "./answer.ts";
export { explainRefusal, type RefusExplique, type Remede } from "./codes.ts";
export type { Entete, Ligne, Statut } from "./line.ts";
export { type Accuse, type EtapeAccuse, takesFile, zAccuse } from "./mapping.ts";
export { readAccuses, setAccuses } from "./mappings.ts";
export { hasReceiptsToPoll, type Polled, pollReceipts } from "./poll.ts";
export { type Lecture, openReceipt, type ReceiptRead, readReceipt } from "./read.ts";
export { type Accepted, type PlainAnswer, plainAnswer, recordAnswer } from "./record.ts";
export { knownRefusals, type RefusConnu } from "./refusals.ts";
export type { Remarque } from "./remarques.ts";
export type { Comptes, IssueAccuse, Stored } from "./store.ts";
export { type Depot, ReceiptError, type Taken, takeReceipt } from "./take.ts";
export {
  type LineSummary,
  type ReceiptSummary,
  type ReceiptsSummary,
  receiptsSummary,
  type SessionAccuse,
  type SessionReceipt,
  sessionReceipts,
} from "./views.ts";
