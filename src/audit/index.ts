/**
 * Who did what, when and why: a table that is only ever appended to, each row holding the hash of the one before. A row
 * is written in the transaction of what it tells of.
 *
 * A job that archives copies rows out and keeps the last one as an anchor; it never rewrites nor renumbers, so a chain
 * can be checked across its pieces.
 */
export { canonicalJson } from "./canonical.ts";
export type { Ligne } from "./ligne.ts";
export { type Act, type AuditFilter, readActs, recordAct } from "./record.ts";
export { type Ancre, type Verified, type VerifyOptions, verifyAudit } from "./verify.ts";
