import type { Partner, Secrets } from "../../partner/index.ts";
import type { Resolve } from "./address.ts";
import type { Retrieval } from "./retrieval.ts";
import { retrieveFromDossier } from "./retrieveDossier.ts";
import { retrieveFromHttps } from "./retrieveHttps.ts";
import { retrieveFromSftp } from "./retrieveSftp.ts";

export { type RemoteFile, type Retrieval, RetrievalError } from "./retrieval.ts";

/**
 * Opens the way back from a partner.
 * @param signal ends everything
 * @throws RetrievalError when it cannot be reached
 */
export async function openRetrieval(
  { transport, interne }: Pick<Partner, "transport" | "interne">,
  secrets: Secrets,
  signal: AbortSignal,
  resolve?: Resolve,
): Promise<Retrieval> {
  const options = { interne, secrets, resolve };
  switch (transport.type) {
    case "https":
      return retrieveFromHttps(transport, options, signal);
    case "sftp":
      return retrieveFromSftp(transport, options, signal);
    case "dossier":
      return retrieveFromDossier(transport);
  }
}
