import { compte } from "../format.ts";
import { Section } from "../layout.tsx";
import type { AFaire } from "./aFaireData.ts";

/** Lines shown; the page of alerts has the rest. */
const SHOWN = 8;

/** What needs a person now, each with where to go. */
export function AFaireSection({ aFaire }: { aFaire: readonly AFaire[] }) {
  return (
    <Section titre="À faire maintenant">
      {aFaire.length === 0 ? (
        <p>Rien n'attend personne.</p>
      ) : (
        <ul class="a-faire">
          {aFaire.slice(0, SHOWN).map(({ texte, lien }) => (
            <li key={texte}>
              {texte} <a href={lien.vers}>{lien.texte}</a>
            </li>
          ))}
          {aFaire.length <= SHOWN ? null : (
            <li>
              et {compte(aFaire.length - SHOWN, "autre")} <a href="/alertes">Toutes les alertes</a>
            </li>
          )}
        </ul>
      )}
    </Section>
  );
}
