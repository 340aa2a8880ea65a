import type { Connexion } from "../../../access/index.ts";
import {
  type Cadre,
  COLONNES,
  FORMATIONS_PAR_FICHIER,
  type ImportLu,
  OCTETS_ENVOYES,
} from "../../../catalogue/index.ts";
import { Refus } from "../../pages/form.tsx";
import { compter, instant, nombre, taille } from "../../pages/format.ts";
import { Section, Table } from "../../pages/layout.tsx";
import { CadreGestion } from "../cadre.tsx";
import { TITRES_DES_CADRES } from "../listes/mots.ts";
import type { Membre } from "../scope.ts";

interface Props extends Membre {
  readonly cadre: Cadre;
  readonly imports: readonly ImportLu[];
  readonly refus?: string | undefined;
}

/** The Import tab (S25, H9): a file becomes drafts, after a trial run. */
export function ImporterPage({ qui, place, cadre, imports, refus }: Props) {
  return (
    <CadreGestion titre="Import" qui={qui} place={place} ici="/gestion/importer">
      <h1>Importer des formations</h1>
      <Refus texte={refus} />
      {place.auteur.role !== "of" ? (
        <p class="note">
          Un import crée les brouillons d'un organisme : il se fait avec sa structure active.
        </p>
      ) : cadre === "conventionnee" ? (
        <p class="note">
          Les formations conventionnées viennent de leur financeur, par ses outils : elles ne s'importent pas
          ici.
        </p>
      ) : (
        <Envoi qui={qui} cadre={cadre} structure={place.active.nom} />
      )}
      {imports.length === 0 ? null : <Precedents imports={imports} />}
      <Colonnes />
    </CadreGestion>
  );
}

function Envoi({ qui, cadre, structure }: { qui: Connexion | undefined; cadre: Cadre; structure: string }) {
  return (
    <Section
      titre="Essayer un fichier"
      aide={`L'essai lit le fichier et explique ce que deviendrait chaque formation de « ${structure} » ; rien n'est créé avant votre accord.`}
    >
      <form method="post" action="/gestion/importer" encType="multipart/form-data" class="fiche">
        <input type="hidden" name="_csrf" value={qui?.csrf ?? ""} />
        <p class="champ">
          <label for="cadre">Ces formations sont</label>
          <select id="cadre" name="cadre">
            {(["non_conventionnee", "initiale"] as const).map((one) => (
              <option value={one} selected={one === cadre} key={one}>
                {TITRES_DES_CADRES[one]}
              </option>
            ))}
          </select>
        </p>
        <p class="champ">
          <label for="fichier">Fichier LHEO 2.2 ou 2.3 (.xml, .xml.gz), ou CSV</label>
          <input
            type="file"
            id="fichier"
            name="fichier"
            required
            accept=".xml,.gz,.csv,text/xml,text/csv"
            aria-describedby="fichier-aide"
          />
          <small id="fichier-aide" class="discret">
            {taille(OCTETS_ENVOYES)} et {nombre(FORMATIONS_PAR_FICHIER)} formations au plus.
          </small>
        </p>
        <p>
          <button type="submit">Essayer</button>
        </p>
      </form>
    </Section>
  );
}

export const ETATS_D_IMPORT: Readonly<Record<ImportLu["etat"], string>> = {
  essai: "essai, à confirmer",
  fait: "fait",
  abandonne: "abandonné",
};

function Precedents({ imports }: { imports: readonly ImportLu[] }) {
  return (
    <Section titre="Derniers imports">
      <Table titre="Derniers imports" colonnes={["Fichier", "Quand", "État", "Formations"]}>
        {imports.map(({ id, fichier, created_at, etat, comptes }) => (
          <tr key={id}>
            <th scope="row">
              <a href={`/gestion/importer/${id}`}>{fichier}</a>
            </th>
            <td>{instant(created_at)}</td>
            <td>{ETATS_D_IMPORT[etat]}</td>
            <td>
              {compter(comptes.creee, "brouillon", "brouillons")}, {nombre(comptes.connue)} déjà au catalogue,{" "}
              {compter(comptes.refusee, "refusée", "refusées")}
            </td>
          </tr>
        ))}
      </Table>
    </Section>
  );
}

function Colonnes() {
  return (
    <Section
      titre="Colonnes du fichier CSV"
      aide="La première ligne nomme les colonnes ; leur ordre est libre et aucune n'est obligatoire, sauf « intitule ». Chaque ligne est une session ; les lignes d'une même formation partagent son repère."
    >
      <p>
        <a href="/gestion/importer/modele.csv">Modèle à remplir (CSV)</a>
      </p>
      <details>
        <summary>Les {COLONNES.length} colonnes</summary>
        <Table titre="Colonnes du fichier CSV" colonnes={["Colonne", "Ce qu'elle contient", "Exemple"]}>
          {COLONNES.map(({ nom, description, exemple }) => (
            <tr key={nom}>
              <th scope="row" class="code">
                {nom}
              </th>
              <td>{description}</td>
              <td>{exemple}</td>
            </tr>
          ))}
        </Table>
      </details>
    </Section>
  );
}
