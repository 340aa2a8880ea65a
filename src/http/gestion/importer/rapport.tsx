import type { Connexion } from "../../../access/index.ts";
import { type ImportLu, type LigneDImport, VERDICTS, type Verdict } from "../../../catalogue/index.ts";
import { Formulaire, Refus } from "../../pages/form.tsx";
import { compter, instant, nombre, taille } from "../../pages/format.ts";
import { Suivants, Table } from "../../pages/layout.tsx";
import { adresse } from "../../pages/texte.ts";
import type { Ton } from "../../pages/words.ts";
import { CadreGestion } from "../cadre.tsx";
import { TITRES_DES_CADRES } from "../listes/mots.ts";
import type { Membre } from "../scope.ts";
import { ETATS_D_IMPORT } from "./page.tsx";

interface Props extends Membre {
  readonly lu: ImportLu;
  readonly verdict: Verdict | undefined;
  readonly lignes: readonly LigneDImport[];
  readonly suite: number | undefined;
  readonly refus?: string | undefined;
}

const TONS: Readonly<Record<Verdict, Ton>> = { creee: "bien", connue: "neutre", refusee: "souci" };
const CHOIX: readonly { readonly verdict: Verdict | undefined; readonly texte: string }[] = [
  { verdict: undefined, texte: "Toutes" },
  { verdict: "creee", texte: "Brouillons" },
  { verdict: "connue", texte: "Déjà au catalogue" },
  { verdict: "refusee", texte: "Refusées" },
];

/** What a file would become, or became, formation by formation. */
export function RapportPage({ qui, place, lu, verdict, lignes, suite, refus }: Props) {
  const { comptes } = lu;
  const here = `/gestion/importer/${lu.id}`;
  const countOf = (one: Verdict | undefined): number =>
    one === undefined ? comptes.creee + comptes.connue + comptes.refusee : comptes[one];
  return (
    <CadreGestion titre={`Import de ${lu.fichier}`} qui={qui} place={place} ici="/gestion/importer">
      <p>
        <a href="/gestion/importer">← Import</a>
      </p>
      <h1>{lu.fichier}</h1>
      <p class="chapeau">
        {TITRES_DES_CADRES[lu.cadre]}, {taille(lu.octets)}, lu le {instant(lu.created_at)} :{" "}
        {ETATS_D_IMPORT[lu.etat]}
      </p>
      <Refus texte={refus} />
      {lu.etat === "essai" ? <Accord qui={qui} lu={lu} /> : null}
      <nav class="choix" aria-label="Quelles formations">
        <ul>
          {CHOIX.map((one) => (
            <li key={one.texte}>
              <a
                href={adresse(here, { verdict: one.verdict })}
                aria-current={one.verdict === verdict ? "true" : undefined}
              >
                {one.texte} <span class="compte">[{nombre(countOf(one.verdict))}]</span>
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {lignes.length === 0 ? (
        <p class="vide" role="status">
          Aucune donnée disponible
        </p>
      ) : (
        <Table
          titre="Formations du fichier"
          colonnes={["Ligne", "Formation", "Résultat", "Sessions", "Explication"]}
        >
          {lignes.map((ligne) => (
            <Rang ligne={ligne} fait={lu.etat === "fait"} key={ligne.rang} />
          ))}
        </Table>
      )}
      {suite === undefined ? null : <Suivants vers={adresse(here, { verdict, apres: suite })} />}
      <p>
        <a href={`${here}/rapport.csv`}>Garder ce rapport (CSV)</a>
      </p>
    </CadreGestion>
  );
}

function Accord({ qui, lu: { id, comptes } }: { qui: Connexion | undefined; lu: ImportLu }) {
  return (
    <>
      <p>
        C'est un essai : rien n'est créé.{" "}
        {comptes.creee === 0
          ? "Aucune formation de ce fichier ne serait créée."
          : `${compter(comptes.creee, "formation serait créée", "formations seraient créées")} dans « Mes brouillons », à relire et à valider une par une.`}
      </p>
      <div class="actions">
        {comptes.creee === 0 ? null : (
          <Formulaire qui={qui} vers={`/gestion/importer/${id}/confirmer`}>
            <button type="submit">Créer {compter(comptes.creee, "brouillon", "brouillons")}</button>
          </Formulaire>
        )}
        <Formulaire qui={qui} vers={`/gestion/importer/${id}/abandonner`}>
          <button type="submit" class="second">
            Abandonner
          </button>
        </Formulaire>
      </div>
    </>
  );
}

function Rang({ ligne, fait }: { ligne: LigneDImport; fait: boolean }) {
  const { intitule, numero, verdict, nombre_sessions, raisons, action_id } = ligne;
  return (
    <tr>
      <td>{nombre(ligne.ligne)}</td>
      <th scope="row">
        {intitule === "" ? "Sans intitulé" : intitule}
        <p class="discret">{numero}</p>
      </th>
      <td>
        <span class={`etat ${TONS[verdict]}`}>{VERDICTS[verdict]}</span>{" "}
        {action_id === null ? null : <a href={`/gestion/actions/${action_id}`}>Ouvrir</a>}
        {fait && verdict === "creee" && action_id === null ? (
          <span class="discret">supprimé depuis</span>
        ) : null}
      </td>
      <td>{nombre(nombre_sessions)}</td>
      <td>
        {raisons.length === 0 ? (
          "Rien à signaler."
        ) : (
          <ul>
            {raisons.map((raison) => (
              <li key={raison}>{raison}</li>
            ))}
          </ul>
        )}
      </td>
    </tr>
  );
}
