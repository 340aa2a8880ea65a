import { addDays, lastDay } from "../lheo/index.ts";
import { type Notice, notice } from "../notices/index.ts";
import type { OffreImportee } from "./offre.ts";

/** Profiles show a session this long after its end unless they say otherwise (S136, H4). */
const JOURS = 30;

/**
 * Sessions that are imported and that no feed will show: old files are full of them.
 * @param jour of the import, AAAAMMJJ in Paris
 */
export function noticesDesTerminees({ sessions, action, line }: OffreImportee, jour: string): Notice[] {
  return sessions.flatMap(({ numero, contenu: { fin }, unite: { chemin } }) => {
    const dernier = lastDay(fin);
    if (dernier === undefined || addDays(dernier, JOURS) >= jour) return [];
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
