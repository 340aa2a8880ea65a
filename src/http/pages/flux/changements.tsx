import type { Connexion } from "../../../access/index.ts";
import {
  type Cause,
  type ChampChange,
  type Changement,
  extraits,
  type Fiche,
  libelleDeSortie,
  phraseDeChamp,
  type Sens,
  type Snapshot,
} from "../../../snapshot/index.ts";
import { instant } from "../format.ts";
import { Layout, Suivants } from "../layout.tsx";
import { lienAction, lienSession } from "../ou/search.tsx";
import type { FormationChangee, PageDeChangements } from "./data.ts";

interface Difference {
  readonly qui: Connexion | undefined;
  readonly profil: { readonly id: string; readonly nom: string };
  readonly flux: Snapshot & { readonly id: number };
  readonly sens: Sens | undefined;
  readonly page: PageDeChangements;
}

const CHOIX: readonly { readonly sens: Sens | undefined; readonly texte: string }[] = [
  { sens: undefined, texte: "Tout" },
  { sens: "entree", texte: "Entrées" },
  { sens: "modification", texte: "Modifiées" },
  { sens: "sortie", texte: "Sorties" },
];

/** What changed from one feed to the next, formation by formation, in sentences. */
export function ChangementsPage({ qui, profil, flux, sens, page }: Difference) {
  const here = `/historique/${profil.id}/${flux.id}`;
  const filtered = sens === undefined ? {} : { sens };
  return (
    <Layout titre={`Changements du flux n° ${flux.id}`} qui={qui} ici="/flux">
      <p>
        <a href={here}>← Flux n° {flux.id}</a>
      </p>
      <h1>Ce qui change dans le flux n° {flux.id}</h1>
      <p class="chapeau">
        {profil.nom}, {instant(flux.createdAt)}
        {flux.previousId === null ? "" : `, par rapport au flux n° ${flux.previousId}`}
      </p>
      <nav class="choix" aria-label="Quels changements">
        <ul>
          {CHOIX.map((one) => (
            <li key={one.texte}>
              <a
                href={`${here}/changements${one.sens === undefined ? "" : `?sens=${one.sens}`}`}
                aria-current={one.sens === sens ? "true" : undefined}
              >
                {one.texte}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {page.formations.length === 0 ? <p>Rien à montrer ici.</p> : null}
      {page.formations.map((one) => (
        <Formation {...one} key={one.action} />
      ))}
      {page.suivant === undefined ? null : (
        <Suivants
          vers={`${here}/changements?${new URLSearchParams({
            ...filtered,
            action: page.suivant.action,
            session: page.suivant.session,
          })}`}
        />
      )}
    </Layout>
  );
}

function Formation({ action, intitule, nomOrganisme, sessions }: FormationChangee) {
  const shared = communs(sessions.map(({ cause }) => cause));
  return (
    <article class="formation">
      <h2>
        {intitule} <a href={lienAction(action)}>{action}</a>
      </h2>
      <p class="discret">{nomOrganisme}</p>
      {shared.map(({ fiche, champs }) => (
        <Champs key={fiche} titre={TITRES[fiche]} champs={champs} />
      ))}
      <ul class="sessions">
        {sessions.map((one) => (
          <SessionChangee {...one} key={one.session} />
        ))}
      </ul>
    </article>
  );
}

const TITRES: Readonly<Record<Fiche, string>> = {
  session: "La session",
  action: "L'action, pour toutes ses sessions",
  organisme: "L'organisme",
};

/** Changes of the action and of the organisme: the same for all its sessions, said once. */
function communs(causes: readonly Cause[]): Cause["fiches"] {
  const found = new Map(
    causes.flatMap(({ fiches }) =>
      fiches.filter(({ fiche }) => fiche !== "session").map((one) => [one.fiche, one] as const),
    ),
  );
  return [...found.values()];
}

const SENS: Readonly<Record<Sens, { readonly mot: string; readonly ton: string }>> = {
  entree: { mot: "entrée", ton: "bien" },
  modification: { mot: "modifiée", ton: "attente" },
  sortie: { mot: "sortie", ton: "souci" },
};

function SessionChangee({ session, sens, motif, cause }: Changement & { readonly cause: Cause }) {
  const { mot, ton } = SENS[sens];
  const own = cause.fiches.find(({ fiche }) => fiche === "session");
  return (
    <li>
      <p>
        <a href={lienSession(session)}>{session}</a> <span class={`etat ${ton}`}>{mot}</span>{" "}
        {motif === null ? "" : libelleDeSortie(motif)}
        {sens === "modification" ? pourquoi(cause) : ""}
      </p>
      {own === undefined ? null : <Champs titre={TITRES.session} champs={own.champs} />}
    </li>
  );
}

function pourquoi({ fiches, registre }: Cause): string {
  if (registre)
    return "sans nouvelle version : une certification ou une habilitation a changé d'état, ou la mention CPF";
  const others = fiches.filter(({ fiche }) => fiche !== "session");
  if (others.length < fiches.length) return "";
  return others
    .map(({ fiche }) => (fiche === "action" ? "par son action" : "par son organisme"))
    .join(" et ");
}

/** Longer values are shown side by side rather than in a sentence. */
const LONG = 120;

export function Champs({ titre, champs }: { titre: string; champs: readonly ChampChange[] }) {
  return (
    <div class="champs">
      <p class="discret">{titre}</p>
      <ul>
        {champs.map((champ) => (
          <li key={champ.libelle}>
            {(champ.avant ?? "").length + (champ.apres ?? "").length > LONG ? (
              <Long {...champ} />
            ) : (
              phraseDeChamp(champ)
            )}
          </li>
        ))}
        {champs.length === 0 ? <li>Aucun champ visible ne change.</li> : null}
      </ul>
    </div>
  );
}

function Long({ libelle, avant = "", apres = "" }: ChampChange) {
  const cut = extraits(avant, apres);
  return (
    <>
      {libelle.charAt(0).toUpperCase()}
      {libelle.slice(1)} {libelle.startsWith("les ") ? "changent" : "change"} :
      <dl class="avant-apres">
        <dt>Avant</dt>
        <dd>
          <del>{cut.avant}</del>
        </dd>
        <dt>Après</dt>
        <dd>
          <ins>{cut.apres}</ins>
        </dd>
      </dl>
    </>
  );
}
