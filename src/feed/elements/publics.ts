import type { Leaf } from "../../lheo/index.ts";
import type { Modalites } from "../../published/contract/index.ts";
import type { Completions } from "../completions.ts";
import { codeRef, liste } from "../valeurs.ts";

/**
 * "Tout public", in the list of publics of Formacode V14. Source: the table from V14 publics to its own that
 * data-inclusion, a reader of the national feed, publishes (`_map_carif_oref__publics.sql`: 83056, `tous-publics`);
 * met in national feeds since V12. 80056, the example of the LHEO glossary, is not in that table.
 */
export const TOUT_PUBLIC = { code: "83056", ref: "V14" } as const;

/** LHEO `code-public-vise`, which the forms of the guide do not ask: without one, the training is open to all. */
export function buildPublics(
  { publics }: Pick<Modalites, "publics">,
  completions: Completions,
): readonly Leaf[] {
  const donnes = liste(publics, codeRef);
  if (donnes !== undefined) return donnes;
  completions.sayOnce(
    "public-vise-complete-par-defaut",
    "action/code-public-vise",
    TOUT_PUBLIC.code,
    "tout public",
  );
  return [codeRef(TOUT_PUBLIC)];
}
