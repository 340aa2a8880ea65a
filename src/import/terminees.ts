import { type Notice, notice } from "../notices/index.ts";
import { estPerimee } from "../published/index.ts";
import type { OffreImportee } from "./offre.ts";

/**
 * Sessions that are imported and that no feed will show: old files are full of them.
 * @param jour of the import, AAAAMMJJ in Paris
 */
export function noticesDesTerminees({ sessions, action, line }: OffreImportee, jour: string): Notice[] {
  return sessions.flatMap(({ numero, contenu: { fin }, unite: { chemin } }) => {
    if (!estPerimee({ fin }, jour)) return [];
    return [
      notice("import-session-terminee", {
        path: `${chemin}/periode/fin`,
        value: fin,
        attendu: numero,
        action: action.numero,
        session: numero,
        line,
      }),
    ];
  });
}
