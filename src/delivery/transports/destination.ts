import type { Transport } from "../../partner/index.ts";

/** Where a file goes, as an attempt remembers it: the settings may change afterwards. What follows `?` may be a secret. */
export function destinationOf(transport: Transport): string {
  switch (transport.type) {
    case "https": {
      const { origin, pathname } = new URL(transport.url);
      return `${transport.methode} ${origin}${pathname}`;
    }
    case "sftp":
      return `sftp://${transport.utilisateur}@${transport.hote}:${transport.port}/${transport.dossier.replace(/^\/+/, "")}`;
    case "dossier":
      return transport.chemin;
  }
}
