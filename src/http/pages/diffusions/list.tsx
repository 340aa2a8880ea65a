import type { Connexion } from "../../../access/index.ts";
import { peut } from "../form.tsx";
import { compte, instant } from "../format.ts";
import { Etat, Layout, Section, Suivants, Table } from "../layout.tsx";
import { adresse } from "../texte.ts";
import { accuse } from "../words.ts";
import { Criteria } from "./champs.tsx";
import { ANNONCEE, type Criteres } from "./criteres.ts";
import type { Destinataire, Ligne, Page } from "./data.ts";

interface List {
  readonly qui: Connexion | undefined;
  readonly criteres: Criteres;
  readonly erreur: string | undefined;
  readonly destinataires: readonly Destinataire[];
  readonly page: Page;
}

/** Deliveries, by filter: what is announced, then the latest made. */
export function DiffusionsPage({ qui, criteres, erreur, destinataires, page }: List) {
  const { annoncees, lignes, suivant } = page;
  const filtre = Object.values(criteres).some((text) => text !== "");
  return (
    <Layout titre="Diffusions" qui={qui} ici="/diffusions" direct={["diffusions"]}>
      <h1>Diffusions</h1>
      <p class="chapeau">Une diffusion est un fichier d'un profil pour un partenaire.</p>
      {erreur === undefined ? null : (
        <p class="souci" role="alert">
          {erreur}
        </p>
      )}
      <form method="get" action="/diffusions" class="filtres">
        <Criteria criteres={criteres} destinataires={destinataires} annoncees tous="tous" />
        <p class="actions">
          <button type="submit">Filtrer</button>
          {filtre ? <a href="/diffusions">Tout voir</a> : null}
          {filtre && criteres.etat !== ANNONCEE && peut(qui, "operateur") ? (
            <a href={adresse("/rejeux", criteres)}>Rejouer celles-ci…</a>
          ) : null}
        </p>
      </form>
      {annoncees.length === 0 ? null : (
        <Section
          titre="Annoncées"
          aide="Leur contenu n'existe pas encore : c'est celui de l'édition de ce jour-là."
        >
          <Table titre="Diffusions annoncées" colonnes={["Partenaire", "Départ prévu", "Diffusion"]}>
            {annoncees.map((ligne) => (
              <tr key={ligne.id} id={`diffusion-${ligne.id}`}>
                <Partenaire {...ligne} />
                <td>{instant(ligne.due_at)}</td>
                <Nom {...ligne} />
              </tr>
            ))}
          </Table>
        </Section>
      )}
      {criteres.etat === ANNONCEE ? (
        annoncees.length === 0 ? (
          <p>Aucune diffusion n'est annoncée.</p>
        ) : null
      ) : (
        <Section titre="Les dernières">
          <Table
            titre="Dernières diffusions"
            colonnes={["Partenaire", "État", "Départ prévu", "Dernier essai", "Accusés", "Diffusion"]}
          >
            {lignes.map((ligne) => (
              <Diffusion {...ligne} key={ligne.id} />
            ))}
            {lignes.length > 0 ? null : (
              <tr>
                <td colSpan={6} class="discret">
                  {filtre ? "Aucune diffusion ne répond à ces critères." : "Aucune diffusion pour l'instant."}
                </td>
              </tr>
            )}
          </Table>
          {suivant === undefined ? null : (
            <Suivants vers={adresse("/diffusions", { ...criteres, apres: suivant })} />
          )}
        </Section>
      )}
    </Layout>
  );
}

function Diffusion(ligne: Ligne) {
  const { etat, motif, due_at, essai_at, epoch, issue, http_status, accuses } = ligne;
  return (
    <tr id={`diffusion-${ligne.id}`}>
      <Partenaire {...ligne} />
      <td>
        <Etat code={etat} />
        {motif === null ? null : <p class="discret motif">{motif}</p>}
      </td>
      <td>{instant(due_at)}</td>
      <td>
        {essai_at === null ? (
          <span class="discret">pas encore parti</span>
        ) : (
          <>
            <Etat code={issue ?? "en_cours"} />
            <p class="discret">
              {instant(essai_at)}
              {epoch > 1 ? ` · essai ${epoch}` : ""}
              {http_status === null ? "" : ` · réponse ${http_status}`}
            </p>
          </>
        )}
      </td>
      <td>
        {accuses.map((one, rang) => (
          <p key={rang}>
            {accuse(one)}
            {one.refusees === 0 ? "" : `, ${compte(one.refusees, "refusée")}`}
          </p>
        ))}
      </td>
      <Nom {...ligne} />
    </tr>
  );
}

function Partenaire({ nom, partner }: Ligne) {
  return (
    <th scope="row">
      {nom} <span class="code">{partner}</span>
    </th>
  );
}

function Nom({ id, sessions, replay_of }: Ligne) {
  return (
    <td>
      <a class="code" href={`/diffusions/${id}`}>
        {id}
      </a>
      <p class="discret">
        {sessions === null ? "contenu à venir" : compte(sessions, "session")}
        {replay_of === null ? "" : " · rejeu"}
      </p>
    </td>
  );
}
