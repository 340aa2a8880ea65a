import type { Connexion } from "../../../access/index.ts";
import type { Lot } from "../../../delivery/index.ts";
import { Criteria } from "../diffusions/champs.tsx";
import type { Criteres } from "../diffusions/criteres.ts";
import type { Destinataire } from "../diffusions/data.ts";
import { Formulaire, peut, Refus } from "../form.tsx";
import { instant, nombre } from "../format.ts";
import { Etat, Layout, Section, Table } from "../layout.tsx";

interface Ask {
  readonly qui: Connexion | undefined;
  readonly criteres: Criteres;
  readonly refus?: string | undefined;
  readonly destinataires: readonly Destinataire[];
  /** Under way, or waiting for a second person. */
  readonly lots: readonly Lot[];
}

/** Which deliveries to send again; nothing leaves from here, the preview comes first. */
export function RejeuxPage({ qui, criteres, refus, destinataires, lots }: Ask) {
  return (
    <Layout titre="Rejeux" qui={qui} ici="/rejeux">
      <h1>Rejeux</h1>
      <p class="chapeau">Un rejeu envoie de nouveau : un fichier par partenaire, jamais un ancien contenu.</p>
      {lots.length === 0 ? null : (
        <Section titre="En cours">
          <Lots lots={lots} />
        </Section>
      )}
      {peut(qui, "operateur") ? (
        <Section
          titre="Demander un rejeu"
          aide="Choisissez les diffusions. Vous verrez ce qui partirait avant de confirmer."
        >
          <Refus texte={refus} />
          <Formulaire qui={qui} vers="/rejeux/apercu" classe="filtres">
            <Criteria
              criteres={criteres}
              destinataires={destinataires}
              annoncees={false}
              tous="abandonnée, refusée ou à réessayer"
            />
            <p class="actions">
              <button type="submit">Voir ce qui partirait</button>
            </p>
          </Formulaire>
        </Section>
      ) : lots.length === 0 ? (
        <p>Aucun rejeu n'est en cours.</p>
      ) : null}
      <p>
        <a href="/journal?objet=rejeu">Tous les rejeux, au journal</a>
      </p>
    </Layout>
  );
}

function Lots({ lots }: { lots: readonly Lot[] }) {
  return (
    <Table titre="Rejeux en cours" colonnes={["Rejeu", "État", "Diffusions faites", "Demandé", "Motif"]}>
      {lots.map(({ id, etat, faites, diffusions, acteur, confirmed_at, motif }) => (
        <tr key={id}>
          <th scope="row">
            <a href={`/rejeux/${id}`}>n° {id}</a>
          </th>
          <td>
            <Etat code={etat} />
          </td>
          <td class="nombre">
            {nombre(faites)} sur {nombre(diffusions)}
          </td>
          <td>
            {instant(confirmed_at)} par {acteur}
          </td>
          <td>{motif}</td>
        </tr>
      ))}
    </Table>
  );
}
