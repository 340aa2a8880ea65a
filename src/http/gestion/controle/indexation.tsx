import type { Connexion } from "../../../access/index.ts";
import type { FicheAction, Suggestion } from "../../../catalogue/index.ts";
import { Formulaire } from "../../pages/form.tsx";
import { Section } from "../../pages/layout.tsx";

/** S141: the subjects that an action is found by; those that its words suggest are added by one press. */
export function Indexation({
  qui,
  fiche,
  suggestions,
}: {
  qui: Connexion | undefined;
  fiche: FicheAction;
  suggestions: readonly Suggestion[];
}) {
  const had = fiche.contenu.formacodes ?? [];
  return (
    <Section titre="Mots-clés (Formacode)">
      <p>{had.length === 0 ? "Aucun pour l'instant." : had.map(({ code }) => code).join(", ")}</p>
      {suggestions.length === 0 ? null : (
        <>
          <p class="aide">Suggérés par l'intitulé, l'objectif et le programme :</p>
          <ul class="suggestions">
            {suggestions.map(({ code, libelle, mots }) => (
              <li key={code}>
                <Formulaire
                  qui={qui}
                  vers={`/gestion/controle/${fiche.id}/formacode`}
                  champs={{ revision: String(fiche.revision), code }}
                >
                  <button type="submit" class="second">
                    Ajouter {code} {libelle}
                  </button>{" "}
                  <span class="discret">{mots.join(", ")}</span>
                </Formulaire>
              </li>
            ))}
          </ul>
        </>
      )}
    </Section>
  );
}
