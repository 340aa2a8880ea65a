/**
 * Who may come in: people by a password, whose role says what they may do; partners by a key, for their own feed. Only
 * hashes are kept.
 */
export { type CleDePartenaire, createKey, partnerOfKey, readKeys, revokeKey } from "./cles.ts";
export {
  type Compte,
  changePassword,
  createCompte,
  type Resultat,
  readComptes,
  setCompteOuvert,
} from "./comptes.ts";
export { type Connexion, type Entree, readConnexion, signIn, signOut } from "./connexion.ts";
export {
  acceptInvitation,
  inviteFirstAdministrator,
  isInvitationOpen,
  needsFirstAdministrator,
} from "./invitation.ts";
export { sameText } from "./jeton.ts";
export { atLeast, LIBELLES_ROLES, ROLES, type Role } from "./roles.ts";
