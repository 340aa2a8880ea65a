import { createHash } from "node:crypto";
import { canonicalJson } from "../../audit/index.ts";
import type { Filtre } from "../listing/index.ts";
import type { Ligne } from "./ligne.ts";

/**
 * Hash of all that a preview showed and that matters: which deliveries, what leaves for them and with which bytes. When
 * it leaves is not in it: the clock alone must not make a preview stale.
 */
export function empreinteOf(filtre: Filtre, lignes: readonly Ligne[]): string {
  const said = JSON.parse(JSON.stringify({ filtre, lignes: lignes.map(saidOf) }));
  return createHash("sha256").update(canonicalJson(said)).digest("hex");
}

function saidOf(ligne: Ligne): Record<string, unknown> {
  const { partner, diffusions, deja, sort } = ligne;
  const common = { partner, diffusions, deja, sort };
  switch (ligne.sort) {
    case "cree":
      return { ...common, contenu: ligne.contenu, sha256: ligne.sha256, remplace: ligne.remplace };
    case "rejoint":
      return { ...common, par: ligne.par, avance: ligne.avance !== undefined };
    case "refuse":
      return { ...common, phrase: ligne.phrase };
  }
}
