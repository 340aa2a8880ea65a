/**
 * One édition (feed run): the published offer read once, each distinct fragment built, written and validated once,
 * the feed of every profile written as it goes, then made current all together.
 */
export {
  type AVenir,
  type EtatDesEditions,
  type RaisonEdition,
  raisonEdition,
  readAVenir,
} from "./aVenir.ts";
export type { Bilan, BilanProfil } from "./bilan.ts";
export { type BuildFeedOptions, type BuiltFeed, buildFeed, ProfilSansFlux } from "./buildFeed.ts";
export type { Frequence } from "./dits.ts";
export type { Compte } from "./ecriture.ts";
export { type Etat, type EtatDeDiffusion, type Explication, explainSession } from "./explain.ts";
export type { Blocage, Presence } from "./explainData.ts";
export { type CpfMoments, cpfMoments, demanderMentionsCpf } from "./moments.ts";
export { type PublishOptions, publish } from "./publish.ts";
export { alone, EditionEnCours } from "./verrou.ts";
