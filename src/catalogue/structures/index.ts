/** Structures, who is attached to them and for what, and their keys: where every {@link Auteur} comes from. */
export {
  dismissStructureRequest,
  fulfilStructureRequest,
  readStructureRequests,
  requestStructure,
  type StructureDemandee,
} from "./absentes.ts";
export { chooseStructure, type Place, readPlace, type StructureActive } from "./active.ts";
export {
  auteurOfKey,
  type CleDeStructure,
  createStructureKey,
  readStructureKeys,
  revokeStructureKey,
} from "./cles.ts";
export { type Gerant, peutGerer } from "./gerant.ts";
export {
  LIBELLES_PROFILS,
  LIBELLES_TYPES,
  PROFILS,
  PROFILS_PAR_TYPE,
  type ProfilDeStructure,
  TYPES_STRUCTURE,
  type TypeStructure,
} from "./profils.ts";
export {
  attach,
  cancelRequest,
  DEMANDE_INCONNUE,
  decideRequest,
  detach,
  type Rattachement,
  readMyRequests,
  readRattachements,
  readRequestsToDecide,
  requestAttachment,
  setReferent,
} from "./rattachements.ts";
export { type Erreurs, QUALIOPI, saisieOf } from "./saisie.ts";
export { createStructure, type RefusDeSaisie, saveStructure, setStructureOuverte } from "./save.ts";
export {
  organismeOfSiret,
  readStructure,
  referentsOf,
  type Structure,
  type StructureListee,
  searchStructures,
} from "./structure.ts";
