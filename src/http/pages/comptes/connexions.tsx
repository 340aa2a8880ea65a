import type { ComponentChildren } from "preact";
import type { ConnexionOuverte } from "../../../access/index.ts";
import { instant } from "../format.ts";
import { Table } from "../layout.tsx";

/** Open browsers, as their owner knows them again. */
export function Connexions({
  connexions,
  ici,
  acte,
}: {
  connexions: readonly ConnexionOuverte[];
  /** The browser that reads this. */
  ici: number | undefined;
  /** What can be done with another one. */
  acte?: (connexion: ConnexionOuverte) => ComponentChildren;
}) {
  if (connexions.length === 0) return <p>Aucune.</p>;
  const colonnes = ["Navigateur", "Ouverte", "Vue", ...(acte === undefined ? [] : ["À faire"])];
  return (
    <Table titre="Connexions ouvertes" colonnes={colonnes}>
      {connexions.map((one) => (
        <tr key={one.id}>
          <th scope="row">
            {direNavigateur(one.navigateur)}
            {one.id === ici ? <span class="etat bien">celle-ci</span> : null}
            <p class="code">{one.adresse ?? "adresse inconnue"}</p>
          </th>
          <td>{instant(one.opened_at)}</td>
          <td>{instant(one.seen_at)}</td>
          {acte === undefined ? null : <td>{one.id === ici ? null : acte(one)}</td>}
        </tr>
      ))}
    </Table>
  );
}

const NAVIGATEURS = ["Edg", "OPR", "Firefox", "Chrome", "Safari"] as const;
const NOMS: Readonly<Record<string, string>> = { Edg: "Edge", OPR: "Opera" };
const SYSTEMES = ["Android", "iPhone", "iPad", "Windows", "Mac OS", "Linux"] as const;

/** `Mozilla/5.0 (X11; Linux x86_64) … Firefox/140.0` → `Firefox, Linux`. */
function direNavigateur(name: string | null): string {
  const found = NAVIGATEURS.find((one) => name?.includes(`${one}/`));
  const system = SYSTEMES.find((one) => name?.includes(one));
  if (found === undefined) return name?.slice(0, 40) ?? "navigateur inconnu";
  return [NOMS[found] ?? found, ...(system === undefined ? [] : [system])].join(", ");
}
