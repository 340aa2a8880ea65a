import type { Connexion } from "../../../access/index.ts";
import { consigneOf, type Envoi, type Vue } from "../../../alert/index.ts";
import { compte, duree, instant } from "../format.ts";
import { Etat, Layout, Section, Table } from "../layout.tsx";
import { lienDe } from "./liens.ts";

interface Alertes {
  readonly qui: Connexion | undefined;
  readonly maintenant: Date;
  readonly ouvertes: readonly Vue[];
  readonly closes: readonly Vue[];
  /** By alert. */
  readonly envois: ReadonlyMap<number, readonly Envoi[]>;
}

/** What is wrong now and what to do about it, then what was. */
export function AlertesPage({ qui, maintenant, ouvertes, closes, envois }: Alertes) {
  return (
    <Layout titre="Alertes" qui={qui} ici="/alertes" direct={["alertes"]}>
      <h1>Alertes</h1>
      <p class="chapeau">
        {ouvertes.length === 0
          ? "Aucune alerte n'est ouverte."
          : `${compte(ouvertes.length, "ouverte")}. Chacune se ferme d'elle-même quand sa cause est levée.`}
      </p>
      {ouvertes.map((alerte) => (
        <Ouverte
          alerte={alerte}
          maintenant={maintenant}
          envois={envois.get(alerte.id) ?? []}
          key={alerte.id}
        />
      ))}
      {closes.length === 0 ? null : (
        <Section titre="Terminées" aide="Les plus récentes d'abord.">
          <Table titre="Alertes terminées" colonnes={["Alerte", "De quand à quand", "Dite à"]}>
            {closes.map((alerte) => (
              <Close alerte={alerte} envois={envois.get(alerte.id) ?? []} key={alerte.id} />
            ))}
          </Table>
        </Section>
      )}
    </Layout>
  );
}

function Ouverte({
  alerte,
  maintenant,
  envois,
}: {
  alerte: Vue;
  maintenant: Date;
  envois: readonly Envoi[];
}) {
  const { titre, remede } = consigneOf(alerte.code);
  const lien = lienDe(alerte);
  return (
    <section class="alerte" id={`alerte-${alerte.id}`}>
      <h2>{titre}</h2>
      <p>{alerte.message}</p>
      <p>
        <strong>Que faire :</strong> <Remede texte={remede} />
        {lien === undefined ? null : (
          <>
            {" "}
            <a href={lien.vers}>{lien.texte}</a>
          </>
        )}
      </p>
      <p class="discret">
        Depuis le {instant(alerte.opened_at)} ({depuis(alerte.opened_at, maintenant)}), n° {alerte.id}{" "}
        <span class="code">{alerte.cle}</span>
      </p>
      <Envois envois={envois} />
    </section>
  );
}

function Close({ alerte, envois }: { alerte: Vue; envois: readonly Envoi[] }) {
  const { opened_at, closed_at } = alerte;
  return (
    <tr>
      <th scope="row">
        {consigneOf(alerte.code).titre}
        <p class="discret">{alerte.message}</p>
      </th>
      <td>
        {instant(opened_at)}
        {closed_at === null ? null : (
          <p>
            {instant(closed_at)} <span class="discret">après {depuis(opened_at, closed_at)}</span>
          </p>
        )}
      </td>
      <td>
        <Envois envois={envois} />
      </td>
    </tr>
  );
}

/** How long it lasted: seconds say nothing here. */
function depuis(from: Date, to: Date): string {
  const ms = to.getTime() - from.getTime();
  return ms < 60_000 ? "moins d'une minute" : duree(ms);
}

const COMMANDE = /(offre-info(?: [a-z]+)+(?: <[^>]+>)?(?: --[a-z]+ "…")?)/;

/** What to do, its commands set apart. */
function Remede({ texte }: { texte: string }) {
  return (
    <>{texte.split(COMMANDE).map((part, rang) => (rang % 2 === 1 ? <code key={rang}>{part}</code> : part))}</>
  );
}

const TRANSITIONS = { ouverte: "ouverture", resolue: "fin" } as const;

/** What each channel was told, or is still to be. */
function Envois({ envois }: { envois: readonly Envoi[] }) {
  return (
    <ul class="envois">
      {envois.map(({ canal, transition, etat, sent_at, prochain_at, essais, erreur }) => (
        <li key={canal + transition}>
          {canal}, {TRANSITIONS[transition]} : <Etat code={etat} />{" "}
          <span class="discret">
            {etat === "a_envoyer"
              ? `à partir du ${instant(prochain_at)}`
              : sent_at === null
                ? ""
                : instant(sent_at)}
            {essais > 1 ? `, essai ${essais}` : ""}
            {erreur === null ? "" : `, ${erreur}`}
          </span>
        </li>
      ))}
    </ul>
  );
}
