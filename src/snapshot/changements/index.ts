/** What changed between two feeds of a profile, and what left it: as partners may know it. */

export { formationPartie, sessionPartie } from "./depart.ts";
export { type Evolution, type PageDEvolutions, readEvolutions } from "./evolutions.ts";
export { countOffres, listOffres, type OffreVisible, offreVisible } from "./offres.ts";
export { RAISONS, type Raison as RaisonPublique } from "./raison.ts";
export { keptSnapshot, sessionsSince } from "./snapshots.ts";
