import { contentDigest, type Detail } from "../../../delivery/index.ts";
import { Fait } from "../faits.tsx";
import { duree, instantPrecis, nombre, taille } from "../format.ts";
import { Etat } from "../layout.tsx";
import { Phases } from "./phases.tsx";
import { suiteDe } from "./suite.ts";

type Tentative = Detail["tentatives"][number];

/** Each attempt, the first one first: when, how it ended, what was sent and answered, and what happened next. */
export function Essais({ detail }: { detail: Detail }) {
  if (detail.tentatives.length === 0) return <p class="discret">Rien n'est encore parti.</p>;
  return (
    <ol class="frise">
      {detail.tentatives.map((tentative, rang) => (
        <li key={tentative.epoch} id={`essai-${tentative.epoch}`}>
          <Essai tentative={tentative} delivery={detail} />
          <p class="suite">{suiteDe(detail, rang)}</p>
        </li>
      ))}
    </ol>
  );
}

function Essai({ tentative, delivery }: { tentative: Tentative; delivery: Detail }) {
  const { epoch, worker, started_at, finished_at, issue, http_status, detail } = tentative;
  const ms = mesure(detail.ms) ?? (finished_at === null ? undefined : finished_at.getTime() - +started_at);
  const facts = [
    ms === undefined ? undefined : `a duré ${duree(ms)}`,
    http_status === null ? undefined : `réponse ${http_status}`,
    mot(detail.fichier, "déposé sous"),
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
      <Phases detail={detail} abouti={detail.message === undefined} />
      <Demande tentative={tentative} delivery={delivery} />
      <Reponse {...tentative} />
    </>
  );
}

/** What was sent: what of it is the same at each attempt is not kept with each. */
function Demande({
  tentative: { epoch, detail },
  delivery: { id, sha256 },
}: {
  tentative: Tentative;
  delivery: Detail;
}) {
  const { vers } = detail;
  const octets = mesure(detail.octets);
  if (typeof vers !== "string" || octets === undefined) return null;
  return (
    <details>
      <summary>La demande : {taille(octets)}</summary>
      <dl class="faits">
        <Fait titre="Vers">
          <span class="code">{vers}</span>
        </Fait>
        <Fait titre="Fichier">{nombre(octets)} octets</Fait>
        {/^(PUT|POST) /.test(vers) ? (
          <>
            <Fait titre="Idempotency-Key">
              <span class="code">{id}</span>
            </Fait>
            <Fait titre="X-Offre-Info-Tentative">{epoch}</Fait>
            {sha256 === null ? null : (
              <Fait titre="Content-Digest">
                <span class="code">{contentDigest(sha256)}</span>
              </Fait>
            )}
          </>
        ) : null}
      </dl>
    </details>
  );
}

function Reponse({ http_status, reponse, detail }: Tentative) {
  if (http_status === null) return null;
  const said = [mot(detail.type, "type"), mot(detail.attendre, "demande d'attendre")].filter(
    (one) => one !== undefined,
  );
  return (
    <details>
      <summary>
        La réponse : {http_status}
        {said.length === 0 ? "" : `, ${said.join(", ")}`}
      </summary>
      {reponse === null || reponse.trim() === "" ? (
        <p class="discret">Elle n'a pas de corps.</p>
      ) : (
        <pre>{reponse}</pre>
      )}
      {detail.coupee === true ? <p class="discret">La suite n'a pas été gardée.</p> : null}
    </details>
  );
}

const mesure = (value: unknown): number | undefined => (typeof value === "number" ? value : undefined);
const mot = (value: unknown, avant: string): string | undefined =>
  typeof value === "string" ? `${avant} ${value}` : undefined;
