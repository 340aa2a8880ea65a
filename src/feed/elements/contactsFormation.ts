import type { Action, Organisme } from "../../published/contract/index.ts";
import type { Completions } from "../completions.ts";
import type { Bati } from "../entree.ts";
import { liste } from "../valeurs.ts";
import { buildContact } from "./contact.ts";
import { buildCoordonnees } from "./coordonnees.ts";

/** LHEO `contact-formation`: those of the action, else those of its organisme (S66). */
export function buildContactsFormation(
  action: Pick<Action, "contacts">,
  organisme: Pick<Organisme, "contacts" | "coordonnees">,
  completions: Completions,
): readonly Bati<"contact-formation">[] {
  const propres = liste(action.contacts, buildContact);
  if (propres !== undefined) return propres;
  const deLOrganisme = liste(organisme.contacts, buildContact);
  completions.say("contact-formation-complete-par-defaut", {
    path: "contact-formation",
    value: deLOrganisme === undefined ? "coordonnées de l'organisme" : "contacts de l'organisme",
  });
  return deLOrganisme ?? [{ coordonnees: buildCoordonnees(organisme.coordonnees) }];
}
