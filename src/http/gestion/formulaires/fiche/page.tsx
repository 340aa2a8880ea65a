import type { Constat, PageDeSessions, Saisi, VerdictPartenaire } from "../../../../catalogue/index.ts";
import { Refus } from "../../../pages/form.tsx";
import { CadreGestion } from "../../cadre.tsx";
import type { Lecteur } from "../../scope.ts";
import { Confirmable, Erreurs, MessageDuControle, Presents, Verrou } from "../bandeaux.tsx";
import { Elements } from "../dessin/elements.tsx";
import { ETATS_D_ACTION, ETATS_DE_SESSION } from "../mots.ts";
import { Partenaires } from "../partenaires.tsx";
import { Plan } from "../plan.tsx";
import { SCRIPT_URL } from "../script.ts";
import { type CriteresDeSessions, Sessions } from "../sessions/tableau.tsx";
import type { Vue } from "../vue.ts";
import { Barre } from "./barre.tsx";
import type { Dossier } from "./dossier.ts";
import { Responsable, type ResponsableVu } from "./responsable.tsx";

interface FicheVue extends Lecteur {
  readonly dossier: Dossier;
  readonly vue: Vue;
  readonly presents: readonly string[];
  readonly fait?: string | undefined;
  readonly refus?: string | undefined;
  readonly saisi?: Saisi | undefined;
  readonly constats?: readonly Constat[] | undefined;
  readonly partenaires?: readonly VerdictPartenaire[] | undefined;
  /** Of an action: what stands above and below its fields. */
  readonly responsable?: ResponsableVu | undefined;
  readonly liste?: { readonly sessions: PageDeSessions; readonly criteres: CriteresDeSessions } | undefined;
}

/** The form of an action or of a session. */
export function FichePage(fiche: FicheVue) {
  const {
    qui,
    place,
    dossier,
    vue,
    presents,
    fait,
    refus,
    saisi,
    constats,
    partenaires,
    responsable,
    liste,
  } = fiche;
  const { action, genre, session, verrou, validee } = dossier;
  const titre = titreDe(dossier);
  const errors =
    (saisi?.erreurs.size ?? 0) + (constats ?? []).filter(({ severity }) => severity === "bloquant").length;
  return (
    <CadreGestion titre={titre} qui={qui} place={place} ici="/gestion/formations">
      <p class="fil">
        {genre === "action" ? (
          <>
            <a href={`/gestion/formations?cadre=${action.cadre}`}>← Gestion des formations</a>{" "}
            <a href={`/gestion/actions/${action.id}/historique`}>Historique</a>
          </>
        ) : (
          <a href={`/gestion/actions/${action.id}#sessions`}>
            ← Modifier l'action : {action.contenu.intitule ?? "sans intitulé"}
          </a>
        )}
      </p>
      <h1>
        {titre} <EtatDe dossier={dossier} />
      </h1>
      <p class="chapeau discret">
        {genre === "action"
          ? `Référence ${action.reference ?? "donnée à la confirmation"} · ${action.nomStructure}`
          : `Action ${action.reference ?? "en brouillon"}${session?.reference == null ? " · le numéro est donné à la confirmation" : " · ce numéro est celui à saisir dans Kairos"}`}
      </p>
      {fait === undefined ? null : (
        <p class="bandeau vert" role="status">
          {fait}
        </p>
      )}
      <Refus texte={refus} />
      {genre === "action" ? <MessageDuControle action={action} /> : null}
      <Verrou raison={verrou} />
      <Presents noms={presents} />
      {errors === 0 && validee && verrou === undefined ? <Confirmable dossier={dossier} /> : null}
      <Erreurs dossier={dossier} erreurs={saisi?.erreurs} constats={constats} />
      <div class="atelier">
        <div class="cote">
          <Plan genre={genre} formulaire={dossier.formulaire} dits={vue.dits} />
          <Partenaires partenaires={partenaires} />
        </div>
        <form
          method="post"
          action={dossier.adresse}
          id="formulaire"
          class={`formulaire ${genre}`}
          noValidate
          data-formulaire={genre}
          data-validee={constats === undefined ? undefined : ""}
          data-nouvelle={genre === "session" && session === undefined ? "" : undefined}
          data-enligne={dossier.enLigne ? "" : undefined}
        >
          <input type="hidden" name="_csrf" value={qui?.csrf ?? ""} />
          <input type="hidden" name="revision" value={dossier.revision} />
          <button
            type="submit"
            name="acte"
            value="enregistrer"
            class="cache"
            tabIndex={-1}
            aria-hidden="true"
          >
            Enregistrer
          </button>
          <fieldset class="tout" disabled={verrou !== undefined}>
            <legend class="cache">{titre}</legend>
            <p class="aide">
              Les champs obligatoires portent un point rouge <span class="requis">●</span>. Tout s'enregistre
              en brouillon, même incomplet.
            </p>
            {responsable === undefined ? null : <Responsable responsable={responsable} />}
            {dossier.formulaire.sections.map((section) => (
              <section
                class="partie"
                id={section.id}
                aria-labelledby={`${section.id}-titre`}
                data-voies={section.voies?.join(" ")}
                key={section.id}
              >
                <h2 id={`${section.id}-titre`}>{section.titre}</h2>
                {section.aide === undefined ? null : <p class="aide">{section.aide}</p>}
                {section.lien === undefined ? null : (
                  <p class="lien-de-partie">
                    <a href={section.lien.vers} target="_blank" rel="noreferrer">
                      {section.lien.texte}
                      <span class="cache"> (nouvel onglet)</span>
                    </a>
                  </p>
                )}
                <Elements elements={section.elements} vue={vue} />
              </section>
            ))}
          </fieldset>
        </form>
      </div>
      {liste === undefined ? null : (
        <Sessions
          qui={qui}
          action={action}
          liste={liste.sessions}
          criteres={liste.criteres}
          ouvert={dossier.retirable && (verrou === undefined || action.etat === "modifiee")}
          retirable={dossier.retirable}
        />
      )}
      <Barre qui={qui} dossier={dossier} confirmable={errors === 0 && validee} />
      {verrou === undefined ? <script src={SCRIPT_URL} defer /> : null}
    </CadreGestion>
  );
}

function titreDe({ genre, action, session }: Dossier): string {
  if (genre === "action") return action.contenu.intitule ?? "Nouvelle formation";
  if (session === undefined) return "Nouvelle session";
  return session.reference === null ? "Session en brouillon" : `Session ${session.reference}`;
}

function EtatDe({ dossier: { genre, action, session } }: { dossier: Dossier }) {
  const { texte, ton } =
    genre === "action" ? ETATS_D_ACTION[action.etat] : ETATS_DE_SESSION[session?.etat ?? "brouillon"];
  return <span class={`etat ${ton}`}>{texte}</span>;
}
