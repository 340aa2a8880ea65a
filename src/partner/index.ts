/**
 * Who takes the offer: profiles (what and when) and partners (who, and how the file reaches them). A partner takes
 * the file of one profile; several may take the same.
 */

export { type Defined, definePartner, defineProfil } from "./define.ts";
export { fileNameOf, type Naming } from "./fichier.ts";
export { type Limites, zLimites } from "./limites.ts";
export {
  announcePartner,
  type EtatPartenaire,
  type Partner,
  partnerJson,
  partnerOf,
  type Row as PartnerRow,
  readPartner,
  readPartners,
  setPartnerState,
  upsertPartner,
  zPartner,
} from "./partner.ts";
export { readProfils, seedProfils } from "./profils.ts";
export {
  isSecretName,
  type Key,
  type Keyring,
  KeyringError,
  keyOf,
  listSecrets,
  NO_KEY,
  openKeyring,
  openSecrets,
  type Rotation,
  readSecrets,
  removeSecret,
  rotateSecrets,
  SECRETS,
  type SealedSecret,
  type SecretInfo,
  type SecretName,
  type Secrets,
  sealedJson,
  type Unreadable,
  writeSecret,
} from "./secrets/index.ts";
export {
  type Transport,
  type TransportDossier,
  type TransportHttps,
  type TransportSftp,
  zTransport,
} from "./transport.ts";
export type { Auth } from "./transportAuth.ts";
