import { RECHERCHE_NATIONALE } from "../../recherches/mots.ts";
import { Certifications } from "../../recherches/resultats.tsx";
import { idDe, type Vue } from "../vue.ts";

/**
 * Certifications of an action (S74–S83): those chosen, each with its box to untick, and a search. Without a script the search
 * sends the form and shows what it found; with one, it answers while one types.
 */
export function CertificationsVue({ nom, max, vue }: { nom: string; max: number; vue: Vue }) {
  const chosen = (vue.saisies.get(nom) ?? []).filter((cle) => cle !== "");
  return (
    <div data-certifications={nom} data-max={max}>
      <input type="hidden" name={nom} value="" />
      <ul class="choisies">
        {chosen.map((cle) => (
          <li key={cle}>
            <input type="checkbox" id={`${idDe(nom)}--${idDe(cle)}`} name={nom} value={cle} checked />
            <label for={`${idDe(nom)}--${idDe(cle)}`}>
              <span class="code">{cle}</span> {vue.certifications.get(cle) ?? "Intitulé inconnu du registre"}
            </label>
          </li>
        ))}
      </ul>
      <p class="discret" data-compte="">
        {chosen.length} sur {max} au plus. Décochez pour retirer.
      </p>
      {chosen.length >= max ? null : (
        <div class="chercher">
          <label for="recherche-certification">Chercher une certification</label>
          <small class="aide-du-champ" id="recherche-certification-aide">
            Mot-clé, code Certif Info, RNCP ou RS. À vérifier au besoin sur la{" "}
            <a href={RECHERCHE_NATIONALE} rel="noreferrer" target="_blank">
              recherche nationale<span class="cache"> (nouvel onglet)</span>
            </a>
            .
          </small>
          <div class="sur-une-ligne">
            <input
              type="search"
              id="recherche-certification"
              name="q_certification"
              value={vue.recherche?.q ?? ""}
              autocomplete="off"
              aria-describedby="recherche-certification-aide"
              data-recherche="/gestion/certifications"
            />
            <button type="submit" name="acte" value="chercher" class="second" formNoValidate>
              Chercher
            </button>
          </div>
          <div data-trouves="" aria-live="polite">
            {vue.recherche === undefined ? null : (
              <Certifications trouves={vue.recherche.trouves} choix="ajouter_certification" />
            )}
          </div>
        </div>
      )}
    </div>
  );
}
