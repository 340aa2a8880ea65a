import { dateLheo } from "../../pages/format.ts";
import { Section } from "../../pages/layout.tsx";
import { LectureVue } from "../../pages/ou/apercu.tsx";
import { direEtat } from "../../pages/ou/phrases.ts";
import { CadreGestion } from "../cadre.tsx";
import type { Membre } from "../scope.ts";
import { EtatCourt } from "./action.tsx";
import type { SessionEnLigne } from "./data.ts";

/** How a session reads at a destination, from the very file that it takes, and where it stands at all of them (S144, S145). */
export function SessionPage({
  qui,
  place,
  vue,
}: Membre & {
  vue: SessionEnLigne;
}) {
  const { session, etats, profil, lecture } = vue;
  const here = `/gestion/mon-catalogue/sessions/${encodeURIComponent(session.numero)}`;
  const own = etats.filter(({ via }) => via === undefined);
  return (
    <CadreGestion titre={`Session ${session.numero}`} qui={qui} place={place} ici="/gestion/mon-catalogue">
      <p>
        <a href={`/gestion/mon-catalogue/${encodeURIComponent(session.action)}`}>← {session.intitule}</a>
      </p>
      <h1>Session {session.numero}</h1>
      <p class="chapeau">
        du {dateLheo(session.debut)} au {dateLheo(session.fin)}
        {session.ville === null ? "" : `, ${session.ville}`}
      </p>
      <Section titre="Chez les partenaires">
        <ul class="dits">
          {etats.map((etat) => (
            <li key={etat.profil}>
              <EtatCourt etat={etat} />
              <p class="discret">{direEtat(etat).phrase}</p>
            </li>
          ))}
        </ul>
      </Section>
      <h2>Comment elle se lit</h2>
      <nav class="choix" aria-label="Chez quel destinataire">
        <ul>
          {own.map((one) => (
            <li key={one.profil}>
              <a
                href={`${here}?${new URLSearchParams({ profil: one.profil })}`}
                aria-current={one.profil === profil ? "true" : undefined}
              >
                {one.nom}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <LectureVue lecture={lecture} />
    </CadreGestion>
  );
}
