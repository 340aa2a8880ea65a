import type { Connexion } from "../../../access/index.ts";
import { CAUSES, phraseRaison, type Retenue, type SessionRetenue } from "../../../snapshot/index.ts";
import { Formulaire, Motif, peut, Refus } from "../form.tsx";
import { instant, nombre } from "../format.ts";
import { Layout, Section, Suivants, Table } from "../layout.tsx";

interface Gardes {
  readonly qui: Connexion | undefined;
  readonly retenues: readonly Retenue[];
  readonly fait: string | undefined;
}

export function GardesPage({ qui, retenues, fait }: Gardes) {
  return (
    <Layout titre="Flux retenus" qui={qui} direct={["alertes"]}>
      <h1>Flux retenus</h1>
      <p class="chapeau">
        Un flux est retenu quand trop de sessions en disparaîtraient sans cause enregistrée. Les retraits
        partent quand même ; le reste attend une décision.
      </p>
      {fait === undefined ? null : <p role="status">{fait}</p>}
      {retenues.length === 0 ? (
        <p>Aucun flux n'est retenu.</p>
      ) : (
        <Table titre="Flux retenus" colonnes={["Profil", "Depuis", "Disparaîtraient", "Sur"]}>
          {retenues.map(({ profil, nom, depuis, sansCause, avant }) => (
            <tr key={profil} id={`garde-${profil}`}>
              <th scope="row">
                <a href={`/garde/${profil}`}>{nom}</a> <span class="code">{profil}</span>
              </th>
              <td>{instant(depuis)}</td>
              <td class="nombre">{nombre(sansCause)}</td>
              <td class="nombre">{nombre(avant)}</td>
            </tr>
          ))}
        </Table>
      )}
    </Layout>
  );
}

interface Garde {
  readonly qui: Connexion | undefined;
  readonly retenue: Retenue;
  /** One page of what would vanish. */
  readonly sessions: readonly SessionRetenue[];
  /** Where the next page starts; undefined on the last one. */
  readonly suivant: string | undefined;
  /** It is the first page. */
  readonly debut: boolean;
  readonly refus: string | undefined;
  readonly motif: string | undefined;
}

/** What would vanish, and the two ways out; what is decided on is the list that is shown. */
export function GardePage({ qui, retenue, sessions, suivant, debut, refus, motif }: Garde) {
  const { profil, nom, depuis, edition, sansCause, avant, raisons } = retenue;
  return (
    <Layout titre={`Flux retenu : ${nom}`} qui={qui}>
      <p>
        <a href="/garde">← Flux retenus</a>
      </p>
      <h1>Flux retenu : {nom}</h1>
      <p class="chapeau">
        Depuis le {instant(depuis)}, <a href={`/editions/${edition}`}>édition n° {edition}</a>.{" "}
        {nombre(sansCause)} de ses {nombre(avant)} sessions disparaîtraient sans cause enregistrée.
      </p>
      <Refus texte={refus} />
      <Section titre="Pourquoi">
        <ul>
          {raisons.map((raison) => (
            <li key={phraseRaison(raison)}>{phraseRaison(raison)}</li>
          ))}
        </ul>
      </Section>
      <Section titre="Ce qui disparaîtrait">
        <Table titre="Sessions retenues" colonnes={["Session", "Action", "Organisme", "Cause"]}>
          {sessions.map(({ session, intitule, nomOrganisme, organisme, cause }) => (
            <tr key={session}>
              <th scope="row">
                <a href={`/ou/session/${encodeURIComponent(session)}`}>{session}</a>
              </th>
              <td>{intitule}</td>
              <td>
                {nomOrganisme} <span class="code">{organisme}</span>
              </td>
              <td>{CAUSES[cause].libelle}</td>
            </tr>
          ))}
        </Table>
        {debut ? null : (
          <p>
            <a href={`/garde/${profil}`}>← Revenir au début</a>
          </p>
        )}
        {suivant === undefined ? null : (
          <Suivants vers={`/garde/${profil}?apres=${encodeURIComponent(suivant)}`} />
        )}
        {suivant === undefined && debut ? null : (
          <p class="discret">
            Toutes, pour un tableur : <code>offre-info guard show {profil} --csv</code>
          </p>
        )}
      </Section>
      {peut(qui, "operateur") ? <Decisions qui={qui} retenue={retenue} motif={motif} /> : null}
    </Layout>
  );
}

function Decisions({ qui, retenue, motif }: Pick<Garde, "qui" | "retenue" | "motif">) {
  const { profil, sansCause } = retenue;
  const vues = { sessions: String(sansCause) };
  return (
    <Section
      titre="Décider"
      aide="Si c'est un accident, rétablissez la source : le flux repart de lui-même à l'édition suivante."
    >
      <Formulaire qui={qui} vers={`/garde/${profil}/liberer`} classe="fiche" champs={vues}>
        <Motif valeur={motif ?? ""} />
        <p>
          <button type="submit">Laisser partir ces {nombre(sansCause)} sessions</button>{" "}
          <button type="submit" class="second" formaction={`/garde/${profil}/refuser`}>
            Ne rien laisser partir
          </button>
        </p>
      </Formulaire>
    </Section>
  );
}
