import type { Knex } from "knex";
import { horloge } from "../../db/index.ts";
import { parisDay } from "../../lheo/index.ts";
import type { Action } from "../../published/contract/index.ts";
import { estPerimee } from "../../published/index.ts";
import type { SituationSession } from "../etats/session.ts";
import type { FicheAction, FicheSession } from "../fiche.ts";
import { hasOtherSession } from "../fiches/read.ts";
import { amongCertifications } from "./records.ts";

/** What the state machine has to know of a session. */
export async function situationOfSession(
  trx: Knex,
  { action, session }: { readonly action: FicheAction; readonly session: FicheSession },
  online: Action | undefined,
): Promise<SituationSession> {
  const { fin } = session.contenu;
  return {
    etat: session.etat,
    action: action.etat,
    selonLaVersionEnLigne:
      online !== undefined && amongCertifications(session.contenu.certifications, online.certifications),
    terminee: fin !== undefined && estPerimee({ fin }, parisDay(await horloge(trx))),
    autreSession: await hasOtherSession(trx, action.id, [session.id]),
  };
}
