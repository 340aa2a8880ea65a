import type { Cadre } from "../../fiche.ts";
import type { Formulaire } from "../definition.ts";
import { acces, accueil, contacts } from "./acces.ts";
import { conventionnement, financement } from "./financement.ts";
import { organisation } from "./organisation.ts";
import { domaine, presentation } from "./presentation.ts";
import { validation } from "./validation.ts";

/** The form of an action (S63–S88). */
export function formulaireAction(cadre: Cadre): Formulaire {
  return {
    genre: "action",
    sections: [
      presentation,
      validation,
      organisation,
      acces,
      financement,
      ...(cadre === "conventionnee" ? [conventionnement] : []),
      contacts,
      accueil,
      domaine,
    ],
  };
}
