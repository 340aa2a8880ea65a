import type { Ligne } from "../../../audit/index.ts";
import { enClair, instantPrecis } from "../format.ts";
import { Table } from "../layout.tsx";
import { acteEnMots, lienDe, objetEnMots } from "./mots.ts";

/** Lines of the audit. @param sansObjet they are all about what the page shows */
export function Actes({ actes, sansObjet = false }: { actes: readonly Ligne[]; sansObjet?: boolean }) {
  if (actes.length === 0) return <p class="discret">Rien pour l'instant.</p>;
  return (
    <Table
      titre="Actes"
      colonnes={["Quand", "Qui", "Quoi", ...(sansObjet ? [] : ["Sur quoi"]), "Motif", "Détail"]}
    >
      {actes.map((acte) => (
        <tr key={acte.id}>
          <td>{instantPrecis(acte.at)}</td>
          <th scope="row">{acte.acteur}</th>
          <td>{acteEnMots(acte.acte)}</td>
          {sansObjet ? null : (
            <td>
              <Objet {...acte} />
            </td>
          )}
          <td>{acte.motif}</td>
          <td>
            {Object.keys(acte.detail).length === 0 ? null : (
              <details>
                <summary>n° {acte.id}</summary>
                <p class="motif">{enClair(acte.detail)}</p>
              </details>
            )}
          </td>
        </tr>
      ))}
    </Table>
  );
}

function Objet({ objet_type, objet_id }: Ligne) {
  const vers = lienDe(objet_type, objet_id);
  const text = `${objetEnMots(objet_type)} ${objet_id}`;
  return vers === undefined ? text : <a href={vers}>{text}</a>;
}
