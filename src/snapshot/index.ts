export { StoreError, type StoreFault } from "./error.ts";
export type { FeedFile, FileFacts } from "./feedFile.ts";
export { CAUSES, type CodeCause } from "./guard/causes.ts";
export { type DecisionGarde, type DecisionPrise, refuseGuard, releaseGuard } from "./guard/decide.ts";
export {
  type AJuger,
  type Depart,
  type Jugement,
  judgeDepartures,
  readRecorded,
  recordDepartures,
} from "./guard/departs.ts";
export {
  guardOf,
  heldSessions,
  openHolds,
  type Retenue,
  type SessionGardee,
  type SessionRetenue,
} from "./guard/list.ts";
export { holdFeed, liftHold, readGardes, spendAcceptances } from "./guard/retenue.ts";
export { type Disparitions, phraseRaison, type Raison, type Verdict, verdictGarde } from "./guard/verdict.ts";
export {
  currentSnapshot,
  insertSnapshot,
  type Snapshot,
  type SnapshotFacts,
  snapshotById,
} from "./lineage.ts";
export { type Manifest, type ManifestFile, manifestOf } from "./manifest.ts";
export { LECTURE, markRetenues, type PresenceChange, type PresenceRow, recordPresence } from "./presence.ts";
export { type Folder, type Form, openFolder, openStore, type Sink, type Store } from "./store.ts";
export { NotWellFormed, type WellFormedCheck, wellFormedCheck } from "./wellFormed.ts";
