import type { Connexion } from "../../access/index.ts";
import { AFaireSection } from "./alertes/aFaire.tsx";
import type { AFaire } from "./alertes/aFaireData.ts";
import { BrefVue } from "./bref.tsx";
import type { Bref, DeliveryRow, EditionRow, ProfilRow } from "./data.ts";
import { court, instant, jourEnLettres, nombre, taille } from "./format.ts";
import type { Graphiques } from "./graphiques/data.ts";
import { GraphiquesSection } from "./graphiques/section.tsx";
import { Etat, Layout, Section, Table } from "./layout.tsx";
import { accuse } from "./words.ts";

interface Overview {
  readonly qui: Connexion | undefined;
  readonly bref: Bref;
  /** What needs a person now. */
  readonly aFaire: readonly AFaire[];
  readonly graphiques: Graphiques;
  readonly profils: readonly ProfilRow[];
  readonly deliveries: readonly DeliveryRow[];
  readonly editions: readonly EditionRow[];
}

/** The first page: what is served now, what leaves, what was made. */
export function OverviewPage({ qui, bref, aFaire, graphiques, profils, deliveries, editions }: Overview) {
  return (
    <Layout titre="Vue d'ensemble" qui={qui} ici="/" direct={["diffusions", "editions", "alertes"]}>
      <h1>Vue d'ensemble</h1>
      <BrefVue bref={bref} derniere={editions[0]} />
      <AFaireSection aFaire={aFaire} />
      <GraphiquesSection {...graphiques} />
      <Section
        titre="Flux servis"
        aide="Un flux par profil ; un profil servi par un autre n'a pas de fichier à lui."
      >
        <Table
          titre="Flux par profil"
          colonnes={["Profil", "Formations", "Sessions", "Écartées", "Flux", "Du"]}
        >
          {profils.map((row) => (
            <ProfilLine {...row} key={row.profil.id} />
          ))}
        </Table>
      </Section>
      <Section titre="Diffusions" aide="Celles qui attendent d'abord, puis les dernières parties.">
        <Table
          titre="Dernières diffusions"
          colonnes={["Partenaire", "État", "Départ prévu", "Réponse", "Diffusion"]}
        >
          {deliveries.map((row) => (
            <DeliveryLine {...row} key={row.id} />
          ))}
          {deliveries.length === 0 ? <Nothing colonnes={5} texte="Aucune diffusion pour l'instant." /> : null}
        </Table>
      </Section>
      <Section titre="Éditions" aide="Chaque édition relit l'offre publiée et écrit les flux qui ont changé.">
        <Table titre="Dernières éditions" colonnes={["Édition", "État", "Quand", "Ce qu'il y a à voir"]}>
          {editions.map((row) => (
            <EditionLine {...row} key={row.id} />
          ))}
          {editions.length === 0 ? <Nothing colonnes={4} texte="Aucune édition pour l'instant." /> : null}
        </Table>
      </Section>
    </Layout>
  );
}

function ProfilLine({ profil, snapshot }: ProfilRow) {
  const relais = Array.isArray(profil.mode) ? undefined : profil.mode.via;
  return (
    <tr>
      <th scope="row">
        {profil.nom} <span class="code">{profil.id}</span>
      </th>
      {relais !== undefined ? (
        <td colSpan={5} class="discret">
          servi par {relais}
        </td>
      ) : snapshot === undefined ? (
        <td colSpan={5} class="discret">
          pas encore de flux
        </td>
      ) : (
        <>
          <td class="nombre">{nombre(snapshot.formations)}</td>
          <td class="nombre">{nombre(snapshot.sessions)}</td>
          <td class="nombre">{nombre(snapshot.sessionsEcartees)}</td>
          <td>
            {snapshot.file === null ? (
              "rien à diffuser"
            ) : (
              <>
                {profil.acces === "public" ? <a href={`/flux/${profil.id}/offre-info.xml`}>XML</a> : "XML"}{" "}
                {taille(snapshot.file.octets)}{" "}
                <span class="code" title={snapshot.file.sha256}>
                  {court(snapshot.file.sha256)}
                </span>
                {profil.acces === "restreint" ? <span class="discret"> accès restreint</span> : null}
              </>
            )}
          </td>
          <td>{instant(snapshot.createdAt)}</td>
        </>
      )}
    </tr>
  );
}

function DeliveryLine(row: DeliveryRow) {
  const { nom, partner, etat, motif, due_at, due_explain, epoch, http_status, issue, receipts, id, sha256 } =
    row;
  return (
    <tr id={`diffusion-${id}`}>
      <th scope="row">
        {nom} <span class="code">{partner}</span>
      </th>
      <td>
        <Etat code={etat} />
        {motif === null ? null : <p class="discret">{motif}</p>}
      </td>
      <td class="quand">
        {instant(due_at)}
        {due_explain.length === 0 ? null : (
          <details>
            <summary>pourquoi cette date</summary>
            <ul>
              {due_explain.map(({ jour, raison }) => (
                <li key={jour + raison}>
                  {jourEnLettres(jour)} : {raison}
                </li>
              ))}
            </ul>
          </details>
        )}
      </td>
      <td>
        {epoch === 0 ? (
          <span class="discret">pas encore parti</span>
        ) : (
          `essai ${epoch} : ${http_status ?? issue ?? "en cours"}`
        )}
        {[...new Set(receipts.map(accuse))].map((said) => (
          <p key={said}>{said}</p>
        ))}
      </td>
      <td class="code">
        <a href={`/diffusions/${id}`}>{id}</a>
        {sha256 === null ? null : <p title={sha256}>{court(sha256)}</p>}
      </td>
    </tr>
  );
}

function EditionLine({ id, etat, horloge, erreur, bilan }: EditionRow) {
  const blocking = Object.values(bilan.notices ?? {})
    .filter(({ severity }) => severity === "bloquant")
    .reduce((sum, { nombre: n }) => sum + n, 0);
  return (
    <tr id={`edition-${id}`}>
      <th scope="row">
        <a href={`/editions/${id}`}>n° {id}</a>
      </th>
      <td>
        <Etat code={etat} />
      </td>
      <td>{instant(horloge)}</td>
      <td>
        {erreur ?? (blocking === 0 ? "rien à corriger" : `${nombre(blocking)} notices bloquantes à corriger`)}
      </td>
    </tr>
  );
}

function Nothing({ colonnes, texte }: { colonnes: number; texte: string }) {
  return (
    <tr>
      <td colSpan={colonnes} class="discret">
        {texte}
      </td>
    </tr>
  );
}
