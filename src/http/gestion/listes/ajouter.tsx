import type { Cadre } from "../../../catalogue/index.ts";
import { CadreGestion } from "../cadre.tsx";
import type { Membre } from "../scope.ts";
import { lienFormations } from "./criteres.ts";
import { Volets } from "./formations.tsx";
import { ORDRE_DES_CADRES, TITRES_DES_CADRES } from "./mots.ts";

interface Props extends Membre {
  readonly cadre: Cadre;
}

/** S53, S54: before one more is added, it is looked for among those that are there. */
export function AjouterPage({ qui, place, cadre }: Props) {
  const possibles = ORDRE_DES_CADRES.filter((one) =>
    place.auteur.role === "financeur" ? one === "conventionnee" : one !== "conventionnee",
  );
  return (
    <CadreGestion titre="Ajouter une nouvelle formation" qui={qui} place={place} ici="/gestion/formations">
      <h1>Ajouter une nouvelle formation</h1>
      <Volets cadre={cadre} ici="ajouter" ecrit />
      <section>
        <h2>Vérifiez d'abord qu'elle n'existe pas</h2>
        <p class="aide">
          De nouvelles dates, un autre lieu ou une autre voie d'accès s'ajoutent comme sessions d'une
          formation existante. Une nouvelle formation n'est utile que si le programme, les objectifs ou la
          certification changent.
        </p>
        <search>
          <form method="get" action="/gestion/formations" class="filtres-liste">
            <input type="hidden" name="cadre" value={cadre} />
            <input type="hidden" name="onglet" value="publiees" />
            <p>
              <label for="filtre">Mots de l'intitulé, référence ou certification</label>
              <input type="search" id="filtre" name="filtre" maxLength={200} required />
            </p>
            <p>
              <button type="submit">Chercher dans « Publiées »</button>
            </p>
          </form>
        </search>
        <p>
          <a href={lienFormations({ cadre, onglet: "publiees" })}>Voir toutes les formations publiées</a>
        </p>
      </section>
      <section>
        <h2>Ajouter</h2>
        <p>Cliquez sur le bouton ci-dessous pour ajouter une nouvelle formation :</p>
        {possibles.map((one) => (
          <p key={one}>
            <a class="bouton" href={`/gestion/actions/nouvelle?cadre=${one}`}>
              {one === "non_conventionnee" || possibles.length === 1
                ? "Ajouter une nouvelle formation"
                : `Ajouter une formation : ${TITRES_DES_CADRES[one].toLowerCase()}`}
            </a>
          </p>
        ))}
      </section>
    </CadreGestion>
  );
}
