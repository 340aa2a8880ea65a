import type { Connexion } from "../../../access/index.ts";
import { court, instant } from "../format.ts";
import { Etat, Layout, Section } from "../layout.tsx";
import type { Apercu } from "./apercuData.ts";
import type { Lu } from "./lecture.ts";
import { lienSession } from "./search.tsx";

/** How a session reads in a feed, from the very XML that the partner takes. */
export function ApercuPage({ qui, apercu }: { qui: Connexion | undefined; apercu: Apercu }) {
  const { session, profil, snapshot, lecture, notices } = apercu;
  return (
    <Layout titre={`Session ${session} dans le flux ${profil}`} qui={qui} ici="/ou">
      <p>
        <a href={lienSession(session)}>← Session {session}</a>
      </p>
      <h1>Comment elle se lit chez « {profil} »</h1>
      <p class="chapeau">
        Session {session}, dans le <a href={`/historique/${profil}/${snapshot.id}`}>flux n° {snapshot.id}</a>{" "}
        du {instant(snapshot.createdAt)}
        {snapshot.file === null ? "" : ` (${court(snapshot.file.sha256)})`}
      </p>
      <LectureVue lecture={lecture} />
      <Section titre="Ce que la dernière édition en dit">
        {notices.length === 0 ? <p>Rien à signaler.</p> : null}
        <ul class="dits">
          {notices.map(({ code, severity, path, message }) => (
            <li key={code + path}>
              <Etat code={severity} /> {message} <span class="code">{code}</span>
            </li>
          ))}
        </ul>
      </Section>
    </Layout>
  );
}

/** The fields of a session as a feed has them, and its very text; or why there is nothing to show. */
export function LectureVue({ lecture }: { lecture: Apercu["lecture"] }) {
  if ("absente" in lecture) return <p role="status">{lecture.absente}</p>;
  return (
    <>
      <Section titre="Champs" aide="Dans l'ordre du fichier ; chaque code avec son libellé.">
        <div class="lecture">
          <Enfants de={lecture.lu} />
        </div>
      </Section>
      <Section titre="XML">
        <details>
          <summary>Le texte même du fichier : l'en-tête de la formation et l'action de cette session</summary>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a frame that scrolls must be reached by the keyboard */}
          <pre class="xml" tabIndex={0}>
            {lecture.xml}
          </pre>
        </details>
      </Section>
    </>
  );
}

function Enfants({ de }: { de: Lu }) {
  return (
    <ul>
      {de.enfants.map((one, rank) => (
        <li key={rank}>
          <Ligne lu={one} />
        </li>
      ))}
    </ul>
  );
}

function Ligne({ lu }: { lu: Lu }) {
  const { titre, nom, texte, libelle, attributs, enfants } = lu;
  const head = (
    <>
      <span class="titre">{titre}</span> <span class="code">{nom}</span>
      {attributs.map(([name, value]) => (
        <span class="code" key={name}>
          {" "}
          {name}="{value}"
        </span>
      ))}
    </>
  );
  if (enfants.length === 0)
    return (
      <p>
        {head}
        <span class="valeur">
          {libelle ?? texte ?? ""}
          {libelle === undefined ? null : <span class="code"> {texte}</span>}
        </span>
      </p>
    );
  return (
    <details open>
      <summary>{head}</summary>
      <Enfants de={lu} />
    </details>
  );
}
