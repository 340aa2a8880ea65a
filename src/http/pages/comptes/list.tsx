import { type CompteSuivi, type Connexion, LIBELLES_ROLES } from "../../../access/index.ts";
import { instant } from "../format.ts";
import { Layout, Table } from "../layout.tsx";

/** Who has an account, and whether they come. */
export function ComptesPage({
  qui,
  comptes,
}: {
  qui: Connexion | undefined;
  comptes: readonly CompteSuivi[];
}) {
  return (
    <Layout titre="Comptes" qui={qui} ici="/comptes">
      <h1>Comptes</h1>
      <p class="chapeau">Les personnes qui peuvent entrer ici, et ce que chacune peut faire.</p>
      <p class="actions">
        <a class="bouton" href="/comptes/nouveau">
          Ajouter un compte
        </a>
      </p>
      <Table titre="Comptes" colonnes={["Personne", "Rôle", "État", "Dernière connexion", "Créé"]}>
        {comptes.map((compte) => (
          <tr key={compte.id}>
            <th scope="row">
              <a href={`/comptes/${compte.id}`}>{compte.nom}</a>
              <p class="code">{compte.identifiant}</p>
            </th>
            <td>{LIBELLES_ROLES[compte.role]}</td>
            <td>
              <EtatCompte compte={compte} />
            </td>
            <td>
              {compte.last_sign_in_at === null ? (
                <span class="discret">jamais</span>
              ) : (
                instant(compte.last_sign_in_at)
              )}
            </td>
            <td>{instant(compte.created_at)}</td>
          </tr>
        ))}
      </Table>
    </Layout>
  );
}

/** May this person come in? */
export function EtatCompte({ compte: { disabled_at, lien } }: { compte: CompteSuivi }) {
  if (disabled_at !== null) return <span class="etat souci">fermé</span>;
  if (lien !== null) return <span class="etat attente">lien envoyé, mot de passe à choisir</span>;
  return <span class="etat bien">ouvert</span>;
}
