import type { Constat, SessionSoumise, Verification } from "../../../catalogue/index.ts";
import { compter, dateLheo } from "../../pages/format.ts";
import { Etat, Section } from "../../pages/layout.tsx";
import { idDe } from "../formulaires/vue.ts";

/** What the checks say, the gravest first, and which partner will show it. */
export function Verdicts({
  verification,
  id,
  soumises,
}: {
  verification: Verification;
  id: number;
  /** Those that wait with the action. */
  soumises: readonly SessionSoumise[];
}) {
  const { constats, partenaires } = verification;
  const [bloquants, avertissements, informations] = ["bloquant", "avertissement", "information"].map(
    (severity) => constats.filter((one) => one.severity === severity),
  );
  return (
    <>
      <Section titre="Vérifications">
        {constats.length === 0 ? <p>Rien à signaler.</p> : null}
        <Constats constats={[...(bloquants ?? []), ...(avertissements ?? [])]} id={id} soumises={soumises} />
        {informations === undefined || informations.length === 0 ? null : (
          <details>
            <summary>{compter(informations.length, "information", "informations")}</summary>
            <Constats constats={informations} id={id} soumises={soumises} />
          </details>
        )}
      </Section>
      <Section titre="Chez les partenaires">
        {soumises.length === 0 ? (
          <p>Aucune session n'attend : celles qui sont en ligne restent où elles en sont.</p>
        ) : null}
        <ul class="dits">
          {(soumises.length === 0 ? [] : partenaires).map(({ profil, nom, dans, raisons, visibleLe }) => (
            <li key={profil}>
              <strong>{nom}</strong>{" "}
              <span class={`etat ${dans ? "bien" : "neutre"}`}>{dans ? "visible" : "absente"}</span>{" "}
              {dans && visibleLe !== undefined ? `vers le ${dateLheo(visibleLe)}` : raisons.join(" ")}
            </li>
          ))}
        </ul>
      </Section>
    </>
  );
}

function Constats({
  constats,
  id,
  soumises,
}: {
  constats: readonly Constat[];
  id: number;
  soumises: readonly SessionSoumise[];
}) {
  const references = new Map(soumises.map((one) => [one.id, one.reference]));
  return (
    <ul class="dits">
      {constats.map(({ code, severity, message, champ, fiche }) => (
        <li key={`${code} ${fiche.genre} ${fiche.id} ${champ}`}>
          <Etat code={severity} />{" "}
          {fiche.genre === "session" ? (
            <a href={`/gestion/sessions/${fiche.id}#${idDe(champ)}`}>
              Session {references.get(fiche.id) ?? "sans référence"}
            </a>
          ) : (
            <a href={`/gestion/actions/${id}#${idDe(champ)}`}>Action</a>
          )}{" "}
          : {message} <span class="code">{code}</span>
        </li>
      ))}
    </ul>
  );
}
