import type { ActionSemblable, Cadre } from "../../../../catalogue/index.ts";
import { Formulaire, Refus } from "../../../pages/form.tsx";
import { CadreGestion } from "../../cadre.tsx";
import { TITRES_DES_CADRES } from "../../listes/mots.ts";
import type { Lecteur } from "../../scope.ts";
import { ETATS_D_ACTION } from "../mots.ts";

interface Props extends Lecteur {
  readonly cadre: Cadre;
  /** Number of the organisme, asked of who writes for others. */
  readonly structure: string | undefined;
  readonly intitule?: string;
  readonly limite: number | undefined;
  readonly semblables?: readonly ActionSemblable[];
  readonly refus?: string;
}

/** S53, S54: a new action starts by its title, which tells whether it is not there already. */
export function NouvellePage(props: Props) {
  const { qui, place, cadre, structure, intitule = "", limite, semblables = [], refus } = props;
  return (
    <CadreGestion titre="Nouvelle formation" qui={qui} place={place} ici="/gestion/formations">
      <p class="fil">
        <a href={`/gestion/formations?cadre=${cadre}`}>← {TITRES_DES_CADRES[cadre]}</a>
      </p>
      <h1>Ajouter une nouvelle formation</h1>
      <p class="chapeau">
        De nouvelles dates, un autre lieu ou une autre voie d'accès ? Ajoutez plutôt une session à la
        formation qui existe. Une nouvelle formation se justifie si le programme, les objectifs ou la
        certification changent.
      </p>
      <Refus texte={refus} />
      {semblables.length === 0 ? null : (
        <section
          class="bandeau gris"
          id="bandeau"
          tabIndex={-1}
          role="alert"
          aria-label="Formations semblables"
        >
          <h2>N'est-ce pas l'une de celles-ci ?</h2>
          <ul>
            {semblables.map(({ id, reference, intitule: titre, etat }) => (
              <li key={id}>
                <a href={`/gestion/actions/${id}`}>{titre}</a> <span class="code">{reference}</span>{" "}
                <span class={`etat ${ETATS_D_ACTION[etat].ton}`}>{ETATS_D_ACTION[etat].texte}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <Formulaire
        qui={qui}
        vers="/gestion/actions/nouvelle"
        classe="fiche"
        champs={{ cadre, ...(semblables.length === 0 ? {} : { vue: "1" }) }}
      >
        {structure === undefined ? null : (
          <p class="champ">
            <label for="structure">Organisme responsable</label>
            <input
              type="text"
              id="structure"
              name="structure"
              value={structure}
              required
              autocomplete="off"
              aria-describedby="structure-aide"
            />
            <small id="structure-aide" class="discret">
              Son numéro dans le catalogue.
            </small>
          </p>
        )}
        <p class="champ">
          <label for="intitule">Intitulé de la formation</label>
          <input
            type="text"
            id="intitule"
            name="intitule"
            value={intitule}
            maxLength={limite}
            required
            autocomplete="off"
            aria-describedby="intitule-aide"
          />
          <small id="intitule-aide" class="discret">
            En minuscules, le plus explicite possible ; l'intitulé officiel si un diplôme est délivré.
          </small>
        </p>
        <p class="actions">
          <button type="submit">
            {semblables.length === 0 ? "Continuer" : "C'en est une autre : continuer"}
          </button>
        </p>
      </Formulaire>
    </CadreGestion>
  );
}
