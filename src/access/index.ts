/**
 * Who may come in: people by a password, whose role says what they may do; partners by a key, for their own feed. Only
 * hashes are kept.
 */
export {
  type CleDePartenaire,
  type CleMontree,
  createKey,
  newCle,
  partnerOfKey,
  RECOUVREMENT,
  readKeys,
  revokeKey,
  rotateKey,
} from "./cles.ts";
export {
  type Compte,
  type CompteSuivi,
  changePassword,
  changeRole,
  createCompte,
  type Resultat,
  readCompte,
  readComptes,
  setCompteOuvert,
} from "./comptes.ts";
export { type Connexion, readConnexion, signIn, signOut } from "./connexion.ts";
export { type ConnexionOuverte, closeConnexions, readConnexions } from "./connexions.ts";
export { isSlowedDown, noteFailure } from "./echecs.ts";
export {
  acceptCompte,
  acceptInvitation,
  type Invitation,
  inviteCompte,
  inviteFirstAdministrator,
  type Lien,
  needsFirstAdministrator,
  readInvitation,
  resetCompte,
} from "./invitation.ts";
export { empreinteOf, sameText } from "./jeton.ts";
export { changeOwnPassword } from "./monMotDePasse.ts";
export { atLeast, LIBELLES_ROLES, ROLES, type Role } from "./roles.ts";
