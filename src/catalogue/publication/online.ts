import type { Knex } from "knex";
import type { Action } from "../../published/contract/index.ts";
import { readLast } from "../../published/index.ts";
import type { SituationAction } from "../etats/action.ts";
import type { FicheAction } from "../fiche.ts";
import { sameCertifications } from "./records.ts";

/** What of an action is online now: its last version that was not withdrawn. */
export async function readOnlineAction(
  db: Knex,
  { reference }: Pick<FicheAction, "reference">,
): Promise<Action | undefined> {
  if (reference === null) return undefined;
  const last = (await readLast(db, "action", [reference])).get(reference);
  return last === undefined || last.retrait !== undefined ? undefined : last.contenu;
}

/** What the state machine has to know of an action. */
export function situationOf(fiche: FicheAction, online: Action | undefined): SituationAction {
  return {
    etat: fiche.etat,
    alerte: fiche.alerte,
    enLigne: online !== undefined,
    certificationsChangees:
      online !== undefined && !sameCertifications(fiche.contenu.certifications, online.certifications),
    conventionnee: fiche.cadre === "conventionnee",
  };
}
