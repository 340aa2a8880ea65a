import type { Connexion } from "../../../access/index.ts";
import type { DiffusionDeSession } from "../../../delivery/index.ts";
import { LIBELLES_DES_VOIES } from "../../../feed/index.ts";
import type { Session } from "../../../published/contract/index.ts";
import type { Trace } from "../../../published/index.ts";
import { CAUSES } from "../../../snapshot/index.ts";
import { Fait } from "../faits.tsx";
import { court, dateLheo, instant } from "../format.ts";
import { Etat, Layout, Section } from "../layout.tsx";
import { motDe } from "../words.ts";
import type { ChezPartenaire, Piste, TraceDeSession } from "./data.ts";
import { diffusionPerdue, direEtat, prochaineEtape } from "./phrases.ts";
import { Boite, lienAction, lienOrganisme, lienSession } from "./search.tsx";

interface TraceVue {
  readonly qui: Connexion | undefined;
  readonly trace: TraceDeSession;
}

/** All the way of one session, from its mise en ligne to each partner. */
export function TracePage({ qui, trace }: TraceVue) {
  const { session, versions, pistes } = trace;
  const { numero, intitule, action, organisme, nomOrganisme, voie, debut, fin, ville } = session;
  const ailleurs = pistes.filter(estAilleurs);
  const montrer = (piste: Piste) => (
    <PisteVue
      key={piste.profil.id}
      piste={piste}
      session={numero}
      misEnLigneAt={versions[0]?.misEnLigneAt ?? trace.maintenant}
    />
  );
  return (
    <Layout titre={`Session ${numero}`} qui={qui} ici="/ou">
      <Boite />
      <h1>
        Session {numero} {session.retiree ? <span class="etat neutre">retirée</span> : null}
      </h1>
      <p class="chapeau">{intitule ?? "Son action n'a jamais été publiée."}</p>
      <dl class="faits">
        <Fait titre="Action">
          <a href={lienAction(action)}>{action}</a>
        </Fait>
        <Fait titre="Organisme">
          {organisme === null ? (
            "inconnu"
          ) : (
            <a href={lienOrganisme(organisme)}>{nomOrganisme ?? organisme}</a>
          )}
        </Fait>
        <Fait titre="Dates">
          du {dateLheo(debut)} au {dateLheo(fin)}
        </Fait>
        <Fait titre="Voie">{LIBELLES_DES_VOIES[voie]}</Fait>
        <Fait titre="Lieu">{ville ?? "non renseigné"}</Fait>
      </dl>
      <Section titre="Publication">
        <Versions versions={versions} />
      </Section>
      <Section
        titre="Chez chaque destinataire"
        aide="Dans le flux ou pas, et pourquoi ; envoyée, acquittée, visible ou refusée ; ce qui vient ensuite."
      >
        {pistes.filter((one) => !estAilleurs(one)).map(montrer)}
        {ailleurs.length === 0 ? null : (
          <details>
            <summary>Hors du périmètre des profils servis par un autre : {ailleurs.length}</summary>
            {ailleurs.map(montrer)}
          </details>
        )}
      </Section>
    </Layout>
  );
}

/** Not for a profile that another one serves: nothing to look into, unless it is asked. */
const estAilleurs = ({ etat }: Piste): boolean =>
  etat.via !== undefined && etat.etat.code === "hors-perimetre";

/** Versions shown at once; the others are folded. */
const SHOWN = 3;

function Versions({ versions }: { versions: readonly Trace<Session>[] }) {
  const older = versions.slice(SHOWN);
  return (
    <>
      <ol class="versions">
        {versions.slice(0, SHOWN).map((version) => (
          <VersionVue {...version} key={version.version} />
        ))}
      </ol>
      {older.length === 0 ? null : (
        <details>
          <summary>Versions plus anciennes : {older.length}</summary>
          <ol class="versions">
            {older.map((version) => (
              <VersionVue {...version} key={version.version} />
            ))}
          </ol>
        </details>
      )}
    </>
  );
}

function VersionVue({ version, misEnLigneAt, origine, retrait, purge }: Trace<Session>) {
  return (
    <li>
      Version {version}, mise en ligne le {instant(misEnLigneAt)} <span class="discret">({origine})</span>
      {retrait === undefined
        ? null
        : ` ; retirée le ${instant(retrait.at)} : ${CAUSES[retrait.motif].libelle}${
            retrait.note === undefined ? "" : ` (« ${retrait.note} »)`
          }`}
      {purge === undefined ? null : ` ; contenu effacé le ${instant(purge)}`}
    </li>
  );
}

