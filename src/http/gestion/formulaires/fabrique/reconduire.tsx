import type { BrouillonSession, FicheAction, FicheSession } from "../../../../catalogue/index.ts";
import { Formulaire, Refus } from "../../../pages/form.tsx";
import { dateLheo } from "../../../pages/format.ts";
import { Table } from "../../../pages/layout.tsx";
import { CadreGestion } from "../../cadre.tsx";
import type { Lecteur } from "../../scope.ts";
import { VOIES_COURTES } from "../mots.ts";
import { Rang } from "./page.tsx";

export interface Reconduite {
  readonly session: FicheSession;
  readonly contenu: BrouillonSession;
  /** One that already covers the year after. */
  readonly double: string | undefined;
}

/** S106: the annual sessions of an action, opened again for the year after. */
export function ReconduirePage({
  qui,
  place,
  action,
  reconduites,
  refus,
}: Lecteur & {
  action: FicheAction;
  reconduites: readonly Reconduite[];
  refus?: string | undefined;
}) {
  return (
    <CadreGestion titre="Reconduire pour l'année suivante" qui={qui} place={place} ici="/gestion/formations">
      <p class="fil">
        <a href={`/gestion/actions/${action.id}#sessions`}>
          ← Modifier l'action : {action.contenu.intitule ?? "sans intitulé"}
        </a>
      </p>
      <h1>Reconduire pour l'année suivante</h1>
      <p class="chapeau">
        Les sessions en entrées permanentes ou séquencées s'ouvrent une fois par an. Les nouvelles reprennent
        tout de celles-ci, un an plus tard, en brouillon.
      </p>
      <Refus texte={refus} />
      {reconduites.length === 0 ? (
        <p class="vide">Cette action n'a pas de session en entrées permanentes ou séquencées à reconduire.</p>
      ) : (
        <Formulaire qui={qui} vers={`/gestion/actions/${action.id}/sessions/reconduire`}>
          <Table
            titre="Sessions à reconduire"
            colonnes={["Créer", "Session", "Voie d'accès", "Cette année", "L'année suivante", "Commune"]}
          >
            {reconduites.map(({ session, contenu, double }, rang) => (
              <Rang key={session.id} rang={rang} valeur={String(session.id)} coche={double === undefined}>
                <td>{session.reference ?? `Brouillon ${session.id}`}</td>
                <td>{VOIES_COURTES[contenu.voie ?? ""]}</td>
                <td>{periode(session.contenu)}</td>
                <td>
                  {periode(contenu)}
                  {double === undefined ? null : <p class="dit attente">Existe déjà : {double}.</p>}
                </td>
                <td>{contenu.lieux?.[0]?.coordonnees.adresse?.ville}</td>
              </Rang>
            ))}
          </Table>
          <p class="actions">
            <button type="submit">Créer les sessions cochées</button>
            <a href={`/gestion/actions/${action.id}#sessions`}>Ne rien créer</a>
          </p>
        </Formulaire>
      )}
    </CadreGestion>
  );
}

const periode = ({ debut = "", fin = "" }: BrouillonSession): string =>
  `${dateLheo(debut)} au ${dateLheo(fin)}`;
