import type { Connexion } from "../../../access/index.ts";
import type { Ligne } from "../../../audit/index.ts";
import type { LastRun } from "../../../cron/index.ts";
import { instant, nombre } from "../format.ts";
import { Layout, Section, Suivants } from "../layout.tsx";
import { adresse } from "../texte.ts";
import { Actes } from "./actes.tsx";
import { OBJETS } from "./mots.ts";

/** What is looked for in the audit; an empty text asks for nothing. */
export interface Recherche {
  readonly acteur: string;
  readonly objet: string;
  readonly id: string;
}

interface Journal {
  readonly qui: Connexion | undefined;
  readonly recherche: Recherche;
  readonly actes: readonly Ligne[];
  readonly suivant: number | undefined;
  /** The last check of the chain. */
  readonly controle: LastRun | null;
}

/** Who did what and why, the latest first, and whether the chain of it still holds. */
export function JournalPage({ qui, recherche, actes, suivant, controle }: Journal) {
  return (
    <Layout titre="Journal" qui={qui} ici="/journal">
      <h1>Journal</h1>
      <p class="chapeau">Qui a fait quoi, et pourquoi. Rien ne s'y modifie ni ne s'en retire.</p>
      <Controle controle={controle} />
      <form method="get" action="/journal" class="filtres">
        <p class="champ">
          <label for="acteur">Qui</label>
          <input
            type="text"
            id="acteur"
            name="acteur"
            value={recherche.acteur}
            placeholder="compte:camille, console:…"
          />
        </p>
        <p class="champ">
          <label for="objet">Sur quoi</label>
          <select id="objet" name="objet">
            <option value="">tout</option>
            {OBJETS.map(([code, texte]) => (
              <option value={code} selected={code === recherche.objet} key={code}>
                {texte}
              </option>
            ))}
          </select>
        </p>
        <p class="champ">
          <label for="id">Lequel</label>
          <input type="text" id="id" name="id" value={recherche.id} placeholder="nom ou numéro" />
        </p>
        <p class="actions">
          <button type="submit">Filtrer</button>
          {Object.values(recherche).every((text) => text === "") ? null : <a href="/journal">Tout voir</a>}
        </p>
      </form>
      <Section titre="Actes">
        <Actes actes={actes} />
        {suivant === undefined ? null : (
          <Suivants vers={adresse("/journal", { ...recherche, avant: String(suivant) })} />
        )}
      </Section>
    </Layout>
  );
}

/** The chain is read whole each night; what that found. */
function Controle({ controle }: { controle: LastRun | null }) {
  if (controle === null || controle.fin === null || controle.etat !== "faite")
    return <p class="discret">La chaîne du journal n'a pas encore été vérifiée : elle l'est chaque nuit.</p>;
  const { lignes, rupture } = controle.bilan ?? {};
  if (isRupture(rupture))
    return (
      <p class="souci">
        Vérifié le {instant(controle.fin)} : la chaîne est rompue. {rupture.raison} Comparez la base à sa
        dernière sauvegarde.
      </p>
    );
  return (
    <p>
      Vérifié le {instant(controle.fin)} : la chaîne tient
      {typeof lignes === "number" ? `, ${nombre(lignes)} ligne${lignes > 1 ? "s" : ""} relues` : ""}.
    </p>
  );
}

function isRupture(value: unknown): value is { readonly raison: string } {
  return typeof value === "object" && value !== null && "raison" in value && typeof value.raison === "string";
}
