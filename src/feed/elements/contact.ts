import type { Contact } from "../../published/contract/index.ts";
import type { Bati } from "../entree.ts";
import { optionnel } from "../valeurs.ts";
import { buildCoordonnees } from "./coordonnees.ts";

/** `tag="principal"`, where readers look first. */
export const PRINCIPAL = { tag: "principal" } as const;

/**
 * LHEO `contact-formation`, `contact-organisme`, `contact-session` and `contact-formateur`, which are one shape
 * (S66, S98).
 */
export function buildContact({ type_contact, principal, coordonnees }: Contact): Bati<"contact-formation"> {
  return {
    "@": principal ? PRINCIPAL : undefined,
    "type-contact": optionnel(type_contact),
    coordonnees: buildCoordonnees(coordonnees),
  };
}
