import type { ComponentChildren } from "preact";
import type { Bref, EditionRow } from "./data.ts";
import { compte, compter, duree, instant, nombre } from "./format.ts";
import { Etat } from "./layout.tsx";
import type { Ton } from "./words.ts";

/** Where things stand, at a glance: each fact is whole in its words, colours only repeat them. */
export function BrefVue({ bref, derniere }: { bref: Bref; derniere: EditionRow | undefined }) {
  const { depart, retard, enCours, tache, echouees } = bref;
  return (
    <dl class="bref-tuiles">
      <Tuile
        titre="Dernière édition"
        ton={derniere === undefined || derniere.etat === "echouee" ? "souci" : "bien"}
        plus={derniere === undefined ? undefined : <Etat code={derniere.etat} />}
      >
        {derniere === undefined ? (
          "Aucune édition n'a encore été faite."
        ) : (
          <>
            <a href={`/editions/${derniere.id}`}>n° {derniere.id}</a>, le {instant(derniere.horloge)}
          </>
        )}
      </Tuile>
      <Tuile
        titre="Prochain départ"
        ton="neutre"
        plus={depart === undefined ? undefined : `${depart.nom}${autres(depart.autres)}`}
      >
        {depart === undefined ? "rien n'est programmé" : instant(depart.at)}
      </Tuile>
      <Tuile
        titre="Retard"
        ton={retard === undefined ? "bien" : "souci"}
        plus={enCours === 0 ? undefined : `${compte(enCours, "envoi")} en cours`}
      >
        {retard === undefined ? (
          "rien n'est en retard"
        ) : (
          <a href="/diffusions?etat=scheduled">
            {compte(retard.nombre, "diffusion")}, depuis {duree(retard.ms)} au plus
          </a>
        )}
      </Tuile>
      <Tuile
        titre="Prochaine tâche"
        ton={echouees === 0 ? "neutre" : "souci"}
        plus={
          echouees === 0 ? (
            tache?.description
          ) : (
            <a href="/planifications">
              {compter(echouees, "tâche a échoué", "tâches ont échoué")} la dernière fois
            </a>
          )
        }
      >
        {tache === undefined ? "aucune" : instant(tache.at)}
      </Tuile>
    </dl>
  );
}

const autres = (n: number): string => (n === 0 ? "" : ` et ${nombre(n)} ${n > 1 ? "autres" : "autre"}`);

function Tuile({
  titre,
  ton,
  plus,
  children,
}: {
  titre: string;
  ton: Ton;
  /** In smaller letters, below. */
  plus: ComponentChildren;
  children: ComponentChildren;
}) {
  return (
    <div class={ton}>
      <dt>{titre}</dt>
      <dd>{children}</dd>
      {plus === undefined ? null : <dd class="discret">{plus}</dd>}
    </div>
  );
}
