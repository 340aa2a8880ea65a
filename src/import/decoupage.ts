import type * as lheo from "../lheo/index.ts";
import { type AsRead, attributeOf } from "../lheo/index.ts";
import { type Notice, notice } from "../notices/index.ts";
import { numeroDefect } from "../published/index.ts";

/** One session of the file, in the LHEO action of its own that the feed will write. */
export interface Unite {
  /** `action/@numero` and `session/@numero` as received. */
  readonly numeroAction: string;
  readonly numeroSession: string;
  /** Where they stand in the formation received, for the notices. */
  readonly chemin: string;
  /** With this session alone, and the number that it will be written with. */
  readonly action: AsRead<lheo.Action>;
  readonly session: AsRead<lheo.Session>;
}

export interface Decoupage {
  readonly unites: readonly Unite[];
  readonly notices: readonly Notice[];
}

/**
 * Says why a number cannot be the key of a record; nothing when it can. A number is never made up.
 * @param path of the attribute
 */
export function defautDuNumero(numero: string | undefined, path: string): Notice | undefined {
  if (numero === undefined || numero.trim() === "") return notice("import-numero-absent", { path });
  const attendu = numeroDefect(numero);
  return attendu === undefined
    ? undefined
    : notice("import-numero-interdit", { path, value: numero, attendu });
}

interface Place {
  readonly action: AsRead<lheo.Action>;
  readonly rang: number;
  readonly session: AsRead<lheo.Session>;
  readonly numeroAction: string;
  readonly numeroSession: string;
  readonly chemin: string;
}

/** The sessions that have their two numbers, each once per LHEO action. */
function readPlaces(
  formation: AsRead<lheo.Formation>,
  where: { action: string },
): { places: Place[]; notices: Notice[] } {
  const places: Place[] = [];
  const notices: Notice[] = [];
  const met = new Set<string>();
  for (const [rang, action] of (formation.action ?? []).entries()) {
    const cheminAction = `action[${rang + 1}]`;
    const numeroAction = attributeOf(action, "numero");
    const defectAction = defautDuNumero(numeroAction, `${cheminAction}/@numero`);
    if (defectAction !== undefined || numeroAction === undefined) {
      if (defectAction !== undefined) notices.push({ ...defectAction, ...where });
      continue;
    }
    for (const [rangSession, session] of (action.session ?? []).entries()) {
      const chemin = `${cheminAction}/session[${rangSession + 1}]`;
      const numeroSession = attributeOf(session, "numero");
      const key = JSON.stringify([numeroAction, numeroSession]);
      const defect =
        defautDuNumero(numeroSession, `${chemin}/@numero`) ??
        (met.has(key)
          ? notice("import-session-double", { path: `${chemin}/@numero`, value: numeroSession ?? "" })
          : undefined);
      if (defect !== undefined || numeroSession === undefined) {
        if (defect !== undefined) notices.push({ ...defect, ...where });
        continue;
      }
      met.add(key);
      places.push({ action, rang, session, numeroAction, numeroSession, chemin });
    }
  }
  return { places, notices };
}

/**
 * Puts each session of a formation in an LHEO action of its own, as the feed writes them. An LHEO action with one
 * session keeps its number; those of one with several become `<action>_<session>`, since `action/@numero` is unique
 * in a feed, and so do LHEO actions of one formation that share a number.
 */
export function decouper(formation: AsRead<lheo.Formation>): Decoupage {
  const where = { action: attributeOf(formation, "numero") ?? "" };
  const { places, notices } = readPlaces(formation, where);
  const sessions = new Map<string, number>();
  for (const { numeroAction } of places) sessions.set(numeroAction, (sessions.get(numeroAction) ?? 0) + 1);
  const said = new Set<string>();
  const unites = places.map(({ action, rang, session, numeroAction, numeroSession, chemin }) => {
    const count = sessions.get(numeroAction) ?? 1;
    const numero = count === 1 ? numeroAction : `${numeroAction}_${numeroSession}`;
    if (count > 1 && !said.has(numeroAction)) {
      said.add(numeroAction);
      notices.push(
        notice("import-action-decoupee", {
          path: `action[${rang + 1}]/@numero`,
          value: numeroAction,
          attendu: String(count),
          ...where,
        }),
      );
    }
    const alone = count === 1 && action.session?.length === 1;
    return {
      numeroAction,
      numeroSession,
      chemin,
      session,
      action: alone ? action : { ...action, "@": { ...action["@"], numero }, session: [session] },
    };
  });
  return { unites, notices };
}
