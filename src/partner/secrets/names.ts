/** What each secret is for, as the operator reads it. */
export const SECRETS = {
  mot_de_passe: "mot de passe (HTTPS basic, SFTP)",
  jeton: "jeton (HTTPS bearer)",
  secret_client: "secret du client OAuth2",
  certificat: "certificat client en PEM (mTLS)",
  cle_certificat: "clé privée du certificat client en PEM (mTLS)",
  autorite: "autorité de certification du destinataire en PEM, à la place des autorités publiques",
  cle_privee: "clé privée SSH (SFTP)",
  phrase_de_passe: "phrase de passe de la clé privée SSH",
  signature: "clé de signature des envois HTTPS (whsec_…)",
} as const;

/** A secret with a name of the product, or the value of one header: `entete.<name in lower case>`. */
export type SecretName = keyof typeof SECRETS | `entete.${string}`;

/** Is this a name that something reads? */
export function isSecretName(nom: string): nom is SecretName {
  return Object.hasOwn(SECRETS, nom) || /^entete\.[a-z0-9-]{1,60}$/.test(nom);
}

/** The secrets of one partner, in clear, in memory only: never logged, never kept. */
export type Secrets = ReadonlyMap<SecretName, string>;
