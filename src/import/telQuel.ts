import { applyTelQuel, buildOffre, diffTelQuel, type Entree } from "../feed/index.ts";
import type * as lheo from "../lheo/index.ts";
import { type AsRead, attributeOf, type Extras, textOf } from "../lheo/index.ts";
import { type Notice, notice } from "../notices/index.ts";
import type {
  Action as ActionDuCatalogue,
  Organisme,
  Session,
  TelQuel,
  Version,
} from "../published/contract/index.ts";
import type { Fiche, OffreImportee, SessionImportee } from "./offre.ts";
import { ordonnerFormateurs, ordonnerSession, sansExtrasEcrits } from "./ordre.ts";
import { noticesDesPertes, type Where } from "./pertes.ts";

type Formation = AsRead<lheo.Formation>;
type Action = AsRead<lheo.Action>;
type Responsable = AsRead<lheo.OrganismeFormationResponsable>;

/** What is written at import time is compared and thrown away: no date of ours can be taken for one of the file. */
const JAMAIS = new Date(0);

function versionOf<T>({ contenu }: Fiche<T>, numero: string): Version<T> {
  return { numero, contenu, version: 1, misEnLigneAt: JAMAIS, premiereMiseEnLigneAt: JAMAIS };
}

/** The offer as the feed writes it, its LHEO actions in the order of the sessions given. */
function build({ organisme, action, sessions }: OffreImportee): {
  formation: Formation;
  actions: readonly Action[];
} {
  const entree: Entree = {
    organisme: versionOf(organisme, organisme.numero),
    action: versionOf(action, action.numero),
    // The numbers of sessions may not be unique yet; their ranks are, and give their order back.
    sessions: sessions.map((session, rank) => versionOf(session, String(rank).padStart(9, "0"))),
    certifications: new Map(),
    habilitations: new Map(),
    certifieeDepuis: new Map(),
  };
  const { formation, actions } = buildOffre(entree, { base: "", maintenant: JAMAIS });
  return { formation, actions: actions.map(({ action }) => action) };
}

/** Our own CPF mention is derived at each feed run, never kept (S75); those of others are data like any other. */
const isOurMention = (extras: Extras): boolean =>
  attributeOf(extras, "info") === "eligibilite-cpf" &&
  extras["*"].some(
    ([kind, extra]) =>
      kind === "extra" &&
      (typeof extra === "string" || "#" in extra) &&
      attributeOf(extra, "info") === "source" &&
      textOf(extra)?.startsWith("France compétences ") === true,
  );

function sansMention(action: Action): Action {
  const [session] = action.session ?? [];
  if (session?.extras?.some(isOurMention) !== true) return action;
  return {
    ...action,
    session: [{ ...session, extras: session.extras.filter((extras) => !isOurMention(extras)) }],
  };
}

/**
 * The dates of the LHEO `action` are deduced from those of its session and of its formation. Where the file says
 * others, or where one of the two would be the day of our mise en ligne, they are the file's own.
 */
function sansDatesDeduites(written: Action, received: Action, session: Suivi, formation: Suivi): Action {
  const sures = {
    datecrea: session.datecrea != null,
    datemaj: session.datemaj != null && formation.datemaj != null,
  };
  const attributes = Object.entries(written["@"] ?? {}).filter(
    ([name, value]) =>
      (name !== "datecrea" && name !== "datemaj") || (sures[name] && value === attributeOf(received, name)),
  );
  return { ...written, "@": Object.fromEntries(attributes) };
}

type Suivi = Pick<Session, "datecrea" | "datemaj">;

/**
 * What to lay beside a record, in the order of the paths so that the same content is always the same record; and what
 * cannot be.
 * @param received as received, what we leave out on purpose apart
 * @param ordered the same in the order in which we write it, without what we write anyway
 */
function comparer<T extends object>(
  received: T,
  ordered: T,
  written: T,
  where: Where,
): { readonly tel_quel: TelQuel; readonly ecrit: T; readonly notices: readonly Notice[] } {
  const { tel_quel, perdus } = diffTelQuel(ordered, written);
  const ecrit = applyTelQuel(written, tel_quel);
  return {
    tel_quel: tel_quel.toSorted((a, b) => (a.chemin < b.chemin ? -1 : 1)),
    ecrit,
    notices: noticesDesPertes(received, ecrit, perdus, where),
  };
}

