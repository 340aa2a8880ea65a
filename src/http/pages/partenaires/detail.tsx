import type { Connexion } from "../../../access/index.ts";
import type { EssaiDeConnexion } from "../../../delivery/index.ts";
import { SECRETS } from "../../../partner/index.ts";
import { Fait } from "../faits.tsx";
import { Accompli, Formulaire, peut, Refus } from "../form.tsx";
import { compter, instant } from "../format.ts";
import { Etat, Layout, Section, Table } from "../layout.tsx";
import { Cles } from "./cles.tsx";
import type { PartenaireDetail } from "./data.ts";
import type { EssaiEnCours } from "./essais.ts";
import { EssaiVue } from "./essaiVue.tsx";
import { EtatPartenaire } from "./list.tsx";
import { direDelais, direLimites, direMode, direPerimetre, direTransport, secretsAttendus } from "./mots.ts";
import { Refuses } from "./refuses.tsx";

interface Vue {
  readonly qui: Connexion | undefined;
  readonly detail: PartenaireDetail;
  /** What was just tried. */
  readonly connexion?: EssaiDeConnexion | undefined;
  readonly essai: EssaiEnCours | undefined;
  readonly fait?: string | undefined;
  /** Why what was asked was not done. */
  readonly refus?: string | undefined;
}

/** All about one partner; what it does not show (secrets) nobody reads here. */
export function PartenairePage({ qui, detail, connexion, essai, fait, refus }: Vue) {
  const { partner, profil, activite, enAttente } = detail;
  const here = `/partenaires/${partner.id}`;
  const running = essai?.etat === "en_cours";
  return (
    <Layout titre={partner.nom} qui={qui} ici="/partenaires" direct={["essais", "diffusions"]}>
      <p>
        <a href="/partenaires">← Partenaires</a>
      </p>
      <h1>
        {partner.nom} <EtatPartenaire partner={partner} activite={activite} />
      </h1>
      <Accompli texte={fait} />
      <Refus texte={refus} />
      {partner.etatMotif === null ? null : <p>{partner.etatMotif}</p>}
      <dl class="faits">
        <Fait titre="Envoi">{direTransport(partner.transport)}</Fait>
        <Fait titre="Profil">
          {profil === undefined ? (
            partner.profil
          ) : (
            <>
              <a href={`/historique/${profil.id}`}>{profil.nom}</a> ({direMode(profil)})
            </>
          )}
        </Fait>
        <Fait titre="Dernier envoi">
          {activite.dernierEnvoi === null ? (
            "aucun"
          ) : (
            <>
              <a href={`/diffusions/${activite.dernierEnvoi.id}`}>{instant(activite.dernierEnvoi.at)}</a>{" "}
              <Etat code={activite.dernierEnvoi.etat} />
            </>
          )}
        </Fait>
        <Fait titre="Dernier envoi arrivé">
          {activite.derniereReussie === null ? (
            "aucun"
          ) : (
            <a href={`/diffusions/${activite.derniereReussie.id}`}>{instant(activite.derniereReussie.at)}</a>
          )}
        </Fait>
        <Fait titre="En attente ou en cours">
          {enAttente === undefined ? (
            "rien"
          ) : (
            <>
              <a href={`/diffusions/${enAttente.id}`}>le {instant(enAttente.due_at)}</a>{" "}
              <Etat code={enAttente.snapshot_id === null ? "annoncee" : enAttente.etat} />
            </>
          )}
        </Fait>
        <Fait titre="Dernier tirage">
          {activite.dernierTirage === null
            ? "aucun"
            : `${instant(activite.dernierTirage.at)}, réponse ${activite.dernierTirage.statut}`}
        </Fait>
        <Fait titre="Coupe-circuit">
          {activite.ouvertJusqua === null
            ? `fermé, ${compter(activite.echecs, "échec", "échecs")} de suite`
            : `ouvert jusqu'au ${instant(activite.ouvertJusqua)}, après ${compter(activite.echecs, "échec", "échecs")} de suite`}
        </Fait>
      </dl>
      {peut(qui, "operateur") ? (
        <p class="actions">
          {partner.etat === "actif" ? (
            <a class="bouton" href={`${here}/suspendre`}>
              Suspendre les envois
            </a>
          ) : (
            <a class="bouton" href={`${here}/reprendre`}>
              Reprendre les envois
            </a>
          )}
          <a class="bouton" href={`/diffusions?partenaire=${partner.id}`}>
            Ses diffusions
          </a>
        </p>
      ) : null}
      {profil === undefined ? null : (
        <>
          <Phrases titre="Ce qu'il prend" phrases={direPerimetre(profil)} />
          <Phrases titre="Délais et fenêtres" phrases={direDelais(profil)} />
        </>
      )}
      <Phrases titre="Rythme" phrases={direLimites(partner)} />
      <Section titre="Essais" aide="Rien n'est envoyé au partenaire, et rien n'est changé chez lui.">
        {connexion === undefined ? null : (
          <p class={connexion.reussi ? "bien" : "souci"} role="status">
            {connexion.message}
          </p>
        )}
        <div class="actions">
          {peut(qui, "administrateur") ? (
            <Formulaire qui={qui} vers={`${here}/connexion`}>
              <button type="submit" class="second">
                Essayer la connexion
              </button>
            </Formulaire>
          ) : null}
          {peut(qui, "operateur") && !running ? (
            <Formulaire qui={qui} vers={`${here}/essai`}>
              <button type="submit" class="second">
                Essai à blanc
              </button>
            </Formulaire>
          ) : null}
        </div>
        {essai === undefined ? null : <EssaiVue essai={essai} />}
      </Section>
      <Section titre="Ce qu'il refuse parmi ce que son flux montre">
        <Refuses {...detail.refus} />
      </Section>
      <Secrets detail={detail} />
      <Cles qui={qui} partner={partner} cles={detail.cles} maintenant={detail.maintenant} />
    </Layout>
  );
}

function Phrases({ titre, phrases }: { titre: string; phrases: readonly string[] }) {
  return (
    <Section titre={titre}>
      <ul>
        {phrases.map((phrase) => (
          <li key={phrase}>{phrase}</li>
        ))}
      </ul>
    </Section>
  );
}

function Secrets({ detail: { partner, secrets } }: { detail: PartenaireDetail }) {
  const wanted = secretsAttendus(partner.transport);
  const names = [...new Set<string>([...wanted, ...secrets.map(({ nom }) => nom)])];
  const words: Readonly<Record<string, string>> = SECRETS;
  return (
    <Section titre="Secrets" aide="Chiffrés en base ; leur valeur ne se montre nulle part.">
      {names.length === 0 ? (
        <p>Cet envoi n'en demande aucun.</p>
      ) : (
        <Table titre="Secrets" colonnes={["Secret", "Enregistré"]}>
          {names.map((nom) => {
            const found = secrets.find((one) => one.nom === nom);
            return (
              <tr key={nom}>
                <th scope="row">
                  {words[nom] ?? `valeur de l'en-tête ${nom.replace("entete.", "")}`}{" "}
                  <span class="code">{nom}</span>
                </th>
                <td>
                  {found === undefined ? (
                    <>
                      <span class="etat souci">manque</span>{" "}
                      <span class="code">
                        offre-info secrets set {partner.id} {nom}
                      </span>
                    </>
                  ) : (
                    <>
                      <span class="etat bien">oui</span> le {instant(found.updatedAt)}
                    </>
                  )}
                </td>
              </tr>
            );
          })}
        </Table>
      )}
    </Section>
  );
}
