export { StoreError, type StoreFault } from "./error.ts";
export type { FeedFile, FileFacts } from "./feedFile.ts";
export {
  currentSnapshot,
  insertSnapshot,
  type Snapshot,
  type SnapshotFacts,
  snapshotById,
} from "./lineage.ts";
export { type Manifest, type ManifestFile, manifestOf } from "./manifest.ts";
export { LECTURE, markRetenues, type PresenceChange, type PresenceRow, recordPresence } from "./presence.ts";
export type { WellFormedCheck } from "./relectureProtocol.ts";
export { type Folder, type Form, openFolder, openStore, type Sink, type Store } from "./store.ts";
export { NotWellFormed, wellFormedCheck } from "./wellFormed.mjs";
