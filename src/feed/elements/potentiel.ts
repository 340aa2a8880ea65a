import type { CodeRef } from "../../published/contract/index.ts";
import type { Bati } from "../entree.ts";
import { codeRef } from "../valeurs.ts";

/** LHEO `potentiel`: what a body can teach. */
export function buildPotentiel(codes: readonly CodeRef[]): Bati<"potentiel"> | undefined {
  return codes.length === 0 ? undefined : { "code-FORMACODE": codes.map(codeRef) };
}
