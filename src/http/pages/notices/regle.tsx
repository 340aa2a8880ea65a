import type { Connexion } from "../../../access/index.ts";
import { type NoticeCode, ruleOf } from "../../../notices/index.ts";
import { Fait } from "../faits.tsx";
import { Etat, Layout, Section, Suivants, Table } from "../layout.tsx";
import { lienAction, lienOrganisme, lienSession } from "../ou/search.tsx";
import type { Occurrence, PageDOccurrences } from "./data.ts";
import { QUI } from "./mots.ts";

/** One rule: its sentence, an example, and where it spoke in the last édition. */
export function ReglePage({
  qui,
  code,
  page,
}: {
  qui: Connexion | undefined;
  code: NoticeCode;
  page: PageDOccurrences;
}) {
  const { titre, severity, sentence, who, source, bloquantPour = [] } = ruleOf(code);
  const { edition, occurrences, suivant } = page;
  return (
    <Layout titre={titre} qui={qui} ici="/notices">
      <p>
        <a href="/notices">← Notices</a>
      </p>
      <h1>
        {titre} <Etat code={severity} />
      </h1>
      <p class="code">{code}</p>
      <dl class="faits">
        <Fait titre="Ce qu'elle dit">
          {sentence({ value: "(valeur vue)", attendu: "(valeur attendue)", champ: "(champ)" })}
        </Fait>
        <Fait titre="Ce qu'elle fait">
          {severity === "bloquant"
            ? "Écarte la session ou la formation ; la version d'avant reste si elle passait."
            : bloquantPour.length > 0
              ? `Écarte seulement pour : ${bloquantPour.join(", ")}.`
              : "Laisse passer."}
        </Fait>
        <Fait titre="Qui corrige">{QUI[who]}</Fait>
        <Fait titre="D'où elle vient">{source}</Fait>
      </dl>
      <Section titre={edition === undefined ? "Dans l'offre" : `Dans l'édition n° ${edition.id}`}>
        {occurrences.length === 0 ? (
          <p>Elle n'y dit rien{suivant === undefined ? "" : " de plus"}.</p>
        ) : (
          <Table titre="Ce que la règle a vu" colonnes={["Fiche", "Ce qui est dit", "Où"]}>
            {occurrences.map((one) => (
              <Vue {...one} key={one.rang} />
            ))}
          </Table>
        )}
        {suivant === undefined ? null : <Suivants vers={`/notices/${code}?apres=${suivant}`} />}
      </Section>
    </Layout>
  );
}

function Vue({ session, action, organisme, message, path, partners }: Occurrence) {
  return (
    <tr>
      <th scope="row">
        {session !== null ? (
          <a href={lienSession(session)}>{session}</a>
        ) : action !== null ? (
          <a href={lienAction(action)}>{action}</a>
        ) : organisme !== null ? (
          <a href={lienOrganisme(organisme)}>{organisme}</a>
        ) : (
          "fichier"
        )}
      </th>
      <td>
        {message}
        {partners.length === 0 ? null : <p class="discret">Écarte pour : {partners.join(", ")}</p>}
      </td>
      <td class="code">{path}</td>
    </tr>
  );
}
