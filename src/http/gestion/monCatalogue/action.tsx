import type { EtatDeDiffusion } from "../../../edition/index.ts";
import { LIBELLES_DES_VOIES } from "../../../feed/index.ts";
import { labelOf } from "../../../lheo/index.ts";
import { Fait } from "../../pages/faits.tsx";
import { dateLheo, instant, jourEnLettres } from "../../pages/format.ts";
import { Section, Suivants, Table } from "../../pages/layout.tsx";
import { direEtat } from "../../pages/ou/phrases.ts";
import { CadreGestion } from "../cadre.tsx";
import type { Membre } from "../scope.ts";
import { codesOf } from "./codes.ts";
import type { ActionVue, SessionVue } from "./data.ts";

/** An action online, with where each of its sessions stands at the partners'. */
export function ActionPage({
  qui,
  place,
  vue,
}: Membre & {
  vue: ActionVue;
}) {
  const { numero, contenu, nomOrganisme, premiereMiseEnLigneAt, sessions, suite } = vue;
  const { modalites } = contenu;
  const heures = (modalites.heures_par_modalite ?? []).reduce((sum, one) => sum + one.heures, 0);
  return (
    <CadreGestion titre={contenu.intitule} qui={qui} place={place} ici="/gestion/mon-catalogue">
      <p>
        <a href="/gestion/mon-catalogue">← Mon catalogue</a>
      </p>
      <article class="offre">
        <h1>{contenu.intitule}</h1>
        <p class="aide">{nomOrganisme}</p>
        <dl class="faits">
          <Fait titre="Référence">{numero}</Fait>
          <Fait titre="En ligne depuis">{instant(premiereMiseEnLigneAt)}</Fait>
          {contenu.objectif_general == null ? null : (
            <Fait titre="Objectif général">
              {labelOf("dict-AIS", contenu.objectif_general) ?? contenu.objectif_general}
            </Fait>
          )}
          {contenu.certifications.length === 0 ? null : (
            <Fait titre="Certification">{codesOf(contenu.certifications)}</Fait>
          )}
          {heures === 0 ? null : <Fait titre="Durée">{heures} heures</Fait>}
        </dl>
        <Texte titre="Le plus de cette formation" texte={contenu.le_plus} />
        <Texte titre="Objectif" texte={contenu.objectif} />
        <Texte titre="Programme" texte={contenu.contenu} />
        <Texte titre="Résultats attendus" texte={contenu.resultats_attendus} />
        <Texte titre="Conditions d'accès" texte={modalites.conditions_acces} />
        <Texte titre="Prérequis" texte={modalites.prerequis} />
      </article>
      <Section titre="Sessions, et où elles en sont chez les partenaires">
        <Table titre="Sessions en ligne" colonnes={["Session", "Dates", "Lieu", "Chez les partenaires"]}>
          {sessions.map((one) => (
            <Rang vue={one} key={one.session.numero} />
          ))}
        </Table>
        {suite === undefined ? null : (
          <Suivants
            vers={`/gestion/mon-catalogue/${encodeURIComponent(numero)}?${new URLSearchParams({ apres: suite })}`}
          />
        )}
      </Section>
    </CadreGestion>
  );
}

function Texte({ titre, texte }: { titre: string; texte: string | null | undefined }) {
  if (texte == null || texte.trim() === "") return null;
  return (
    <section>
      <h2>{titre}</h2>
      {texte
        .split(/\s*\n\s*/)
        .filter((line) => line !== "")
        .map((line, rank) => (
          <p key={rank}>{line}</p>
        ))}
    </section>
  );
}

function Rang({ vue: { session, etats } }: { vue: SessionVue }) {
  const { numero, voie, debut, fin, ville } = session;
  return (
    <tr>
      <th scope="row">
        <a href={`/gestion/mon-catalogue/sessions/${encodeURIComponent(numero)}`}>{numero}</a>
        <p class="discret">{LIBELLES_DES_VOIES[voie]}</p>
      </th>
      <td>
        du {dateLheo(debut)} au {dateLheo(fin)}
      </td>
      <td>{ville ?? ""}</td>
      <td>
        <ul class="destinations">
          {etats
            .filter(({ via }) => via === undefined)
            .map((etat) => (
              <li key={etat.profil}>
                <EtatCourt etat={etat} />
              </li>
            ))}
        </ul>
      </td>
    </tr>
  );
}

/** Where a session stands for a destination, in a few words, with the day when it should show. */
export function EtatCourt({ etat }: { etat: EtatDeDiffusion }) {
  const { mot, ton } = direEtat(etat);
  return (
    <>
      {etat.nom} <span class={`etat ${ton}`}>{mot}</span>
      {etat.etat.code === "attente" ? (
        <span class="discret"> visible vers le {jourEnLettres(etat.etat.visible)}</span>
      ) : null}
    </>
  );
}
