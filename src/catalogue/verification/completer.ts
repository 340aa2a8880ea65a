import { type Action, type Session, zAction, zSession } from "../../published/contract/index.ts";
import type { FicheAction, FicheSession } from "../fiche.ts";
import { isFilled } from "./champ.ts";

/**
 * What stands in for a field that is still blank, so that all the rest is checked at once: a schema stops at the first element
 * that is missing. Nothing is said of these: that they are blank is said by itself.
 */
const ACTION = {
  intitule: "Intitulé à venir",
  objectif: "Objectif à venir",
  contenu: "Programme à venir",
} as const satisfies Partial<Action>;

const SESSION = {
  voie: "formation_continue",
  debut: "00000000",
  fin: "99999999",
  type_entree: "dates_fixes",
} as const satisfies Partial<Session>;

/** A record of the contract, and the fields of the form that are not in it. */
interface Complet<T> {
  readonly contenu: T;
  readonly absents: ReadonlySet<string>;
}

/** The working copy of an action as a whole record. */
export function completeAction({
  contenu,
  structure,
  cadre,
}: Pick<FicheAction, "contenu" | "structure" | "cadre">): Complet<Action> {
  const { remplacants, absents } = standIns(contenu, ACTION);
  const sansResultat = !isFilled(contenu, "validation") && !isFilled(contenu, "resultats_attendus");
  return {
    contenu: zAction.parse({
      ...contenu,
      ...remplacants,
      ...(sansResultat ? { resultats_attendus: "Résultats à venir" } : {}),
      organisme: structure,
      conventionnee: cadre === "conventionnee",
    }),
    absents: new Set([...absents, ...(sansResultat ? ["resultats_attendus", "validation"] : [])]),
  };
}

/** The same of a session. Where it happens and at what hours says whether it is at a distance: with neither, nothing does. */
export function completeSession(
  { contenu }: Pick<FicheSession, "contenu">,
  action: Action,
): Complet<Session> {
  const { remplacants, absents } = standIns(contenu, SESSION);
  const heures = [contenu.modalites?.heures_par_modalite, action.modalites.heures_par_modalite];
  const sansModalite =
    !isFilled(contenu, "modalites.modalites_enseignement") &&
    !isFilled(action, "modalites.modalites_enseignement") &&
    !isFilled(contenu, "lieux") &&
    heures.every((split) => split === null || split === undefined || split.length === 0);
  return {
    contenu: zSession.parse({
      ...contenu,
      ...remplacants,
      ...(sansModalite ? { modalites: { ...contenu.modalites, modalites_enseignement: "0" } } : {}),
      action: "",
    }),
    absents: new Set([...absents, ...(sansModalite ? ["modalites.modalites_enseignement"] : [])]),
  };
}

function standIns(contenu: object, values: Readonly<Record<string, string>>) {
  const blank = Object.entries(values).filter(([champ]) => !isFilled(contenu, champ));
  return { remplacants: Object.fromEntries(blank), absents: blank.map(([champ]) => champ) };
}
