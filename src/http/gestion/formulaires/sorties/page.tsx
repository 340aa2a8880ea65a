import type { ComponentChildren } from "preact";
import { Formulaire, Motif, Refus } from "../../../pages/form.tsx";
import { CadreGestion } from "../../cadre.tsx";
import type { Lecteur } from "../../scope.ts";

interface Props extends Lecteur {
  readonly titre: string;
  /** Of what: its reference and its title. */
  readonly quoi: string;
  readonly retour: string;
  readonly refus?: string | undefined;
  /** What is sent where; nothing when it cannot be done here. */
  readonly acte?: { readonly vers: string; readonly bouton: string; readonly motif?: string } | undefined;
  readonly children: ComponentChildren;
}

/** Asks again before something leaves: what it does, and why when others saw it. */
export function SortiePage({ qui, place, titre, quoi, retour, refus, acte, children }: Props) {
  return (
    <CadreGestion titre={titre} qui={qui} place={place} ici="/gestion/formations">
      <p class="fil">
        <a href={retour}>← Revenir à la fiche</a>
      </p>
      <h1>{titre}</h1>
      <p class="chapeau">{quoi}</p>
      <Refus texte={refus} />
      {children}
      {acte === undefined ? null : (
        <Formulaire qui={qui} vers={acte.vers} classe="fiche">
          {acte.motif === undefined ? null : <Motif valeur={acte.motif} />}
          <p class="actions">
            <button type="submit">{acte.bouton}</button>
            <a href={retour}>Ne rien faire</a>
          </p>
        </Formulaire>
      )}
    </CadreGestion>
  );
}
