import type { Connexion } from "../../../access/index.ts";
import type { CronLine, LastRun } from "../../../cron/index.ts";
import { Formulaire, peut } from "../form.tsx";
import { duree, enClair, instant } from "../format.ts";
import { Etat, Layout, Table } from "../layout.tsx";

interface Plan {
  readonly qui: Connexion | undefined;
  readonly lignes: readonly CronLine[];
  /** Jobs can be run from this process. */
  readonly lancer: boolean;
  readonly refus?: string | undefined;
  /** The job that was just asked for. */
  readonly lancee?: CronLine | undefined;
}

/** What is done at set times: what for, how it went last, and when it is next. */
export function PlanificationsPage({ qui, lignes, lancer, refus, lancee }: Plan) {
  const mayRun = lancer && peut(qui, "operateur");
  return (
    <Layout titre="Planifications" qui={qui} ici="/planifications">
      <h1>Planifications</h1>
      <p class="chapeau">
        Ce qui se fait à heures fixes, heure de Paris. Ce qu'un arrêt a empêché est rattrapé.
      </p>
      {refus === undefined ? null : (
        <p class="souci" role="alert">
          {refus}
        </p>
      )}
      {lancee === undefined ? null : (
        <p class="bien" role="status">
          Lancée : {lancee.description}.{" "}
          {lancee.derniere?.etat === "en_cours" ? <a href="/planifications">Actualiser</a> : null}
        </p>
      )}
      <Table
        titre="Tâches"
        colonnes={["Tâche", "Dernière fois", "Prochaine fois", ...(mayRun ? ["À la main"] : [])]}
      >
        {lignes.map(({ id, description, horaire, derniere, prochaine }) => (
          <tr key={id}>
            <th scope="row">
              {description} <span class="code">{id}</span>
            </th>
            <td>{derniere === null ? <span class="discret">jamais</span> : <Fois {...derniere} />}</td>
            <td>
              {instant(prochaine)}
              <p class="code">{horaire}</p>
            </td>
            {mayRun ? (
              <td>
                <Formulaire qui={qui} vers={`/planifications/${id}/lancer`}>
                  <button type="submit" class="second">
                    Lancer maintenant<span class="cache"> : {id}</span>
                  </button>
                </Formulaire>
              </td>
            ) : null}
          </tr>
        ))}
      </Table>
    </Layout>
  );
}

function Fois({ etat, debut, fin, manuel, essais, bilan, erreur }: LastRun) {
  const said = Object.entries(bilan ?? {});
  return (
    <>
      <Etat code={etat} />
      <p>
        {debut === null ? null : instant(debut)}
        {debut === null || fin === null ? "" : `, ${duree(fin.getTime() - debut.getTime())}`}
        {manuel ? ", à la main" : ""}
        {essais > 1 ? `, essai ${essais}` : ""}
      </p>
      {erreur === null ? null : <p class="motif">{erreur}</p>}
      {said.length === 0 ? null : (
        <details>
          <summary>Ce qui a été fait</summary>
          <ul class="bref">
            {said.map(([nom, valeur]) => (
              <li key={nom}>
                <span class="discret">{nom} :</span> {enClair(valeur)}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
