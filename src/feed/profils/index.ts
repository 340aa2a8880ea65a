export { estBloquante } from "./bloquante.ts";
export type { Garde, Seuil } from "./garde.ts";
export { type CodeHorsPerimetre, type MotifHorsPerimetre, sentenceOfMotif } from "./motif.ts";
export { type Partage, partageDuPerimetre, perimetre, type VerdictPerimetre } from "./perimetre.ts";
export { type Perimetre, type Profil, viaOf, zPerimetre, zProfil, zProfils } from "./profil.ts";
export { PROFILS } from "./profils.ts";
