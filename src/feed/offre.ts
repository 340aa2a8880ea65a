import { clean, type Defaut } from "../lheo/index.ts";
import { type Notice, noticesDesDefauts } from "../notices/index.ts";
import type { Session, Version } from "../published/contract/index.ts";
import { Completions } from "./completions.ts";
import { buildAction } from "./elements/action.ts";
import { buildFormation } from "./elements/formation.ts";
import { buildOrganisme } from "./elements/organisme.ts";
import type { ActionBatie, Bati, Contexte, Entree, OffreBatie } from "./entree.ts";
import { applyTelQuel } from "./telQuel/index.ts";

/** The head of a formation, without its `action` children. */
export type TeteBatie = Pick<OffreBatie, "formation" | "notices">;
/** The LHEO actions of some of its sessions. */
export type ActionsBaties = Pick<OffreBatie, "actions" | "notices">;

/**
 * Writes an offer of the catalogue in LHEO: its action is the `formation`, each of its sessions an LHEO `action`
 * (DESIGN "numbers"). Pure: the same entry and context give the same values. What comes back can always be
 * serialised; what it lacks or holds wrong is for the XSD and the rules to say.
 */
export function buildOffre(entree: Entree, contexte: Contexte): OffreBatie {
  const tete = buildTete(entree, contexte);
  const { actions, notices } = buildActions(entree, entree.sessions, contexte);
  return { formation: tete.formation, actions, notices: [...tete.notices, ...notices] };
}

/** The head alone: it never depends on the sessions, so it is built once for an action read in several parts. */
export function buildTete(entree: Omit<Entree, "sessions">, contexte: Contexte): TeteBatie {
  const completions = new Completions(entree.action.numero);
  const notices: Notice[] = [];
  const formation = cleanFormation(assembleFormation(entree, contexte, completions), entree, notices);
  return { formation, notices: [...completions.notices, ...notices] };
}

/** The LHEO actions of these sessions, in the order of their numbers. */
export function buildActions(
  entree: Omit<Entree, "sessions">,
  sessions: readonly Version<Session>[],
  contexte: Contexte,
): ActionsBaties {
  const completions = new Completions(entree.action.numero);
  const notices: Notice[] = [];
  const actions = parNumero(sessions).map((session) => {
    const built = buildAction(entree, session, contexte, completions);
    return cleanAction(applyTelQuel(built, session.contenu.tel_quel), session, entree, notices);
  });
  return { actions, notices: [...completions.notices, ...notices] };
}

function assembleFormation(
  entree: Omit<Entree, "sessions">,
  contexte: Contexte,
  completions: Completions,
): Bati<"formation"> {
  const { action, organisme } = entree;
  const responsable = applyTelQuel(
    buildOrganisme(organisme, contexte.base, completions),
    organisme.contenu.tel_quel,
  );
  const formation = buildFormation(entree, contexte, completions);
  return applyTelQuel(
    { ...formation, "organisme-formation-responsable": responsable },
    action.contenu.tel_quel,
  );
}

function cleanFormation(
  built: Bati<"formation">,
  entree: Omit<Entree, "sessions">,
  notices: Notice[],
): Bati<"formation"> {
  const { value, defauts } = clean("formation", built);
  if (defauts.length > 0)
    notices.push(...noticesDesDefauts(defauts.filter(aDire), { path: "", action: entree.action.numero }));
  return value;
}

function cleanAction(
  built: Bati<"action">,
  { numero: session }: Version<Session>,
  entree: Omit<Entree, "sessions">,
  notices: Notice[],
): ActionBatie {
  const { value, defauts } = clean("action", built);
  if (defauts.length > 0) {
    const place = { path: "action", action: entree.action.numero, session };
    notices.push(...noticesDesDefauts(defauts.filter(aDire), place));
  }
  return { session, action: value };
}

/** Lengths are left to the XSD, which says the same of them: one notice for one cause. */
const aDire = ({ kind }: Defaut): boolean => kind !== "trop-long" && kind !== "trop-court";

/** The order of the feed, which readers and our own comparisons rely on. */
function parNumero(sessions: readonly Version<Session>[]): readonly Version<Session>[] {
  const sorted = sessions.every((session, rank) => {
    const previous = sessions[rank - 1];
    return previous === undefined || previous.numero < session.numero;
  });
  return sorted ? sessions : sessions.toSorted((a, b) => (a.numero < b.numero ? -1 : 1));
}
