/** What changed between two feeds of a profile: which sessions, why, and which of their fields. */
export {
  type Changement,
  type ComptesDeChangement,
  countChangements,
  type Reprise,
  readChangements,
  SENS,
  type Sens,
} from "./changes.ts";
export { type Cause, type Fiche, readCauses } from "./contents.ts";
export { type ChampChange, comparerContenus, extraits, phraseDeChamp } from "./fields.ts";
export { libelleDeSortie } from "./motifs.ts";
