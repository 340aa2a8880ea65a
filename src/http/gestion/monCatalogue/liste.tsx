import { LIBELLES_DES_VOIES } from "../../../feed/index.ts";
import { VOIES } from "../../../published/contract/index.ts";
import type { ActionEnLigne } from "../../../published/index.ts";
import { compter, dateLheo } from "../../pages/format.ts";
import { Suivants } from "../../pages/layout.tsx";
import { adresse } from "../../pages/texte.ts";
import { CadreGestion } from "../cadre.tsx";
import type { Membre } from "../scope.ts";
import { codesOf } from "./codes.ts";
import type { Filtre } from "./filtre.ts";

interface Props extends Membre {
  readonly filtre: Filtre;
  /** Undefined: nobody was chosen. */
  readonly organisme: { readonly numero: string; readonly nom: string } | undefined;
  readonly actions: readonly ActionEnLigne[];
  readonly suite: string | undefined;
}

/** S144: the whole offer of a structure as the search engines have it. */
export function MonCataloguePage({ qui, place, filtre, organisme, actions, suite }: Props) {
  const choisit = place.auteur.role === "controle";
  return (
    <CadreGestion titre="Mon catalogue" qui={qui} place={place} ici="/gestion/mon-catalogue">
      <h1>Mon catalogue</h1>
      <p class="chapeau">
        {organisme === undefined
          ? "Choisissez un organisme pour voir ce qu'il a en ligne."
          : `Ce que « ${organisme.nom} » a en ligne, comme les moteurs de recherche le montrent.`}
      </p>
      <Filtres filtre={filtre} choisit={choisit} />
      {organisme === undefined ? null : actions.length === 0 ? (
        <p class="vide" role="status">
          Aucune formation en ligne ne correspond.
        </p>
      ) : (
        <ul class="offre-en-ligne">
          {actions.map((action) => (
            <Carte action={action} key={action.numero} />
          ))}
        </ul>
      )}
      {suite === undefined ? null : (
        <Suivants vers={adresse("/gestion/mon-catalogue", { ...filtre, apres: suite })} />
      )}
    </CadreGestion>
  );
}

function Filtres({ filtre, choisit }: { filtre: Filtre; choisit: boolean }) {
  return (
    <search>
      <form method="get" action="/gestion/mon-catalogue" class="filtres-liste">
        {choisit ? (
          <p>
            <label for="organisme">Organisme (nom, numéro ou SIRET)</label>
            <input
              type="search"
              id="organisme"
              name="organisme"
              defaultValue={filtre.organisme}
              maxLength={200}
            />
          </p>
        ) : null}
        <p>
          <label for="mots">Mots de l'intitulé</label>
          <input type="search" id="mots" name="mots" defaultValue={filtre.mots} maxLength={200} />
        </p>
        <p>
          <label for="lieu">Ville ou code postal</label>
          <input type="search" id="lieu" name="lieu" defaultValue={filtre.lieu} maxLength={100} />
        </p>
        <p>
          <label for="voie">Voie d'accès</label>
          <select id="voie" name="voie">
            <option value="">Toutes</option>
            {VOIES.map((voie) => (
              <option value={voie} selected={voie === filtre.voie} key={voie}>
                {LIBELLES_DES_VOIES[voie]}
              </option>
            ))}
          </select>
        </p>
        <p>
          <button type="submit">Filtrer</button>
        </p>
      </form>
    </search>
  );
}

function Carte({ action }: { action: ActionEnLigne }) {
  const { numero, intitule, objectif, certifications, sessions, debut, fin, villes, voies } = action;
  const codes = codesOf(certifications);
  return (
    <li>
      <h2>
        <a href={`/gestion/mon-catalogue/${encodeURIComponent(numero)}`}>{intitule}</a>
      </h2>
      <p class="discret">
        {numero}
        {codes === "" ? "" : ` · ${codes}`} · {voies.map((voie) => LIBELLES_DES_VOIES[voie]).join(", ")}
      </p>
      <p>{objectif.length > DEBUT ? `${objectif.slice(0, DEBUT)}…` : objectif}</p>
      <p>
        {compter(sessions, "session", "sessions")}, du {dateLheo(debut)} au {dateLheo(fin)}
        {villes.length === 0 ? "" : ` : ${villes.slice(0, VILLES).join(", ")}`}
        {villes.length > VILLES ? "…" : ""}
      </p>
    </li>
  );
}

const DEBUT = 220;
const VILLES = 5;
