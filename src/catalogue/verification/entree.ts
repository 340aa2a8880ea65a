import type { Entree } from "../../feed/index.ts";
import type { Organisme, Version } from "../../published/contract/index.ts";
import type { FicheAction, FicheSession } from "../fiche.ts";
import { completeAction, completeSession } from "./completer.ts";
import type { Registre } from "./registre.ts";

/** Working copies as an entry of the feed, as if they were published now. */
export interface FichesLues {
  readonly entree: Entree;
  /** Fields of the action that were blank, and of each session by its number. */
  readonly absents: ReadonlySet<string>;
  readonly absentsDesSessions: ReadonlyMap<string, ReadonlySet<string>>;
  /** The form behind each number of session. */
  readonly fiches: ReadonlyMap<string, FicheSession>;
}

/** In place of a session, so that what the action says of all of them is checked before there is any. */
const SANS_SESSION = { contenu: {} } as const;

export function readFiches(
  action: FicheAction,
  sessions: readonly FicheSession[],
  organisme: Organisme,
  registre: Registre,
  maintenant: Date,
): FichesLues {
  const version = <T>(numero: string, contenu: T): Version<T> => ({
    numero,
    version: 1,
    contenu,
    misEnLigneAt: maintenant,
    premiereMiseEnLigneAt: maintenant,
  });
  const complete = completeAction(action);
  const numbered =
    sessions.length === 0
      ? [["session", SANS_SESSION] as const]
      : sessions.map((session) => [session.reference ?? `session-${session.id}`, session] as const);
  const read = numbered.map(
    ([numero, session]) => [numero, completeSession(session, complete.contenu)] as const,
  );
  return {
    entree: {
      action: version(action.reference ?? `action-${action.id}`, complete.contenu),
      organisme: version(action.structure, organisme),
      sessions: read.map(([numero, { contenu }]) => version(numero, contenu)),
      certifications: registre.certifications,
      habilitations: registre.habilitations,
      certifieeDepuis: new Map(),
    },
    absents: complete.absents,
    absentsDesSessions: new Map(read.map(([numero, { absents }]) => [numero, absents])),
    fiches: new Map(
      numbered.flatMap(([numero, session]) => ("id" in session ? [[numero, session] as const] : [])),
    ),
  };
}
