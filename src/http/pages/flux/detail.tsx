import type { Connexion } from "../../../access/index.ts";
import { isNoticeCode, ruleOf } from "../../../notices/index.ts";
import { type ComptesDeChangement, libelleDeSortie } from "../../../snapshot/index.ts";
import { Fait } from "../faits.tsx";
import { compter, instant, nombre, taille } from "../format.ts";
import { Layout, Section } from "../layout.tsx";
import { lienAction, lienSession } from "../ou/search.tsx";
import type { CauseDEcart, FluxDetail } from "./data.ts";

const titreDe = (code: string): string => (isNoticeCode(code) ? ruleOf(code).titre : code);

/** One feed: what it holds, what it lacks and why, what changed. */
export function FluxDetailPage({ qui, detail }: { qui: Connexion | undefined; detail: FluxDetail }) {
  const { profil, flux, changements, ecarts } = detail;
  const here = `/historique/${profil.id}/${flux.id}`;
  const completed = Object.entries(flux.completeesParDefaut).sort(([, a], [, b]) => b - a);
  return (
    <Layout titre={`Flux n° ${flux.id}, ${profil.nom}`} qui={qui} ici="/flux">
      <p>
        <a href={`/historique/${profil.id}`}>← Flux de {profil.nom}</a>
      </p>
      <h1>
        Flux n° {flux.id} <span class="code">{profil.id}</span>
      </h1>
      <p class="chapeau">
        Fait le {instant(flux.createdAt)} par l'
        <a href={`/editions/${flux.edition}`}>édition n° {flux.edition}</a>
      </p>
      <dl class="faits">
        <Fait titre="Formations">{nombre(flux.formations)}</Fait>
        <Fait titre="Sessions">{nombre(flux.sessions)}</Fait>
        <Fait titre="Écartées">
          {compter(flux.sessionsEcartees, "session", "sessions")},{" "}
          {compter(flux.formationsEcartees, "formation entière", "formations entières")}
        </Fait>
        <Fait titre="XSD, règles">
          {flux.xsdVersion}, {flux.reglesVersion}
        </Fait>
        {flux.file === null ? (
          <Fait titre="Fichier">aucun : rien n'était dans le périmètre</Fait>
        ) : (
          <>
            <Fait titre="Fichier">
              <a href={`${here}/offre-info.xml`} download>
                offre-info.xml
              </a>{" "}
              ({taille(flux.file.octets)}) ·{" "}
              <a href={`${here}/offre-info.xml.gz`} download>
                offre-info.xml.gz
              </a>{" "}
              ({taille(flux.file.octetsGz)})
            </Fait>
            <Fait titre="Empreinte">
              <span class="code">{flux.file.sha256}</span>
            </Fait>
          </>
        )}
      </dl>
      <Section titre="Ce qui change par rapport au flux d'avant">
        {changements === undefined ? (
          <p>C'est le premier flux de ce profil : tout y est nouveau.</p>
        ) : (
          <Comptes vers={`${here}/changements`} comptes={changements} />
        )}
      </Section>
      <Section
        titre="Écartées, par cause"
        aide="Ce que les règles de ce destinataire n'acceptent pas : à corriger, la version d'avant reste quand elle passait."
      >
        {ecarts.length === 0 ? <p>Rien n'a été écarté, ou ce détail n'est plus conservé.</p> : null}
        {ecarts.map((one) => (
          <Ecart {...one} key={one.code} />
        ))}
      </Section>
      <Section titre="Complétées par défaut" aide="Des valeurs que LHEO exige et que l'offre ne donne pas.">
        {completed.length === 0 ? (
          <p>Aucune.</p>
        ) : (
          <ul>
            {completed.map(([code, count]) => (
              <li key={code}>
                {titreDe(code)} : <strong>{nombre(count)}</strong> <a href={`/notices/${code}`}>la règle</a>
              </li>
            ))}
          </ul>
        )}
      </Section>
    </Layout>
  );
}

function Comptes({ vers, comptes }: { vers: string; comptes: ComptesDeChangement }) {
  const { entrees, modifications, sorties } = comptes;
  const left = sorties.reduce((sum, one) => sum + one.nombre, 0);
  return (
    <>
      <ul class="comptes">
        <li>
          <a href={`${vers}?sens=entree`}>{compter(entrees, "session entrée", "sessions entrées")}</a>
        </li>
        <li>
          <a href={`${vers}?sens=modification`}>
            {compter(modifications, "session modifiée", "sessions modifiées")}
          </a>
        </li>
        <li>
          <a href={`${vers}?sens=sortie`}>{compter(left, "session sortie", "sessions sorties")}</a>
          {left === 0
            ? null
            : ` : ${sorties.map(({ motif, nombre: n }) => `${nombre(n)} ${libelleDeSortie(motif)}`).join(", ")}`}
        </li>
      </ul>
      <p>
        <a href={vers}>Tout voir, champ par champ</a>
      </p>
    </>
  );
}

function Ecart({ code, nombre: n, vues }: CauseDEcart) {
  return (
    <details>
      <summary>
        {titreDe(code)} <strong>{nombre(n)}</strong> <span class="code">{code}</span>
      </summary>
      <ul>
        {vues.map(({ session, action, message }) => (
          <li key={`${session}${action}${message}`}>
            {session !== null ? (
              <a href={lienSession(session)}>{session}</a>
            ) : action !== null ? (
              <a href={lienAction(action)}>{action}</a>
            ) : null}{" "}
            {message}
          </li>
        ))}
        {vues.length < n ? <li class="discret">… et {nombre(n - vues.length)} autres.</li> : null}
      </ul>
      <p>
        <a href={`/notices/${code}`}>La règle, et les sessions de la dernière édition</a>
      </p>
    </details>
  );
}