/** A record with what the contract does not model laid beside it, and what could not be. */
interface Complete<T, V> {
  readonly fiche: T;
  /** As the feed will write it. */
  readonly ecrit: V;
  readonly notices: readonly Notice[];
}

function completeSession(
  fiche: SessionImportee,
  built: Action,
  { numero: numeroAction, contenu: catalogue }: OffreImportee["action"],
): Complete<SessionImportee, Action> {
  const { unite, contenu, numero } = fiche;
  const received = sansMention(unite.action);
  const [session = {}] = received.session ?? [];
  const written = sansDatesDeduites(built, received, contenu, catalogue);
  const ordered: Action = {
    ...ordonnerFormateurs(received),
    extras: sansExtrasEcrits(received.extras, written.extras),
    session: [
      {
        ...ordonnerSession(session, contenu.voie),
        extras: sansExtrasEcrits(session.extras, written.session?.[0]?.extras),
      },
    ],
  };
  const where = { path: "action", action: numeroAction, session: numero };
  const { tel_quel, ecrit, notices } = comparer(received, ordered, written, where);
  const mention = { ...where, path: 'action/session/extras[@info="eligibilite-cpf"]' };
  return {
    fiche: { ...fiche, contenu: { ...contenu, tel_quel } },
    ecrit,
    notices: received === unite.action ? notices : [...notices, notice("import-mention-cpf", mention)],
  };
}

function completeAction(
  fiche: Fiche<ActionDuCatalogue>,
  received: Formation,
  written: Formation,
): Complete<Fiche<ActionDuCatalogue>, Formation> {
  const ordered = { ...received, extras: sansExtrasEcrits(received.extras, written.extras) };
  const { tel_quel, ecrit, notices } = comparer(received, ordered, written, {
    path: "",
    action: fiche.numero,
  });
  return { fiche: { ...fiche, contenu: { ...fiche.contenu, tel_quel } }, ecrit, notices };
}

function completeOrganisme(
  fiche: Fiche<Organisme>,
  received: Responsable,
  written: Responsable,
  action: string,
): Complete<Fiche<Organisme>, Responsable> {
  const where = { path: "organisme-formation-responsable", action, organisme: fiche.numero };
  const { tel_quel, ecrit, notices } = comparer(received, received, written, where);
  return { fiche: { ...fiche, contenu: { ...fiche.contenu, tel_quel } }, ecrit, notices };
}

/** The head of a formation: neither its LHEO actions nor its organisme, which are records of their own. */
function tete({ action: _, "organisme-formation-responsable": __, ...formation }: Formation): Formation {
  return formation;
}

export interface Attachee {
  readonly offre: OffreImportee;
  /** As the feed will write them, dates of mise en ligne and number of the base apart. */
  readonly formation: Formation;
  /** One for each session, in their order. */
  readonly actions: readonly Action[];
  readonly notices: readonly Notice[];
}

/**
 * Gives each record of an offer its `tel_quel`: the offer is built back as the feed writes it and compared with what
 * was received, so that every value is either written again or said in a notice, whatever it is.
 * @param formation the one that `offre` was read from, ordered
 */
export function attachTelQuel(offre: OffreImportee, formation: Formation): Attachee {
  const { numero } = offre.action;
  const built = build(offre);
  const action = completeAction(offre.action, tete(formation), tete(built.formation));
  const organisme = completeOrganisme(
    offre.organisme,
    formation["organisme-formation-responsable"] ?? {},
    built.formation["organisme-formation-responsable"] ?? {},
    numero,
  );
  const sessions = offre.sessions.map((session, rank) =>
    completeSession(session, built.actions[rank] ?? {}, offre.action),
  );
  return {
    offre: {
      ...offre,
      action: action.fiche,
      organisme: organisme.fiche,
      sessions: sessions.map(({ fiche }) => fiche),
    },
    formation: { ...action.ecrit, "organisme-formation-responsable": organisme.ecrit },
    actions: sessions.map(({ ecrit }) => ecrit),
    notices: [action, organisme, ...sessions].flatMap(({ notices }) => notices),
  };
}
