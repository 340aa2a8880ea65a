import { LIBELLES_TYPES, type StructureListee } from "../../../catalogue/index.ts";
import { Suivants, Table } from "../../pages/layout.tsx";
import { CadreGestion } from "../cadre.tsx";
import type { Lecteur } from "../scope.ts";
import { lienStructure } from "./gerant.ts";

/** All structures, for administrators. */
export function ToutesPage({
  qui,
  place,
  q,
  structures,
  suite,
}: Lecteur & { q: string; structures: readonly StructureListee[]; suite: string | undefined }) {
  return (
    <CadreGestion titre="Toutes les structures" qui={qui} place={place} ici="/gestion/structures">
      <p>
        <a href="/gestion/structures">← Mes structures</a>
      </p>
      <h1>Toutes les structures</h1>
      <form method="get" action="/gestion/structures/toutes" class="filtres">
        <p class="champ">
          <label for="q">Nom ou début du SIRET</label>
          <input type="search" id="q" name="q" value={q} autocomplete="off" maxLength={100} />
        </p>
        <p class="actions">
          <button type="submit">Chercher</button>
          <a class="bouton" href="/gestion/structures/nouvelle">
            Ajouter une structure
          </a>
          <a href="/comptes">Comptes</a>
        </p>
      </form>
      {structures.length === 0 ? (
        <p role="status">Aucune structure.</p>
      ) : (
        <Table
          titre="Structures"
          colonnes={["Nom", "Siret", "Ville", "Département", "Type", "Comptes", "Référent"]}
        >
          {structures.map((one) => (
            <tr key={one.numero}>
              <th scope="row">
                <a href={lienStructure(one.numero)}>{one.nom}</a>
                {one.disabled_at === null ? null : <span class="etat souci">fermée</span>}
              </th>
              <td>{one.siret ?? "—"}</td>
              <td>{one.ville ?? "—"}</td>
              <td>{one.departement ?? "—"}</td>
              <td>{LIBELLES_TYPES[one.type]}</td>
              <td class="nombre">{one.rattaches}</td>
              <td>{one.referents.length === 0 ? "aucun" : one.referents.join(", ")}</td>
            </tr>
          ))}
        </Table>
      )}
      {suite === undefined ? null : <Suivants vers={suite} />}
    </CadreGestion>
  );
}
