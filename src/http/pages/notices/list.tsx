import type { Connexion } from "../../../access/index.ts";
import { type NoticeCode, ruleOf, type Severity } from "../../../notices/index.ts";
import { instant, nombre } from "../format.ts";
import { Etat, Layout, Table } from "../layout.tsx";
import type { Apparitions } from "./data.ts";
import { GRAVITES, QUI } from "./mots.ts";

interface Catalogue {
  readonly qui: Connexion | undefined;
  readonly q: string;
  readonly gravite: Severity | undefined;
  readonly vues: boolean;
  readonly codes: readonly NoticeCode[];
  readonly apparitions: Apparitions;
}

/** Every rule of the product: what it says, of what weight, how often in the last édition. */
export function NoticesPage({ qui, q, gravite, vues, codes, apparitions }: Catalogue) {
  const { edition, nombres, premieres } = apparitions;
  return (
    <Layout titre="Notices" qui={qui} ici="/notices">
      <h1>Notices</h1>
      <p class="chapeau">
        Tout ce que les règles peuvent dire de l'offre
        {edition === undefined ? "." : ", et combien de fois l'ont dit dans la "}
        {edition === undefined ? null : <a href={`/editions/${edition.id}`}>dernière édition</a>}
      </p>
      <form method="get" action="/notices" class="filtres">
        <p class="champ">
          <label for="q">Mots ou code</label>
          <input type="search" id="q" name="q" defaultValue={q} maxLength={100} />
        </p>
        <p class="champ">
          <label for="gravite">Gravité</label>
          <select id="gravite" name="gravite">
            <option value="">Toutes</option>
            {GRAVITES.map((one) => (
              <option value={one} selected={one === gravite} key={one}>
                {one}
              </option>
            ))}
          </select>
        </p>
        <p class="champ">
          <label for="vues">Lesquelles</label>
          <select id="vues" name="vues">
            <option value="">Toutes les règles</option>
            <option value="1" selected={vues}>
              Dites à la dernière édition
            </option>
          </select>
        </p>
        <p class="actions">
          <button type="submit">Filtrer</button>
        </p>
      </form>
      <p role="status">
        {nombre(codes.length)} {codes.length > 1 ? "règles" : "règle"}
      </p>
      <Table
        titre="Règles"
        colonnes={["Règle", "Gravité", "Dernière édition", "Vue depuis", "Qui corrige", "D'où elle vient"]}
      >
        {codes.map((code) => {
          const { titre, severity, who, source } = ruleOf(code);
          const since = premieres.get(code);
          return (
            <tr key={code}>
              <th scope="row">
                <a href={`/notices/${code}`}>{titre}</a>
                <p class="code">{code}</p>
              </th>
              <td>
                <Etat code={severity} />
              </td>
              <td class="nombre">{nombre(nombres[code]?.nombre ?? 0)}</td>
              <td>{since === undefined ? <span class="discret">jamais</span> : instant(since)}</td>
              <td>{QUI[who]}</td>
              <td class="discret">{source}</td>
            </tr>
          );
        })}
      </Table>
    </Layout>
  );
}
