import type { Difference, Saisies } from "../../../../catalogue/index.ts";
import { compter, instant } from "../../../pages/format.ts";
import { CadreGestion } from "../../cadre.tsx";
import type { Lecteur } from "../../scope.ts";
import { idDe } from "../vue.ts";
import type { Dossier } from "./dossier.ts";

interface Props extends Lecteur {
  readonly dossier: Dossier;
  /** Who saved since, and when. */
  readonly par: string;
  readonly at: Date;
  readonly revision: number;
  readonly differences: readonly Difference[];
  /** All that was typed, sent along. */
  readonly saisies: Saisies;
}

/** Somebody saved since the form was read: nothing was overwritten, and each field that differs is decided on. */
export function ConflitPage({ qui, place, dossier, par, at, revision, differences, saisies }: Props) {
  const { adresse } = dossier;
  const sent = [...saisies].filter(([nom]) => !IGNORES.has(nom));
  return (
    <CadreGestion titre="Cette fiche a changé" qui={qui} place={place} ici="/gestion/formations">
      <h1>Cette fiche a changé pendant votre saisie</h1>
      <p class="chapeau">
        {par} l'a enregistrée le {instant(at)}. Rien n'a été écrasé, et votre texte est gardé ici.
      </p>
      <form method="post" action={adresse} class="conflit">
        <input type="hidden" name="_csrf" value={qui?.csrf ?? ""} />
        <input type="hidden" name="revision" value={revision} />
        {sent.flatMap(([nom, textes]) =>
          textes.map((texte, rang) => (
            <input type="hidden" name={nom} value={texte} key={`${nom} ${rang}`} />
          )),
        )}
        {differences.length === 0 ? (
          <p>Vos deux versions disent la même chose.</p>
        ) : (
          <>
            <h2>{compter(differences.length, "champ diffère", "champs diffèrent")}</h2>
            {differences.map((difference) => (
              <Choix difference={difference} par={par} key={difference.nom} />
            ))}
          </>
        )}
        <p class="actions">
          <button type="submit">Enregistrer ces choix</button>
          <a href={adresse}>Reprendre sa version, sans la mienne</a>
        </p>
      </form>
    </CadreGestion>
  );
}

/** What a form sends beside its fields. */
const IGNORES: ReadonlySet<string> = new Set([
  "_csrf",
  "revision",
  "acte",
  "sienne",
  "q_certification",
  "ajouter_certification",
]);

function Choix({ difference: { nom, titre, de, vers }, par }: { difference: Difference; par: string }) {
  const id = idDe(nom);
  return (
    <fieldset class="saisie difference">
      <legend>{titre}</legend>
      <p class="bouton-de-choix">
        <input type="radio" id={`${id}-mienne`} name={`choix:${nom}`} value="mienne" checked />
        <label for={`${id}-mienne`}>Appliquer ma version</label>
        <span class="version">{vers === "" ? <em>rien</em> : vers}</span>
      </p>
      <p class="bouton-de-choix">
        <input type="radio" id={`${id}-sienne`} name={`choix:${nom}`} value="sienne" />
        <label for={`${id}-sienne`}>Reprendre celle de {par}</label>
        <span class="version">{de === "" ? <em>rien</em> : de}</span>
      </p>
    </fieldset>
  );
}
