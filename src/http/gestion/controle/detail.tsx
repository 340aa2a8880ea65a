import type { Delai, Examen } from "../../../catalogue/index.ts";
import { Fait } from "../../pages/faits.tsx";
import { Champs } from "../../pages/flux/changements.tsx";
import { Refus } from "../../pages/form.tsx";
import { compter, dateLheo, instant, jourEnLettres } from "../../pages/format.ts";
import { Section } from "../../pages/layout.tsx";
import { CadreGestion } from "../cadre.tsx";
import { PassageVue } from "../listes/historique.tsx";
import type { PassagesSignes } from "../listes/historiqueData.ts";
import { TITRES_DES_CADRES } from "../listes/mots.ts";
import type { Membre } from "../scope.ts";
import { Complement, Decision } from "./decision.tsx";
import { MOTS_DU_TYPE } from "./file.tsx";
import { HabilitationsVue } from "./habilitations.tsx";
import { Indexation } from "./indexation.tsx";
import { Verdicts } from "./verdicts.tsx";

interface Props extends Membre {
  readonly examen: Examen;
  readonly historique: PassagesSignes;
  readonly refus: string | undefined;
  /** What was typed and could not be sent. */
  readonly message: string;
}

/** All that the control has before it when it decides (S139–S143). */
export function ControlePage({ qui, place, examen, historique, refus, message }: Props) {
  const { attente, fiche, changements, habilitations, verification } = examen;
  const titre = attente.intitule === "" ? "Sans intitulé" : attente.intitule;
  return (
    <CadreGestion titre={`Contrôle : ${titre}`} qui={qui} place={place} ici="/gestion/controle">
      <p>
        <a href="/gestion/controle">← À contrôler</a>
      </p>
      <h1>{titre}</h1>
      <Refus texte={refus} />
      <dl class="faits">
        <Fait titre="Référence">{attente.reference}</Fait>
        <Fait titre="Organisme">{attente.nomStructure}</Fait>
        <Fait titre="Contrôle">{MOTS_DU_TYPE[attente.type]}</Fait>
        <Fait titre="Liste">{TITRES_DES_CADRES[attente.cadre]}</Fait>
        <Fait titre="Confirmée">{instant(attente.soumise_at)}</Fait>
      </dl>
      <Echeance delai={attente.delai} enRetard={attente.enRetard} />
      <Decision qui={qui} place={place} examen={examen} />
      <Section
        titre={changements.nouvelle ? "Ce qui est demandé" : "Ce qui change"}
        aide={
          changements.nouvelle
            ? "Aucune version n'est en ligne : tout est nouveau."
            : "Depuis la version approuvée, qui reste en ligne jusqu'à la décision."
        }
      >
        <Champs titre="L'action" champs={changements.action} />
        {changements.sessions.map(({ id, reference, nouvelle, champs }) => (
          <details key={id} open={changements.sessions.length < 4}>
            <summary>
              Session {reference} {nouvelle ? "(nouvelle)" : "(modifiée)"} :{" "}
              {compter(champs.length, "champ", "champs")}
            </summary>
            <Champs titre="La session" champs={champs} />
          </details>
        ))}
        {changements.sessions.length === 0 ? <p>Aucune session n'attend avec elle.</p> : null}
      </Section>
      <Verdicts verification={verification} id={fiche.id} soumises={changements.sessions} />
      <HabilitationsVue habilitations={habilitations} />
      <Indexation qui={qui} fiche={fiche} suggestions={examen.suggestions} />
      <Complement qui={qui} id={fiche.id} message={message} />
      <Section titre="Historique">
        <ol class="passages">
          {historique.passages.map((one) => (
            <PassageVue passage={one} par={historique.noms.get(one.acteur) ?? one.acteur} key={one.id} />
          ))}
        </ol>
        <p>
          <a href={`/gestion/actions/${fiche.id}/historique`}>Tout l'historique</a>
        </p>
      </Section>
    </CadreGestion>
  );
}

/** H1: shown as dates, each day that does not count explained. */
function Echeance({ delai, enRetard }: { delai: Delai; enRetard: boolean }) {
  const { auPlusTot, auPlusTard, sautes } = delai;
  return (
    <div class={enRetard ? "echeance souci" : "echeance"}>
      <p>
        À décider entre le {jourEnLettres(auPlusTot)} et le <strong>{jourEnLettres(auPlusTard)}</strong>{" "}
        {enRetard ? <span class="etat souci">en retard</span> : null}
      </p>
      {sautes.length === 0 ? null : (
        <details>
          <summary>Les jours qui ne comptent pas</summary>
          <ul>
            {sautes.map(({ jour, raison }) => (
              <li key={jour}>
                {dateLheo(jour)} : {raison}
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}
