import type { Connexion } from "../../../access/index.ts";
import { Layout } from "../layout.tsx";

/** The link of someone else, shown now and never again. */
export function LienPage({
  qui,
  identifiant,
  lien,
}: {
  qui: Connexion | undefined;
  identifiant: string;
  lien: string;
}) {
  return (
    <Layout titre="Lien à transmettre" qui={qui} ici="/comptes">
      <p>
        <a href="/comptes">← Comptes</a>
      </p>
      <h1>Lien à transmettre</h1>
      <p class="chapeau">
        Par ce lien, la personne du compte « {identifiant} » choisit son mot de passe. Il sert une fois, dans
        les 24 heures, et n'est montré que maintenant.
      </p>
      <p class="secret">
        <label for="lien">Lien</label>
        <input id="lien" type="text" value={lien} readOnly />
      </p>
    </Layout>
  );
}
