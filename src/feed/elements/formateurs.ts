import type { Organisme, Session, Version } from "../../published/contract/index.ts";
import type { Completions } from "../completions.ts";
import type { Bati } from "../entree.ts";
import { numeroOrganisme } from "../numeros.ts";
import { liste } from "../valeurs.ts";
import { buildFormateur } from "./formateur.ts";

/**
 * LHEO `organisme-formateur`: those of the session (S97), else the organisme responsable, which then teaches itself.
 * The language does without, but the national readers drop an action that has none.
 */
export function buildFormateurs(
  { numero, contenu: { formateurs } }: Pick<Version<Pick<Session, "formateurs">>, "numero" | "contenu">,
  organisme: Pick<Version<Organisme>, "numero" | "contenu">,
  base: string,
  completions: Completions,
): readonly Bati<"organisme-formateur">[] {
  // The same body has the same number in the feed, in whichever role it stands.
  const propres = liste(formateurs, (formateur) =>
    buildFormateur(
      formateur.numero === organisme.numero
        ? { ...formateur, numero: numeroOrganisme(base, organisme) }
        : formateur,
    ),
  );
  if (propres !== undefined) return propres;
  const { siret, raison_sociale } = organisme.contenu;
  completions.say("organisme-formateur-complete-par-defaut", {
    path: "action/organisme-formateur",
    value: raison_sociale,
    attendu: "l'organisme responsable",
    session: numero,
  });
  return [
    {
      "@": { numero: numeroOrganisme(base, organisme) },
      "SIRET-formateur": { SIRET: siret },
      "raison-sociale-formateur": raison_sociale,
    },
  ];
}
