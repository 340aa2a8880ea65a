import type { Detail } from "../../../delivery/index.ts";
import { duree, instantPrecis, taille } from "../format.ts";
import { Etat } from "../layout.tsx";
import { suiteDe } from "./suite.ts";

type Tentative = Detail["tentatives"][number];

/** Each attempt, the first one first: when, how it ended, what was answered, and what happened next. */
export function Essais({ detail }: { detail: Detail }) {
  if (detail.tentatives.length === 0) return <p class="discret">Rien n'est encore parti.</p>;
  return (
    <ol class="frise">
      {detail.tentatives.map((tentative, rang) => (
        <li key={tentative.epoch}>
          <Essai {...tentative} />
          <p class="suite">{suiteDe(detail, rang)}</p>
        </li>
      ))}
    </ol>
  );
}

function Essai({ epoch, worker, started_at, finished_at, issue, http_status, reponse, detail }: Tentative) {
  const ms = mesure(detail.ms) ?? (finished_at === null ? undefined : finished_at.getTime() - +started_at);
  const octets = mesure(detail.octets);
  const facts = [
    ms === undefined ? undefined : `a duré ${duree(ms)}`,
    http_status === null ? undefined : `réponse ${http_status}`,
    octets === undefined ? undefined : `${taille(octets)} à envoyer`,
    typeof detail.fichier === "string" ? `déposé sous ${detail.fichier}` : undefined,
    `par ${worker}`,
  ].filter((fact) => fact !== undefined);
  return (
    <>
      <h3>
        Essai {epoch} <Etat code={issue ?? "en_cours"} />
      </h3>
      <p>
        {instantPrecis(started_at)} <span class="discret">· {facts.join(" · ")}</span>
      </p>
      {typeof detail.message === "string" ? <p>{detail.message}</p> : null}
      {detail.tardive === undefined ? null : (
        <p class="discret">Sa fin est arrivée trop tard : un autre essai avait déjà pris la suite.</p>
      )}
      {reponse === null || reponse.trim() === "" ? null : (
        <details>
          <summary>Ce que le destinataire a répondu</summary>
          <pre>{reponse}</pre>
          {detail.coupee === true ? <p class="discret">La suite n'a pas été gardée.</p> : null}
        </details>
      )}
    </>
  );
}

const mesure = (value: unknown): number | undefined => (typeof value === "number" ? value : undefined);
