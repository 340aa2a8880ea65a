import { duree, jourEnLettres, nombre } from "../format.ts";
import { Section, Table } from "../layout.tsx";
import { Barres, direComptes } from "./barres.tsx";
import { Courbe } from "./courbe.tsx";
import { FINS, type Graphiques, JOURS, type Jour, somme, total } from "./data.ts";
import { Legende, LegendeDelais, Motifs } from "./legende.tsx";

/** Partners drawn; the table has them all. */
const DRAWN = 12;

/** What ended lately, in drawings and in figures. */
export function GraphiquesSection({ jours, partenaires, delais }: Graphiques) {
  const aide = `Celles qui se sont terminées, jour par jour, depuis ${JOURS} jours.`;
  if (total(somme(jours)) === 0)
    return (
      <Section titre="Diffusions par jour" aide={aide}>
        <p>Aucune diffusion ne s'est encore terminée.</p>
      </Section>
    );
  return (
    <Section titre="Diffusions par jour" aide={aide}>
      <Motifs />
      <div class="graphiques">
        <figure>
          <figcaption>
            <h3>Comment elles finissent</h3>
            <Legende comptes={somme(jours)} />
          </figcaption>
          <Barres id="fins" titre="Diffusions terminées, par jour" jours={jours} hauteur={150} />
        </figure>
        <figure>
          <figcaption>
            <h3>De l'heure prévue à l'arrivée</h3>
            <LegendeDelais />
          </figcaption>
          <Courbe id="delais" delais={delais} hauteur={150} />
        </figure>
      </div>
      <ul class="petits">
        {partenaires.slice(0, DRAWN).map(({ id, nom, jours: its }) => (
          <li key={id}>
            <figure>
              <figcaption>
                <h3>
                  <a href={`/diffusions?partenaire=${encodeURIComponent(id)}`}>{nom}</a>
                </h3>
                <p class="discret">{direComptes(somme(its))}</p>
              </figcaption>
              <Barres
                id={`fins-${id}`}
                titre={`Diffusions pour ${nom}, par jour`}
                jours={its}
                hauteur={44}
                petit
              />
            </figure>
          </li>
        ))}
      </ul>
      {partenaires.length <= DRAWN ? null : (
        <p class="discret">
          Les {nombre(DRAWN)} partenaires qui en ont le plus ; les chiffres de tous sont ci-dessous.
        </p>
      )}
      <details>
        <summary>Les chiffres de ces graphiques</summary>
        <Table
          titre="Diffusions terminées par jour"
          colonnes={["Jour", ...TITRES, "Délai d'ordinaire", "Au plus"]}
        >
          {jours.toReversed().map((jour) => {
            const { median, pire } = delais.find((one) => one.jour === jour.jour) ?? {};
            return (
              <tr key={jour.jour}>
                <th scope="row">{jourEnLettres(jour.jour)}</th>
                <Chiffres {...jour} />
                <td class="nombre">{median === undefined ? "" : duree(median)}</td>
                <td class="nombre">{pire === undefined ? "" : duree(pire)}</td>
              </tr>
            );
          })}
        </Table>
        <Table titre="Diffusions terminées par partenaire" colonnes={["Partenaire", "Jour", ...TITRES]}>
          {partenaires.flatMap(({ id, nom, jours: its }) =>
            its
              .toReversed()
              .filter((jour) => total(jour) > 0)
              .map((jour) => (
                <tr key={id + jour.jour}>
                  <th scope="row">{nom}</th>
                  <td>{jourEnLettres(jour.jour)}</td>
                  <Chiffres {...jour} />
                </tr>
              )),
          )}
        </Table>
      </details>
    </Section>
  );
}

const TITRES = ["Arrivées", "Refusées ou abandonnées", "Remplacées ou annulées"];

function Chiffres(jour: Jour) {
  return (
    <>
      {FINS.map((fin) => (
        <td class="nombre" key={fin}>
          {nombre(jour[fin])}
        </td>
      ))}
    </>
  );
}
