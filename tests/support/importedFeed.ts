import { buildOffre } from "../../src/feed/index.ts";
import type { OffreImportee } from "../../src/import/index.ts";
import { serialise } from "../../src/lheo/index.ts";

const JOUR = new Date("2026-11-24T10:00:00Z");

/** What the feed writes of an imported offer, published that day. */
export function feedOf({ organisme, action, sessions }: OffreImportee): string {
  const published = { version: 1, misEnLigneAt: JOUR, premiereMiseEnLigneAt: JOUR };
  const { formation, actions } = buildOffre(
    {
      organisme: { ...organisme, ...published },
      action: { ...action, ...published },
      sessions: sessions.map(({ contenu }, rank) => ({
        numero: String(rank).padStart(6, "0"),
        contenu,
        ...published,
      })),
      certifications: new Map(),
      habilitations: new Map(),
      certifieeDepuis: new Map(),
    },
    { base: "75", maintenant: JOUR },
  );
  return serialise("formation", { ...formation, action: actions.map((built) => built.action) });
}
