import type { ComponentChildren } from "preact";
import { atLeast } from "../../access/index.ts";
import { Formulaire } from "../pages/form.tsx";
import { Layout } from "../pages/layout.tsx";
import { aDroit, type Droit, type Lecteur } from "./scope.ts";

/** The menu of the catalogue (S16, S24); an entry shows to who may open it. */
const MENU: readonly { readonly vers: string; readonly texte: string; readonly droit: Droit }[] = [
  { vers: "/gestion", texte: "Accueil", droit: "tous" },
  { vers: "/gestion/formations", texte: "Gestion des formations", droit: "catalogue.lire" },
  { vers: "/gestion/controle", texte: "Contrôle", droit: "controle" },
  { vers: "/gestion/mon-catalogue", texte: "Mon catalogue", droit: "catalogue.lire" },
  { vers: "/gestion/importer", texte: "Import", droit: "catalogue.ecrire" },
  { vers: "/gestion/structures", texte: "Mes structures", droit: "tous" },
];

/**
 * The frame of every page of the catalogue: its own menu, and the active structure at the top right (S20).
 * @param qui `request.connexion`
 * @param place `request.place`
 * @param ici entry of the menu that the page belongs to: `/gestion/formations`
 */
export function CadreGestion({
  titre,
  qui,
  place,
  ici,
  children,
}: Lecteur & {
  titre: string;
  ici?: string;
  children: ComponentChildren;
}) {
  return (
    <Layout titre={titre} qui={qui} accueil="/gestion" menu={<Menu qui={qui} place={place} ici={ici} />}>
      {children}
    </Layout>
  );
}

function Menu({ qui, place, ici }: Lecteur & { ici: string | undefined }) {
  return (
    <>
      <nav aria-label="Menu">
        <ul>
          {MENU.filter(({ droit }) => aDroit(qui, place, droit)).map(({ vers, texte }) => (
            <li key={vers}>
              <a href={vers} aria-current={vers === ici ? "page" : undefined}>
                {texte}
              </a>
            </li>
          ))}
          {qui !== undefined && atLeast(qui.compte.role, "lecteur") ? (
            <li>
              <a href="/">Exploitation</a>
            </li>
          ) : null}
        </ul>
      </nav>
      <StructureActive qui={qui} place={place} />
    </>
  );
}

function StructureActive({ qui, place }: Lecteur) {
  if (place === undefined) return <p class="structure-active">Aucune structure</p>;
  const { active, structures } = place;
  if (structures.length === 1) return <p class="structure-active">{active.nom}</p>;
  return (
    <details class="structure-active">
      <summary>
        <span class="cache">Structure active : </span>
        {active.nom}
      </summary>
      <Formulaire qui={qui} vers="/gestion/structure" classe="fiche">
        <p class="champ">
          <label for="structure-active">Agir pour</label>
          <select id="structure-active" name="structure">
            {structures.map(({ numero, nom, ville }) => (
              <option value={numero} selected={numero === active.numero} key={numero}>
                {ville === null ? nom : `${nom} (${ville})`}
              </option>
            ))}
          </select>
        </p>
        <button type="submit">Choisir</button>
      </Formulaire>
    </details>
  );
}
