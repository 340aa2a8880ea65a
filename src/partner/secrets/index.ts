/** What a partner must not show: encrypted in the base with keys that are not in it. */
export { type Key, keyOf } from "./cipher.ts";
export { type Keyring, KeyringError, NO_KEY, openKeyring } from "./keyring.ts";
export { isSecretName, SECRETS, type SecretName, type Secrets } from "./names.ts";
export {
  listSecrets,
  type Rotation,
  readSecrets,
  removeSecret,
  rotateSecrets,
  type SecretInfo,
  type Unreadable,
  writeSecret,
} from "./store.ts";
