/** Where each offer of a stored feed stands: made by reading it once, kept beside it, looked up in place. */
export { departementOf } from "./departement.ts";
export { type Lecteur, type OffreLue, openLecteur } from "./lire.ts";
export type { Offre } from "./offre.ts";
export { openSommaires, type Sommaire, type Sommaires } from "./sommaire.ts";