function PisteVue({ piste, session, misEnLigneAt }: { piste: Piste; session: string; misEnLigneAt: Date }) {
  const { profil, etat, sha256, partenaires } = piste;
  const { mot, ton, phrase } = direEtat(etat);
  const { via } = etat;
  // What the feed that serves it shows is not for a profile that does not take it.
  const presence = via !== undefined && etat.etat.code === "hors-perimetre" ? undefined : etat.presence;
  return (
    <article class={`piste ${ton}`}>
      <h3>
        {profil.nom} <span class="code">{profil.id}</span> <span class={`etat ${ton}`}>{mot}</span>
      </h3>
      <p>{phrase}</p>
      {etat.etat.code === "attente" && etat.etat.explain.length > 0 ? (
        <details>
          <summary>Les jours qui ne comptent pas</summary>
          <ul>
            {etat.etat.explain.map(({ jour, raison }) => (
              <li key={jour + raison}>
                {dateLheo(jour)} : {raison}
              </li>
            ))}
          </ul>
        </details>
      ) : null}
      {presence === undefined ? null : (
        <p class="discret">
          Le flux montre la version {presence.version}
          {presence.retenue ? ", plus ancienne, parce que la dernière ne passe pas," : ""} depuis le{" "}
          {instant(presence.depuis)} (
          <a href={`/historique/${via ?? profil.id}/${presence.snapshot}`}>
            flux n° {presence.snapshot}
            {sha256 === null ? "" : `, ${court(sha256)}`}
          </a>
          ). <a href={`${lienSession(session)}/apercu/${via ?? profil.id}`}>Comment elle s'y lit</a>
        </p>
      )}
      {via === undefined ? (
        partenaires.map((chez) => (
          <Chez
            key={chez.partner.id}
            chez={chez}
            visible={presence?.version}
            etape={prochaineEtape(chez, { etat, profil, misEnLigneAt })}
            perdue={diffusionPerdue(chez, etat)}
          />
        ))
      ) : (
        <p class="discret">Servi par le profil « {via} » : les envois sont ceux de ce profil.</p>
      )}
      {via === undefined && partenaires.length === 0 ? (
        <p class="discret">Aucun partenaire ne reçoit ce profil par envoi.</p>
      ) : null}
    </article>
  );
}

function Chez({
  chez,
  etape,
  perdue,
  visible,
}: {
  chez: ChezPartenaire;
  etape: string | undefined;
  /** The delivery to look into. */
  perdue: DiffusionDeSession | undefined;
  /** Version that the feed shows. */
  visible: number | undefined;
}) {
  const { partner, accuse, dernieres } = chez;
  const received = accuse?.accuse;
  return (
    <div class="chez">
      <h4>
        <a href={`/partenaires/${partner.id}`}>{partner.nom}</a>
      </h4>
      <ol class="pas">
        <li class={accuse === undefined ? "" : accuse.envoi.rejetee ? "souci" : "bien"}>
          <strong>Envoyée</strong>{" "}
          {accuse === undefined ? (
            "pas encore"
          ) : (
            <>
              version {accuse.envoi.version}, le {instant(accuse.envoi.at)}{" "}
              <a href={`/diffusions/${accuse.envoi.delivery}`}>voir la diffusion</a>
              {accuse.envoi.rejetee ? " ; le fichier entier a été refusé" : ""}
            </>
          )}
        </li>
        <li class={received === undefined ? "" : received.etat === "refusee" ? "souci" : "bien"}>
          <strong>{MOTS_ACCUSE[received?.etat ?? "rien"]}</strong>{" "}
          {received === undefined
            ? accuse === undefined
              ? "attendu après l'envoi"
              : "pas de nouvelles depuis l'envoi"
            : `le ${instant(received.at)}${received.actuel && accuse?.envoi.version === visible ? "" : ", pour une version d'avant"}`}
          {received?.refus === undefined ? null : (
            <>
              <p>
                {received.refus.libelle}{" "}
                {received.code === null || received.code === "" ? null : (
                  <span class="code">code {received.code}</span>
                )}
              </p>
              <p>
                <strong>À faire :</strong> {received.refus.remede}
              </p>
            </>
          )}
        </li>
      </ol>
      {perdue === undefined ? null : (
        <p class="souci">
          La diffusion qui la portait est {motDe(perdue.etat).texte}
          {perdue.motif === null ? "." : ` : ${perdue.motif}`}{" "}
          <a href={`/diffusions/${perdue.id}`}>Voir cette diffusion</a>
        </p>
      )}
      {etape === undefined ? null : <p class="suite-prevue">{etape}</p>}
      {dernieres.length === 0 ? null : (
        <details>
          <summary>Ses dernières diffusions à {partner.nom}</summary>
          <ul>
            {dernieres.map(({ id, etat, updated_at }) => (
              <li key={id}>
                <a href={`/diffusions/${id}`}>{id}</a> <Etat code={etat} /> {instant(updated_at)}
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

const MOTS_ACCUSE = {
  rien: "Accusé",
  acquittee: "Acquittée",
  visible: "Visible",
  refusee: "Refusée",
} as const;
