/** What a partner must not show: encrypted in the base with keys that are not in it. */
export { type Key, keyOf } from "./cipher.ts";
export { type Keyring, KeyringError, NO_KEY, openKeyring } from "./keyring.ts";
export { isSecretName, SECRETS, type SecretName, type Secrets } from "./names.ts";
export {
  listSecrets,
  openSecrets,
  type Rotation,
  readSecrets,
  removeSecret,
  rotateSecrets,
  type SealedSecret,
  type SecretInfo,
  sealedJson,
  type Unreadable,
  writeSecret,
} from "./store.ts";
