import type { Connexion } from "../../../access/index.ts";
import { instant } from "../format.ts";
import { Etat, Layout, Table } from "../layout.tsx";
import type { PartenaireRow } from "./data.ts";
import { direTransport } from "./mots.ts";

/** Who takes the offer, and how it goes with each. */
export function PartenairesPage({
  qui,
  partenaires,
}: {
  qui: Connexion | undefined;
  partenaires: readonly PartenaireRow[];
}) {
  return (
    <Layout titre="Partenaires" qui={qui} ici="/partenaires">
      <h1>Partenaires</h1>
      <p class="chapeau">Chacun prend le fichier d'un profil ; plusieurs peuvent prendre le même.</p>
      <Table
        titre="Partenaires"
        colonnes={["Partenaire", "État", "Profil", "Dernier envoi", "En attente", "Dernier tirage"]}
      >
        {partenaires.map((row) => (
          <Ligne {...row} key={row.partner.id} />
        ))}
        {partenaires.length === 0 ? (
          <tr>
            <td colSpan={6} class="discret">
              Aucun partenaire n'est encore inscrit.
            </td>
          </tr>
        ) : null}
      </Table>
    </Layout>
  );
}

/** What the state of a partner is called. */
export function EtatPartenaire({ partner, activite }: Pick<PartenaireRow, "partner" | "activite">) {
  if (partner.etat === "en_pause") return <span class="etat attente">en pause</span>;
  if (partner.etat === "desactive") return <span class="etat souci">désactivé</span>;
  return activite.ouvertJusqua === null ? (
    <span class="etat bien">actif</span>
  ) : (
    <span class="etat souci">en panne</span>
  );
}

function Ligne({ partner, profil, activite, enAttente }: PartenaireRow) {
  const { dernierEnvoi, dernierTirage } = activite;
  return (
    <tr>
      <th scope="row">
        <a href={`/partenaires/${partner.id}`}>{partner.nom}</a> <span class="code">{partner.id}</span>
        <p class="code">{direTransport(partner.transport)}</p>
      </th>
      <td>
        <EtatPartenaire partner={partner} activite={activite} />
      </td>
      <td>{profil?.nom ?? partner.profil}</td>
      <td>
        {dernierEnvoi === null ? (
          <span class="discret">aucun</span>
        ) : (
          <>
            <a href={`/diffusions/${dernierEnvoi.id}`}>{instant(dernierEnvoi.at)}</a>
            <p>
              <Etat code={dernierEnvoi.etat} />
            </p>
          </>
        )}
      </td>
      <td>
        {enAttente === undefined ? (
          <span class="discret">rien</span>
        ) : (
          <>
            <a href={`/diffusions/${enAttente.id}`}>{instant(enAttente.due_at)}</a>
            <p>
              <Etat
                code={
                  enAttente.etat === "scheduled" && enAttente.snapshot_id === null
                    ? "annoncee"
                    : enAttente.etat
                }
              />
            </p>
          </>
        )}
      </td>
      <td>{dernierTirage === null ? <span class="discret">aucun</span> : instant(dernierTirage.at)}</td>
    </tr>
  );
}
