import type { Connexion } from "../../../../access/index.ts";
import { type FicheAction, PAR_PAGE, type PageDeSessions } from "../../../../catalogue/index.ts";
import { Formulaire } from "../../../pages/form.tsx";
import { dateLheo } from "../../../pages/format.ts";
import { Table } from "../../../pages/layout.tsx";
import { ETATS_DE_SESSION, VOIES_COURTES } from "../mots.ts";

export interface CriteresDeSessions {
  readonly filtre: string;
  readonly apres: number | undefined;
  readonly par: number;
}

interface Props {
  readonly qui: Connexion | undefined;
  readonly action: FicheAction;
  readonly liste: PageDeSessions;
  readonly criteres: CriteresDeSessions;
  /** New ones may be added. */
  readonly ouvert: boolean;
  /** Those that are there may be taken away. */
  readonly retirable: boolean;
}

/** S89, S132: the sessions of an action at the end of its form. */
export function Sessions({ qui, action, liste, criteres, ouvert, retirable }: Props) {
  const adresse = `/gestion/actions/${action.id}`;
  return (
    <section id="sessions" class="sessions-de-l-action" aria-labelledby="sessions-titre">
      <h2 id="sessions-titre">Sessions de formation</h2>
      <p class="aide">
        Une session pour chaque voie d'accès, chaque lieu et chaque série de dates. Il en faut au moins une
        pour publier.
      </p>
      {ouvert ? (
        <p class="actions">
          <a class="bouton" href={`${adresse}/sessions/nouvelle`}>
            Ajouter une session
          </a>
          <a class="bouton" href={`${adresse}/sessions/fabrique`}>
            En ajouter plusieurs d'un coup
          </a>
          <a href={`${adresse}/sessions/reconduire`}>Reconduire pour l'année suivante</a>
        </p>
      ) : null}
      {liste.sessions.length === 0 && criteres.filtre === "" && criteres.apres === undefined ? (
        <p class="vide">Aucune session pour l'instant.</p>
      ) : (
        <>
          <search>
            <form method="get" action={`${adresse}#sessions`} class="filtre-de-sessions">
              <p>
                <label for="par">Afficher</label>
                <select id="par" name="par">
                  {PAR_PAGE.map((par) => (
                    <option value={par} selected={par === criteres.par} key={par}>
                      {par} éléments
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
                  value={criteres.filtre}
                  placeholder="référence, ville, date"
                />
              </p>
              <button type="submit" class="second">
                Afficher
              </button>
            </form>
          </search>
          <Lignes qui={qui} liste={liste} ouvert={ouvert} retirable={retirable} />
          {liste.suite === undefined ? null : (
            <nav class="suivants" aria-label="Suite des sessions">
              <a
                rel="next"
                href={`${adresse}?${new URLSearchParams({ filtre: criteres.filtre, par: String(criteres.par), apres: String(liste.suite) })}#sessions`}
              >
                Suivantes →
              </a>
            </nav>
          )}
        </>
      )}
    </section>
  );
}

function Lignes({ qui, liste, ouvert, retirable }: Omit<Props, "action" | "criteres">) {
  if (liste.sessions.length === 0) return <p class="vide">Aucune session ne correspond.</p>;
  return (
    <Table
      titre="Sessions de l'action"
      colonnes={[
        "Référence",
        "Voie d'accès",
        "Début",
        "Fin",
        "Commune",
        "Organisme formateur",
        "État",
        "Actes",
      ]}
    >
      {liste.sessions.map(({ id, reference, etat, contenu }) => (
        <tr key={id}>
          <th scope="row">
            <a href={`/gestion/sessions/${id}`}>{reference ?? `Brouillon ${id}`}</a>
          </th>
          <td>{VOIES_COURTES[contenu.voie ?? ""] ?? "à choisir"}</td>
          <td>{contenu.debut === undefined ? "à saisir" : dateLheo(contenu.debut)}</td>
          <td>{contenu.fin === undefined ? "à saisir" : dateLheo(contenu.fin)}</td>
          <td>{contenu.lieux?.[0]?.coordonnees.adresse?.ville ?? ""}</td>
          <td>{contenu.formateurs?.[0]?.raison_sociale ?? "le responsable"}</td>
          <td>
            <span class={`etat ${ETATS_DE_SESSION[etat].ton}`}>{ETATS_DE_SESSION[etat].texte}</span>
          </td>
          <td class="actes">
            {ouvert ? (
              <Formulaire qui={qui} vers={`/gestion/sessions/${id}/dupliquer`}>
                <button type="submit" class="second">
                  Dupliquer
                  <span class="cache"> la session {reference ?? id}</span>
                </button>
              </Formulaire>
            ) : null}
            {retirable ? (
              <a href={`/gestion/sessions/${id}/retirer`}>
                Retirer
                <span class="cache"> la session {reference ?? id}</span>
              </a>
            ) : null}
          </td>
        </tr>
      ))}
    </Table>
  );
}
