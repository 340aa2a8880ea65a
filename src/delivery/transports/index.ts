import type { Partner, Secrets } from "../../partner/index.ts";
import { dossierTransport } from "./dossier.ts";
import { httpsTransport } from "./https.ts";
import type { Push } from "./port.ts";
import { sftpTransport } from "./sftp.ts";

export { isPublicAddress, type Resolve, resolveTarget } from "./address.ts";
export { destinationOf } from "./destination.ts";
export { dossierTransport } from "./dossier.ts";
export { httpsTransport } from "./https.ts";
export type { Conduct, Envoi, Push } from "./port.ts";
export { type EssaiDeConnexion, probeConnection } from "./probe.ts";
export { openRetrieval, type RemoteFile, type Retrieval, RetrievalError } from "./retrieve.ts";
export { sftpTransport } from "./sftp.ts";
export {
  contentDigest,
  type Received,
  type SignatureFault,
  signatureHeaders,
  verifySignature,
} from "./signature.ts";

/** The way to a partner, by what its row says. */
export function transportOf(
  { transport, interne }: Pick<Partner, "transport" | "interne">,
  secrets: Secrets,
): Push {
  switch (transport.type) {
    case "https":
      return httpsTransport(transport, { interne, secrets });
    case "sftp":
      return sftpTransport(transport, { interne, secrets });
    case "dossier":
      return dossierTransport(transport);
  }
}
