import {
  type Cadre,
  type Comptes,
  etatDe,
  ONGLETS,
  PAR_PAGE,
  type PageDActions,
} from "../../../catalogue/index.ts";
import { nombre } from "../../pages/format.ts";
import { CadreGestion } from "../cadre.tsx";
import type { Membre } from "../scope.ts";
import { type Criteres, lienFormations } from "./criteres.ts";
import { AIDES_DES_ONGLETS, ORDRE_DES_CADRES, TITRES_DES_CADRES } from "./mots.ts";
import { Pages } from "./pages.tsx";
import { Sortie } from "./sortie.tsx";
import { Tableau } from "./tableau.tsx";

interface Vue extends Membre {
  readonly criteres: Criteres;
  readonly comptes: Comptes;
  readonly liste: PageDActions;
  /** Where an OF writes to have an action published again. */
  readonly contact: string | undefined;
}

/** The lists of the catalogue: three accordions, eight tabs (S22–S28, S54). */
export function FormationsPage(vue: Vue) {
  const { qui, place, criteres, comptes } = vue;
  return (
    <CadreGestion titre="Gestion des formations" qui={qui} place={place} ici="/gestion/formations">
      <h1>Modifier ou ajouter une formation</h1>
      <Volets cadre={criteres.cadre} ici="modifier" ecrit={place.auteur.role !== "lecteur_of"} />
      {ORDRE_DES_CADRES.map((cadre) => (
        <section class="accordeon" key={cadre}>
          <h2>
            <a
              href={lienFormations({ cadre, onglet: criteres.onglet, structure: criteres.structure })}
              aria-expanded={cadre === criteres.cadre}
            >
              {TITRES_DES_CADRES[cadre]} <span class="compte">[{nombre(totalOf(comptes[cadre]))}]</span>
            </a>
          </h2>
          {cadre === criteres.cadre ? <Ouvert {...vue} /> : null}
        </section>
      ))}
    </CadreGestion>
  );
}

const totalOf = (comptes: Comptes[Cadre]): number =>
  Object.values(comptes).reduce((sum, count) => sum + count, 0);

/** S54: change one that is there, or add one. */
export function Volets({ cadre, ici, ecrit }: { cadre: Cadre; ici: "modifier" | "ajouter"; ecrit: boolean }) {
  if (!ecrit) return null;
  return (
    <nav class="choix" aria-label="Modifier ou ajouter">
      <ul>
        <li>
          <a href={lienFormations({ cadre })} aria-current={ici === "modifier" ? "page" : undefined}>
            Modifier une formation existante
          </a>
        </li>
        <li>
          <a
            href={`/gestion/formations/ajouter?cadre=${cadre}`}
            aria-current={ici === "ajouter" ? "page" : undefined}
          >
            Ajouter une nouvelle formation
          </a>
        </li>
      </ul>
    </nav>
  );
}

function Ouvert({ place, criteres, comptes, liste, contact }: Vue) {
  const { cadre, onglet, structure } = criteres;
  return (
    <>
      <nav class="onglets" aria-label={`Onglets des ${TITRES_DES_CADRES[cadre].toLowerCase()}`}>
        <ul>
          {ONGLETS.map(({ id, titre, etat }) => (
            <li key={id}>
              <a
                href={lienFormations({ cadre, onglet: id, structure })}
                aria-current={id === onglet ? "page" : undefined}
              >
                {titre} <span class="compte">[{nombre(comptes[cadre][etat] ?? 0)}]</span>
              </a>
            </li>
          ))}
          <li>
            <a href={`/gestion/importer?cadre=${cadre}`}>Import</a>
          </li>
        </ul>
      </nav>
      <p class="aide">{AIDES_DES_ONGLETS[onglet]}</p>
      <Sortie etat={etatDe(onglet)} contact={contact} role={place.auteur.role} />
      <Filtres criteres={criteres} plusieurs={place.auteur.role === "controle"} />
      <Tableau criteres={criteres} liste={liste} auteur={place.auteur} />
      <Pages criteres={criteres} liste={liste} />
    </>
  );
}

function Filtres({ criteres, plusieurs }: { criteres: Criteres; plusieurs: boolean }) {
  const { cadre, onglet, filtre, tri, sens, par, structure } = criteres;
  return (
    <search>
      <form method="get" action="/gestion/formations" class="filtres-liste">
        {Object.entries({ cadre, onglet, tri, sens }).map(([nom, valeur]) => (
          <input type="hidden" name={nom} value={valeur} key={nom} />
        ))}
        <p>
          <label for="par">Afficher</label>
          <select id="par" name="par">
            {PAR_PAGE.map((choix) => (
              <option value={choix} selected={choix === par} key={choix}>
                {choix} éléments
              </option>
            ))}
          </select>
        </p>
        <p>
          <label for="filtre">Filtrer</label>
          <input
            type="search"
            id="filtre"
            name="filtre"
            defaultValue={filtre}
            maxLength={200}
            placeholder="intitulé, référence ou certification"
          />
        </p>
        {plusieurs ? (
          <p>
            <label for="structure">Organisme</label>
            <input
              type="search"
              id="structure"
              name="structure"
              defaultValue={structure}
              maxLength={200}
              placeholder="nom, numéro ou SIRET"
            />
          </p>
        ) : null}
        <p>
          <button type="submit">Appliquer</button> <a href={lienFormations(criteres)}>Actualiser</a>
        </p>
      </form>
    </search>
  );
}
