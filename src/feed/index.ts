/**
 * Published rows → LHEO values, and who gets which. Pure: no I/O and no clock, all is passed in.
 */
export { ecrireCode, keyOfCertification, premieresParCle } from "./certifications.ts";
export {
  ACCOMPAGNEMENT_VAE,
  DELAI_MENTION_CPF_MS,
  type DroitCpf,
  droitDe,
  type MentionCpf,
  mentionCpf,
  mentionsCpf,
  momentsCpf,
  ouvertureMentionCpf,
  type RaisonSansMention,
  type VerdictCpf,
} from "./cpf.ts";
export { heuresTotales } from "./elements/heures.ts";
export { TOUT_PUBLIC } from "./elements/publics.ts";
export type { ActionBatie, Bati, Contexte, Entree, OffreBatie, Retraits } from "./entree.ts";
export { numeroAction, numeroFormation, numeroOrganisme, numeroSession } from "./numeros.ts";
export { type ActionsBaties, buildActions, buildOffre, buildTete, type TeteBatie } from "./offre.ts";
export * from "./profils/index.ts";
export { applyTelQuel, diffTelQuel, type Ecart, type Perdu } from "./telQuel/index.ts";
export { LIBELLES_DES_VOIES } from "./voies.ts";
