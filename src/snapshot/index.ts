export {
  countOffres,
  type Evolution,
  formationPartie,
  keptSnapshot,
  listOffres,
  type OffreVisible,
  offreVisible,
  type PageDEvolutions,
  RAISONS,
  type RaisonPublique,
  readEvolutions,
  sessionPartie,
  sessionsSince,
} from "./changements/index.ts";
export {
  type Cause,
  type ChampChange,
  type Changement,
  type ComptesDeChangement,
  comparerContenus,
  countChangements,
  extraits,
  type Fiche,
  libelleDeSortie,
  phraseDeChamp,
  type Reprise,
  readCauses,
  readChangements,
  SENS,
  type Sens,
} from "./difference/index.ts";
export { StoreError, type StoreFault } from "./error.ts";
export type { FeedFile, FileFacts } from "./feedFile.ts";
export { findFormation, type Repere } from "./fragment.ts";
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
  snapshotsOf,
} from "./lineage.ts";
export { type Manifest, type ManifestFile, manifestOf } from "./manifest.ts";
export { LECTURE, markRetenues, type PresenceChange, type PresenceRow, recordPresence } from "./presence.ts";
export { type DernierePrise, lastPull, type Prise, type Quoi, recordPrises } from "./prises.ts";
export type { WellFormedCheck } from "./relectureProtocol.ts";
export * from "./sommaire/index.ts";
export { type Folder, type Form, openFolder, openStore, type Sink, type Store } from "./store.ts";
export { NotWellFormed, wellFormedCheck } from "./wellFormed.mjs";
