import type { Connexion } from "../../../access/index.ts";
import type { CleDeStructure, Structure } from "../../../catalogue/index.ts";
import { Formulaire } from "../../pages/form.tsx";
import { instant } from "../../pages/format.ts";
import { Section, Table } from "../../pages/layout.tsx";
import { CadreGestion } from "../cadre.tsx";
import type { Lecteur } from "../scope.ts";
import { Champ } from "./champs.tsx";
import { lienStructure } from "./gerant.ts";

/** Keys of the structure's own software. */
export function Cles({
  qui,
  structure,
  cles,
}: {
  qui: Connexion | undefined;
  structure: Structure;
  cles: readonly CleDeStructure[];
}) {
  const ici = lienStructure(structure.numero);
  return (
    <Section
      titre="Clés de l'API"
      aide="Un logiciel de la structure lit et tient son catalogue avec une clé, par /api/v1."
    >
      {cles.length === 0 ? null : (
        <Table titre="Clés de l'API" colonnes={["Clé", "Créée", "Dernier usage", "État"]}>
          {cles.map((cle) => (
            <tr key={cle.id}>
              <th scope="row">
                {cle.nom}
                <p class="code">{cle.debut}…</p>
              </th>
              <td>{instant(cle.created_at)}</td>
              <td>{cle.last_used_at === null ? "jamais" : instant(cle.last_used_at)}</td>
              <td>
                {cle.revoked_at === null ? (
                  <Formulaire qui={qui} vers={`${ici}/cles/${cle.id}/revoquer`}>
                    <button type="submit" class="second">
                      Révoquer
                    </button>
                  </Formulaire>
                ) : (
                  <span class="etat souci">révoquée</span>
                )}
              </td>
            </tr>
          ))}
        </Table>
      )}
      <Formulaire qui={qui} vers={`${ici}/cles`} classe="fiche">
        <Champ nom="nom" titre="À quoi elle servira" aide="Le nom du logiciel, par exemple." requis />
        <p class="actions">
          <button type="submit">Créer une clé</button>
          <a href="/api/v1/openapi.json">Description de l'API</a>
        </p>
      </Formulaire>
    </Section>
  );
}

/** A key, shown now and never again. */
export function CleMontreePage({ qui, place, structure, cle }: Lecteur & { structure: string; cle: string }) {
  return (
    <CadreGestion titre="Clé à transmettre" qui={qui} place={place} ici="/gestion/structures">
      <p>
        <a href={lienStructure(structure)}>← La structure</a>
      </p>
      <h1>Clé à transmettre</h1>
      <p class="chapeau">
        Elle n'est montrée que maintenant. Le logiciel la donne à chaque demande, par{" "}
        <code>Authorization: Bearer &lt;clé&gt;</code>.
      </p>
      <p class="secret">
        <label for="cle">Clé</label>
        <input id="cle" type="text" value={cle} readOnly />
      </p>
    </CadreGestion>
  );
}
