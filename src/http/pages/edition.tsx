import type { Connexion } from "../../access/index.ts";
import { isNoticeCode, ruleOf } from "../../notices/index.ts";
import type { EditionRow, NoticeRow } from "./data.ts";
import { court, instant, nombre } from "./format.ts";
import { Etat, Layout, Section, Table } from "./layout.tsx";

interface EditionDetail {
  readonly qui: Connexion | undefined;
  readonly edition: EditionRow;
  readonly notices: readonly NoticeRow[];
}

/** One feed run: what it wrote, what it set aside and why, grouped by cause. */
export function EditionPage({ qui, edition, notices }: EditionDetail) {
  const counts = Object.entries(edition.bilan.notices ?? {}).sort(
    ([, a], [, b]) => rank(a.severity) - rank(b.severity) || b.nombre - a.nombre,
  );
  return (
    <Layout titre={`Édition n° ${edition.id}`} qui={qui}>
      <p>
        <a href="/">← Vue d'ensemble</a>
      </p>
      <h1>Édition n° {edition.id}</h1>
      <p class="chapeau">
        {instant(edition.horloge)}, <Etat code={edition.etat} />
      </p>
      {edition.erreur === null ? null : <p class="souci">{edition.erreur}</p>}
      <Section titre="Par profil">
        <Table
          titre="Ce que l'édition a écrit"
          colonnes={[
            "Profil",
            "Issue",
            "Sessions concernées",
            "Formations",
            "Sessions",
            "Écartées",
            "Version d'avant gardée",
            "En attente",
            "Flux",
          ]}
        >
          {(edition.bilan.profils ?? []).map(({ profil, issue, sha256, compte }) => (
            <tr key={profil}>
              <th scope="row">{profil}</th>
              <td>
                <Etat code={issue} />
              </td>
              <td class="nombre">{nombre(compte.dansLePerimetre)}</td>
              {issue === "relais" ? (
                <td colSpan={5} class="discret">
                  comptées chez celui qui le sert
                </td>
              ) : (
                <>
                  <td class="nombre">{nombre(compte.formations)}</td>
                  <td class="nombre">{nombre(compte.sessions)}</td>
                  <td class="nombre">{nombre(compte.sessionsEcartees)}</td>
                  <td class="nombre">{nombre(compte.retenues)}</td>
                  <td class="nombre">{nombre(compte.enAttente)}</td>
                </>
              )}
              <td class="code">{sha256 === null ? "" : court(sha256)}</td>
            </tr>
          ))}
        </Table>
      </Section>
      <Section
        titre="Notices par cause"
        aide="Une notice bloquante écarte la session ou la formation ; les autres la laissent passer."
      >
        {counts.length === 0 ? <p>Rien à signaler.</p> : null}
        {counts.map(([code, { severity, nombre: n }]) => (
          <Cause
            key={code}
            code={code}
            severity={severity}
            n={n}
            seen={notices.filter((one) => one.code === code)}
          />
        ))}
      </Section>
    </Layout>
  );
}

/** What sets aside comes first. */
const SEVERITIES = ["bloquant", "avertissement", "information"];
const rank = (severity: string): number => SEVERITIES.indexOf(severity);

function Cause({
  code,
  severity,
  n,
  seen,
}: {
  code: string;
  severity: string;
  n: number;
  seen: readonly NoticeRow[];
}) {
  return (
    <details>
      <summary>
        <Etat code={severity} /> {isNoticeCode(code) ? ruleOf(code).titre : code} <strong>{nombre(n)}</strong>{" "}
        <span class="code">{code}</span>
      </summary>
      <ul>
        {seen.map(({ session, action, organisme, path, message }) => (
          <li key={`${session}${action}${organisme}${path}`}>
            <span class="code">{session ?? action ?? organisme ?? ""}</span> {message}{" "}
            <span class="discret">{path}</span>
          </li>
        ))}
        {seen.length < n ? <li class="discret">… et {nombre(n - seen.length)} autres.</li> : null}
      </ul>
    </details>
  );
}
