import type { Passage } from "../../../catalogue/index.ts";
import type { Action } from "../../../published/contract/index.ts";
import type { Trace } from "../../../published/index.ts";
import { CAUSES } from "../../../snapshot/index.ts";
import { Formulaire, Refus } from "../../pages/form.tsx";
import { compter, instant } from "../../pages/format.ts";
import { Section, Suivants } from "../../pages/layout.tsx";
import { CadreGestion } from "../cadre.tsx";
import type { Membre } from "../scope.ts";
import type { Historique } from "./historiqueData.ts";
import { etatEnMots, evenementEnMots } from "./passages.ts";
import { Sortie } from "./sortie.tsx";

interface Props extends Membre {
  readonly historique: Historique;
  readonly contact: string | undefined;
  /** Why what was asked was not done. */
  readonly refus?: string | undefined;
}

/** Every passage of an action, dated and signed, and what was online of it. */
export function HistoriquePage({ qui, place, historique, contact, refus }: Props) {
  const { fiche, passages, noms, suite, versions } = historique;
  const titre = fiche.contenu.intitule ?? "Sans intitulé";
  const { role } = place.auteur;
  return (
    <CadreGestion titre={`Historique : ${titre}`} qui={qui} place={place} ici="/gestion/formations">
      <p>
        <a href={`/gestion/actions/${fiche.id}`}>← La fiche</a>
      </p>
      <h1>Historique</h1>
      <p class="chapeau">
        {titre} {fiche.reference === null ? "" : `(${fiche.reference})`}, {etatEnMots(fiche.etat)}
      </p>
      <Refus texte={refus} />
      <Sortie etat={fiche.etat} role={role} contact={contact} />
      {role === "controle" && fiche.etat === "archivee" ? (
        <Formulaire qui={qui} vers={`/gestion/actions/${fiche.id}/restaurer`}>
          <p>
            <button type="submit">Remettre en ligne</button>
          </p>
        </Formulaire>
      ) : null}
      <Section titre="Passages">
        <ol class="passages">
          {passages.map((one) => (
            <PassageVue passage={one} par={noms.get(one.acteur) ?? one.acteur} key={one.id} />
          ))}
        </ol>
        {suite === undefined ? null : (
          <Suivants vers={`/gestion/actions/${fiche.id}/historique?avant=${suite}`} />
        )}
      </Section>
      <Section titre="Versions en ligne" aide="Ce que les partenaires ont reçu, la plus récente d'abord.">
        <Versions versions={versions} reference={fiche.reference} />
      </Section>
    </CadreGestion>
  );
}

export function PassageVue({ passage, par }: { passage: Passage; par: string }) {
  const { at, de, vers, message, evenement } = passage;
  return (
    <li>
      <p>
        <strong>{evenementEnMots(evenement)}</strong> {objetOf(passage)}
      </p>
      <p class="discret">
        Le {instant(at)}, par {par}
        {de === null || de === vers ? "" : ` : ${etatEnMots(de)} → ${etatEnMots(vers)}`}
      </p>
      {message === null ? null : <blockquote>{message}</blockquote>}
    </li>
  );
}

function objetOf({ reference, session_id, detail }: Passage): string {
  if (reference !== null) return `: session ${reference}`;
  if (session_id !== null || detail.session !== undefined) return ": une session sans référence";
  const { sessions } = detail;
  return typeof sessions === "number" && sessions > 0
    ? `(avec ${compter(sessions, "session", "sessions")})`
    : "";
}

function Versions({ versions, reference }: { versions: readonly Trace<Action>[]; reference: string | null }) {
  if (versions.length === 0) return <p>Elle n'a jamais été en ligne.</p>;
  const [newest] = versions;
  return (
    <>
      <ol class="versions">
        {versions.map(({ version, misEnLigneAt, retrait }) => (
          <li key={version}>
            Version {version}, mise en ligne le {instant(misEnLigneAt)}
            {retrait === undefined
              ? ""
              : ` ; retirée le ${instant(retrait.at)} : ${CAUSES[retrait.motif].libelle}${
                  retrait.note === undefined ? "" : ` (« ${retrait.note} »)`
                }`}
          </li>
        ))}
      </ol>
      {newest?.retrait === undefined && reference !== null ? (
        <p>
          <a href={`/gestion/mon-catalogue/${encodeURIComponent(reference)}`}>
            Ce qui est en ligne maintenant
          </a>
        </p>
      ) : null}
    </>
  );
}
