import type { SecretName, Secrets } from "../../partner/index.ts";
import { type Failure, failure } from "../outcome.ts";

/** A secret that a transport cannot do without, or the failure that says which one is missing. */
export function secretOf(secrets: Secrets, nom: SecretName): string | Failure {
  return (
    secrets.get(nom) ??
    failure(
      "secret_indisponible",
      `Le secret « ${nom} » de ce destinataire n'est pas enregistré. Enregistrez-le : offre-info secrets set <destinataire> ${nom}`,
    )
  );
}

/** Like `secretOf`, for one that goes into a header: what HTTP cannot carry there is refused before it is sent. */
export function headerSecretOf(secrets: Secrets, nom: SecretName): string | Failure {
  const found = secretOf(secrets, nom);
  if (typeof found !== "string" || /^[\x20-\x7e]+$/.test(found)) return found;
  return failure(
    "secret_indisponible",
    `Le secret « ${nom} » de ce destinataire contient un caractère qu'un en-tête HTTP ne porte pas (saut de ligne, accent). Enregistrez-le de nouveau : offre-info secrets set <destinataire> ${nom}`,
  );
}
