import type { Connexion } from "../../../access/index.ts";
import { LIBELLES_DES_VOIES } from "../../../feed/index.ts";
import type { ActionTrouvee, OrganismeTrouve, SessionTrouvee } from "../../../published/index.ts";
import { dateLheo } from "../format.ts";
import { Layout, Section, Suivants, Table } from "../layout.tsx";
import type { Question, Reponse } from "./data.ts";

interface Recherche {
  readonly qui: Connexion | undefined;
  readonly question: Question;
  /** undefined while nothing is asked. */
  readonly reponse: Reponse | undefined;
}

/** One box for whatever the caller knows of the session. */
export function RecherchePage({ qui, question, reponse }: Recherche) {
  const { action, organisme } = question;
  return (
    <Layout titre="Où est ma session ?" qui={qui} ici="/ou">
      <h1>Où est ma session ?</h1>
      <Boite q={question.q} />
      {action !== "" ? (
        <p>
          Sessions publiées de l'action <span class="code">{action}</span>
        </p>
      ) : organisme !== "" ? (
        <p>
          Actions publiées de l'organisme <span class="code">{organisme}</span>
        </p>
      ) : null}
      {reponse === undefined ? null : <Trouves question={question} reponse={reponse} />}
    </Layout>
  );
}

/** The search box, alone: it also stands above a trace. */
export function Boite({ q = "" }: { q?: string }) {
  return (
    <search>
      <form method="get" action="/ou" class="recherche">
        <label for="q">Session, action, organisme, SIRET ou mots de l'intitulé</label>
        <div>
          <input type="search" id="q" name="q" defaultValue={q} maxLength={200} autocomplete="off" required />
          <button type="submit">Chercher</button>
        </div>
      </form>
    </search>
  );
}

function Trouves({ question, reponse }: { question: Question; reponse: Reponse }) {
  const { sessions, actions, organismes, suivant } = reponse;
  if (sessions.length + actions.length + organismes.length === 0)
    return (
      <p role="status">
        Rien ne correspond dans l'offre publiée. Un numéro se donne en entier ou par son début ; pour des
        mots, essayez-en moins.
      </p>
    );
  const { apres: _, ...rest } = question;
  const kept = Object.entries(rest).filter(([, value]) => value !== "");
  return (
    <>
      {sessions.length === 0 ? null : (
        <Section titre="Sessions">
          <Table titre="Sessions trouvées" colonnes={["Session", "Intitulé", "Organisme", "Dates", "Lieu"]}>
            {sessions.map((one) => (
              <SessionLine {...one} key={one.numero} />
            ))}
          </Table>
        </Section>
      )}
      {actions.length === 0 ? null : (
        <Section titre="Actions">
          <Table titre="Actions trouvées" colonnes={["Action", "Intitulé", "Organisme"]}>
            {actions.map((one) => (
              <ActionLine {...one} key={one.numero} />
            ))}
          </Table>
        </Section>
      )}
      {organismes.length === 0 ? null : (
        <Section titre="Organismes">
          <Table titre="Organismes trouvés" colonnes={["Organisme", "Nom", "SIRET"]}>
            {organismes.map((one) => (
              <OrganismeLine {...one} key={one.numero} />
            ))}
          </Table>
        </Section>
      )}
      {suivant === undefined ? null : (
        <Suivants vers={`/ou?${new URLSearchParams([...kept, ["apres", suivant]])}`} />
      )}
    </>
  );
}

export const lienSession = (numero: string): string => `/ou/session/${encodeURIComponent(numero)}`;
export const lienAction = (numero: string): string => `/ou?${new URLSearchParams({ action: numero })}`;
export const lienOrganisme = (numero: string): string => `/ou?${new URLSearchParams({ organisme: numero })}`;

const Retiree = () => <span class="etat neutre">retirée</span>;

function SessionLine(one: SessionTrouvee) {
  const { numero, intitule, organisme, nomOrganisme, voie, debut, fin, ville, retiree } = one;
  return (
    <tr>
      <th scope="row">
        <a href={lienSession(numero)}>{numero}</a> {retiree ? <Retiree /> : null}
      </th>
      <td>
        {intitule ?? "action jamais publiée"}
        <p class="discret">{LIBELLES_DES_VOIES[voie]}</p>
      </td>
      <td>{nomOrganisme ?? organisme ?? ""}</td>
      <td>
        du {dateLheo(debut)} au {dateLheo(fin)}
      </td>
      <td>{ville ?? ""}</td>
    </tr>
  );
}

function ActionLine({ numero, intitule, nomOrganisme, organisme, retiree }: ActionTrouvee) {
  return (
    <tr>
      <th scope="row">
        <a href={lienAction(numero)} aria-label={`Sessions de l'action ${numero}`}>
          {numero}
        </a>{" "}
        {retiree ? <Retiree /> : null}
      </th>
      <td>{intitule}</td>
      <td>{nomOrganisme ?? organisme}</td>
    </tr>
  );
}

function OrganismeLine({ numero, nom, siret, retire }: OrganismeTrouve) {
  return (
    <tr>
      <th scope="row">
        <a href={lienOrganisme(numero)} aria-label={`Actions de l'organisme ${numero}`}>
          {numero}
        </a>{" "}
        {retire ? <span class="etat neutre">retiré</span> : null}
      </th>
      <td>{nom}</td>
      <td class="code">{siret}</td>
    </tr>
  );
}
