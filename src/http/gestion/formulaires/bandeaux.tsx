import type { Constat, FicheAction } from "../../../catalogue/index.ts";
import { placeOf } from "../../../catalogue/index.ts";
import { compter } from "../../pages/format.ts";
import type { Dossier } from "./fiche/dossier.ts";
import { effetDeConfirmer } from "./mots.ts";
import { idDe } from "./vue.ts";

/** S38: what the control asks, in blue on top of the form. */
export function MessageDuControle({ action: { etat, alerte, message } }: { action: FicheAction }) {
  if (etat !== "alerte" || message === null) return null;
  return (
    <section class="bandeau bleu" aria-label="Demande de complément">
      <h2>
        {alerte === "controle"
          ? "L'équipe de contrôle demande un complément"
          : "Cette formation n'a plus de session"}
      </h2>
      <p class="message">{message}</p>
    </section>
  );
}

/** S44, S61, S119: why nothing can be typed here. */
export function Verrou({ raison }: { raison: string | undefined }) {
  return raison === undefined ? null : (
    <p class="bandeau gris">
      <strong>Lecture seule.</strong> {raison}
    </p>
  );
}

export function Presents({ noms }: { noms: readonly string[] }) {
  return (
    <div data-presents="" role="status">
      {noms.length === 0 ? null : (
        <p class="bandeau gris">
          {noms.join(", ")} {noms.length > 1 ? "ont" : "a"} aussi ouvert cette fiche. Ce que l'un enregistre
          n'écrase jamais ce que l'autre a écrit : on vous le montrera.
        </p>
      )}
    </div>
  );
}

/** S117: the green band of the first validation. */
export function Confirmable({ dossier: { action, genre } }: { dossier: Dossier }) {
  return (
    <section class="bandeau vert" id="bandeau" tabIndex={-1} aria-label="Validation">
      <h2>Rien ne s'oppose à la publication</h2>
      <p>
        Relisez votre saisie, puis confirmez : bouton <a href="#barre">« Confirmer la validation »</a> en bas
        de page. {effetDeConfirmer(action, genre)}
      </p>
    </section>
  );
}

/** S118: the red band, with the way to each field. */
export function Erreurs({
  dossier,
  erreurs = new Map(),
  constats = [],
}: {
  dossier: Dossier;
  erreurs?: ReadonlyMap<string, string> | undefined;
  constats?: readonly Constat[] | undefined;
}) {
  const blocking = constats.filter(({ severity }) => severity === "bloquant");
  const total = erreurs.size + blocking.length;
  if (total === 0) return null;
  return (
    <section class="bandeau rouge" id="bandeau" tabIndex={-1} role="alert" aria-labelledby="bandeau-titre">
      <h2 id="bandeau-titre">{compter(total, "point", "points")} à corriger</h2>
      {erreurs.size === 0 ? null : <p>Ce qui n'a pas pu être lu n'est pas enregistré.</p>}
      <ul>
        {[...erreurs].map(([champ, texte]) => (
          <li key={champ}>
            <Lien dossier={dossier} champ={champ} /> {texte}
          </li>
        ))}
        {blocking.map((constat) => (
          <li key={`${constat.fiche.id} ${constat.champ} ${constat.message}`}>
            <LienDuConstat dossier={dossier} constat={constat} /> {constat.message}
          </li>
        ))}
      </ul>
    </section>
  );
}

function LienDuConstat({ dossier, constat: { fiche, champ } }: { dossier: Dossier; constat: Constat }) {
  if (fiche.genre === dossier.genre) return <Lien dossier={dossier} champ={champ} />;
  const adresse =
    fiche.genre === "session" ? `/gestion/sessions/${fiche.id}` : `/gestion/actions/${fiche.id}`;
  return (
    <a href={`${adresse}#${idDe(champ)}`}>
      {fiche.genre === "session" ? "Dans une session :" : "Sur l'action :"}
    </a>
  );
}

function Lien({ dossier, champ }: { dossier: Dossier; champ: string }) {
  const place = placeOf(dossier.formulaire, champ);
  if (place !== undefined) return <a href={`#${idDe(place.nom)}`}>{place.titre} :</a>;
  if (champ.startsWith("organisme")) return <a href="/gestion/structures">Votre organisme :</a>;
  if (champ.startsWith("sessions")) return <a href="#sessions">Sessions :</a>;
  return null;
}
