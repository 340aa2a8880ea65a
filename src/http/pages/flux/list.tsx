import type { Connexion } from "../../../access/index.ts";
import { viaOf } from "../../../feed/index.ts";
import type { ProfilRow } from "../data.ts";
import { instant, nombre, taille } from "../format.ts";
import { Layout, Section, Suivants, Table } from "../layout.tsx";
import type { Historique } from "./data.ts";

/** One line for each profile: what it serves now. */
export function FluxPage({ qui, profils }: { qui: Connexion | undefined; profils: readonly ProfilRow[] }) {
  return (
    <Layout titre="Flux" qui={qui} ici="/flux">
      <h1>Flux</h1>
      <p class="chapeau">Un flux par profil, refait à chaque édition quand son contenu change.</p>
      <Section titre="Flux actuels">
        <Table
          titre="Flux actuel de chaque profil"
          colonnes={["Profil", "Flux", "Formations", "Sessions", "Écartées", "Taille", "À prendre"]}
        >
          {profils.map((row) => (
            <ProfilLine {...row} key={row.profil.id} />
          ))}
        </Table>
      </Section>
    </Layout>
  );
}

function ProfilLine({ profil, snapshot }: ProfilRow) {
  const { id, nom, acces } = profil;
  const via = viaOf(profil);
  const titre = (
    <th scope="row">
      {via === undefined ? <a href={`/historique/${id}`}>{nom}</a> : nom} <span class="code">{id}</span>
    </th>
  );
  if (via !== undefined || snapshot === undefined)
    return (
      <tr>
        {titre}
        <td colSpan={6} class="discret">
          {via === undefined ? "pas encore de flux" : `servi par le profil « ${via} »`}
        </td>
      </tr>
    );
  return (
    <tr>
      {titre}
      <td>
        <a href={`/historique/${id}/${snapshot.id}`}>n° {snapshot.id}</a>
        <p class="discret">{instant(snapshot.createdAt)}</p>
      </td>
      <td class="nombre">{nombre(snapshot.formations)}</td>
      <td class="nombre">{nombre(snapshot.sessions)}</td>
      <td class="nombre">{nombre(snapshot.sessionsEcartees)}</td>
      <td class="nombre">{snapshot.file === null ? "vide" : taille(snapshot.file.octets)}</td>
      <td>
        <span class="code">/flux/{id}/offre-info.xml</span>
        <p class="discret">{acces === "public" ? "accès public" : "accès restreint, par clé"}</p>
      </td>
    </tr>
  );
}

/** The feeds that a profile has had. */
export function HistoriquePage({ qui, historique }: { qui: Connexion | undefined; historique: Historique }) {
  const { profil, flux, suivant } = historique;
  return (
    <Layout titre={`Flux de ${profil.nom}`} qui={qui} ici="/flux">
      <p>
        <a href="/flux">← Flux</a>
      </p>
      <h1>
        Flux de {profil.nom} <span class="code">{profil.id}</span>
      </h1>
      <Section titre="Du plus récent au plus ancien">
        <Table
          titre={`Flux de ${profil.nom}`}
          colonnes={["Flux", "Édition", "Formations", "Sessions", "Écartées", "Empreinte", "Changements"]}
        >
          {flux.map((one) => (
            <tr key={one.id}>
              <th scope="row">
                <a href={`/historique/${profil.id}/${one.id}`}>n° {one.id}</a>
                <p class="discret">{instant(one.createdAt)}</p>
              </th>
              <td>
                <a href={`/editions/${one.edition}`}>n° {one.edition}</a>
              </td>
              <td class="nombre">{nombre(one.formations)}</td>
              <td class="nombre">{nombre(one.sessions)}</td>
              <td class="nombre">{nombre(one.sessionsEcartees)}</td>
              <td class="code">{one.file === null ? "vide" : one.file.sha256.slice(0, 12)}</td>
              <td>
                {one.previousId === null ? (
                  <span class="discret">premier flux</span>
                ) : (
                  <a href={`/historique/${profil.id}/${one.id}/changements`}>voir</a>
                )}
              </td>
            </tr>
          ))}
          {flux.length === 0 ? (
            <tr>
              <td colSpan={7} class="discret">
                Aucune édition n'a encore publié ce flux.
              </td>
            </tr>
          ) : null}
        </Table>
        {suivant === undefined ? null : <Suivants vers={`/historique/${profil.id}?avant=${suivant}`} />}
      </Section>
    </Layout>
  );
}
