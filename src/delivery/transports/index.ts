import type { Partner } from "../../partner/index.ts";
import { dossierTransport } from "./dossier.ts";
import { httpsTransport } from "./https.ts";
import type { Push } from "./port.ts";

export { isPublicAddress, type Resolve, resolveTarget } from "./address.ts";
export { dossierTransport } from "./dossier.ts";
export { httpsTransport } from "./https.ts";
export type { Conduct, Envoi, Push } from "./port.ts";

/** The way to a partner, by what its row says. */
export function transportOf({ transport, interne }: Pick<Partner, "transport" | "interne">): Push {
  switch (transport.type) {
    case "https":
      return httpsTransport(transport, { interne });
    case "dossier":
      return dossierTransport(transport);
  }
}
