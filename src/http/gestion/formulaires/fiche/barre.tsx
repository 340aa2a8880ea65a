import type { Connexion } from "../../../../access/index.ts";
import { Formulaire } from "../../../pages/form.tsx";
import type { Dossier } from "./dossier.ts";

/** S113, S120: what can be done with the form, always in sight. */
export function Barre({
  qui,
  dossier,
  confirmable,
}: {
  qui: Connexion | undefined;
  dossier: Dossier;
  confirmable: boolean;
}) {
  return (
    <div class="barre" id="barre">
      <div class="barre-principale">
        {dossier.verrou === undefined ? <Saisir dossier={dossier} confirmable={confirmable} /> : null}
        <Quitter dossier={dossier} />
        <span class="discret" data-enregistre="" role="status" />
      </div>
      {dossier.retirable ? <Sorties qui={qui} dossier={dossier} /> : null}
    </div>
  );
}

function Saisir({ dossier, confirmable }: { dossier: Dossier; confirmable: boolean }) {
  const { adresse, genre, action, enLigne } = dossier;
  // A session of an action that was never published goes with it.
  const seule = genre === "action" || action.etat === "publiee" || action.etat === "modifiee";
  if (dossier.enControle)
    return (
      <>
        <button type="submit" form="formulaire" name="acte" value="enregistrer">
          Enregistrer la correction
        </button>
        <a href={`/gestion/controle/${action.id}`}>Revenir au contrôle</a>
      </>
    );
  return (
    <>
      {confirmable ? (
        <button type="submit" form="formulaire" formaction={`${adresse}/confirmer`}>
          Confirmer la validation
        </button>
      ) : seule ? (
        <button type="submit" form="formulaire" formaction={`${adresse}/valider`}>
          Valider
        </button>
      ) : (
        <button type="submit" form="formulaire" name="acte" value="revenir">
          Enregistrer et revenir à l'action
        </button>
      )}
      <button type="submit" form="formulaire" name="acte" value="enregistrer" class="second">
        {enLigne ? "Enregistrer sans publier" : "Sauvegarder en mode brouillon"}
      </button>
    </>
  );
}

const Quitter = ({ dossier: { genre, action } }: { dossier: Dossier }) => (
  <a
    href={
      genre === "action"
        ? `/gestion/formations?cadre=${action.cadre}`
        : `/gestion/actions/${action.id}#sessions`
    }
  >
    Quitter
  </a>
);

/** What ends it, or goes back: each asks again on its own page. */
function Sorties({ qui, dossier }: { qui: Connexion | undefined; dossier: Dossier }) {
  const { genre, action, session, adresse, enLigne, verrou } = dossier;
  if (genre === "session") {
    if (session === undefined) return null;
    return (
      <details class="autres">
        <summary>Autres actes</summary>
        {verrou === undefined || action.etat === "modifiee" ? (
          <Formulaire qui={qui} vers={`${adresse}/dupliquer`}>
            <button type="submit" class="second">
              Dupliquer la session
            </button>
          </Formulaire>
        ) : null}
        <a href={`${adresse}/retirer`}>Retirer ou supprimer la session</a>
      </details>
    );
  }
  if (action.etat === "archivee" || action.etat === "supprimee") return null;
  const changee = enLigne && verrou === undefined;
  return (
    <details class="autres">
      <summary>Autres actes</summary>
      {changee ? <a href={`${adresse}/abandonner`}>Abandonner les modifications</a> : null}
      {action.etat === "brouillon" ? null : (
        <a href={`${adresse}/archiver`}>Archiver l'action et ses sessions</a>
      )}
      <a href={`${adresse}/supprimer`}>Supprimer l'action et ses sessions</a>
    </details>
  );
}
