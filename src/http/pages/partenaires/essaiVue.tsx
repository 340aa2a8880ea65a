import { isNoticeCode, ruleOf } from "../../../notices/index.ts";
import { compter, duree, nombre, taille } from "../format.ts";
import { Etat } from "../layout.tsx";
import type { EssaiEnCours } from "./essais.ts";
import { Refuses } from "./refuses.tsx";

/** Kinds of notices shown. */
const SHOWN = 20;

/** What a dry run found. */
export function EssaiVue({ essai }: { essai: EssaiEnCours }) {
  switch (essai.etat) {
    case "en_cours":
      return (
        <p role="status">
          <span class="etat attente">essai en cours</span> Le flux est fait et vérifié sans être envoyé.{" "}
          <a href="?">Actualiser</a>
        </p>
      );
    case "echoue":
      return (
        <p class="souci" role="status">
          L'essai n'a pas pu aller au bout : {essai.message}
        </p>
      );
    case "fait":
      return <Bilan {...essai} />;
  }
}

function Bilan({ bilan, ms }: Extract<EssaiEnCours, { etat: "fait" }>) {
  const { compte, octets, notices, dejaRecu, refusConnus } = bilan;
  const said = Object.entries(notices);
  return (
    <div class="essai">
      <h3>Essai à blanc</h3>
      <p role="status">
        {octets === 0
          ? "Rien n'est dans son périmètre : aucun fichier ne partirait."
          : `Partiraient maintenant ${compter(compte.formations, "formation", "formations")} et ${compter(compte.sessions, "session", "sessions")}, ${taille(octets)} de XML valide. `}
        {octets > 0 && dejaRecu ? "Il a déjà exactement ce contenu : rien ne repartirait." : ""}
      </p>
      <ul>
        <li>
          {compter(compte.sessionsEcartees, "session écartée", "sessions écartées")},{" "}
          {nombre(compte.retenues)} montrées dans une version d'avant, {nombre(compte.enAttente)} dont la
          dernière version attend sa date.
        </li>
        <li>Fait et vérifié en {duree(ms)}.</li>
      </ul>
      <details>
        <summary>
          Ce que les règles disent : {compter(said.length, "sorte de notices", "sortes de notices")}
        </summary>
        <ul>
          {said.slice(0, SHOWN).map(([code, { severity, nombre: n }]) => (
            <li key={code}>
              <Etat code={severity} />{" "}
              <a href={`/notices/${code}`}>{isNoticeCode(code) ? ruleOf(code).titre : code}</a>{" "}
              <strong>{nombre(n)}</strong>
            </li>
          ))}
        </ul>
      </details>
      <h4>Refus connus de ce partenaire</h4>
      <Refuses titre="Sessions de l'essai qu'il a refusées" {...refusConnus} />
    </div>
  );
}
