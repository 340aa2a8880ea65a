import type * as lheo from "../lheo/index.ts";
import { type AsRead, attributeOf } from "../lheo/index.ts";
import { type Notice, notice } from "../notices/index.ts";
import type { Action, Organisme, Session } from "../published/contract/index.ts";
import { partagerModalites } from "./communs.ts";
import { decouper, defautDuNumero, type Unite } from "./decoupage.ts";
import { readAction } from "./formation.ts";
import { readModalites } from "./modalites.ts";
import { numeroOrganisme, readOrganisme } from "./organisme.ts";
import { readSession } from "./session.ts";

/** A record of the contract under its number. */
export interface Fiche<T> {
  readonly numero: string;
  readonly contenu: T;
}

export interface SessionImportee extends Fiche<Session> {
  /** What it was read from. */
  readonly unite: Unite;
}

/** What one LHEO `formation` becomes: an action of the catalogue, its organisme, one session per LHEO session. */
export interface OffreImportee {
  readonly organisme: Fiche<Organisme>;
  readonly action: Fiche<Action>;
  readonly sessions: readonly SessionImportee[];
  /** Where the formation begins in its file, from 1. */
  readonly line: number;
}

export interface Lecture {
  /** None: the record is refused, a notice says why. */
  readonly offre: OffreImportee | undefined;
  readonly notices: readonly Notice[];
}

/**
 * Reads one formation into rows of the contract, numbers as received; nothing is made up. What the contract has no
 * field for is not in them yet: see `attachTelQuel`.
 */
export function readFormation(formation: AsRead<lheo.Formation>, line: number): Lecture {
  const numero = attributeOf(formation, "numero");
  const defect = defautDuNumero(numero, "@numero");
  if (defect !== undefined || numero === undefined)
    return { offre: undefined, notices: defect === undefined ? [] : [defect] };
  const chemin = "organisme-formation-responsable";
  const organisme = formation["organisme-formation-responsable"];
  const cle = numeroOrganisme(organisme);
  if (organisme === undefined || cle === undefined) {
    return {
      offre: undefined,
      notices: [notice("import-organisme-sans-numero", { path: chemin, action: numero })],
    };
  }
  const defectOrganisme = defautDuNumero(cle, `${chemin}/@numero`);
  if (defectOrganisme !== undefined)
    return { offre: undefined, notices: [{ ...defectOrganisme, action: numero }] };
  const { unites, notices } = decouper(formation);
  if (unites.length === 0) {
    const refus = notice("import-formation-sans-session", { path: "action", value: numero, action: numero });
    return { offre: undefined, notices: [...notices, refus] };
  }
  const { communes, propres } = partagerModalites(unites.map(({ action }) => readModalites(action)));
  const sessions = unites.map((unite, rang) => ({
    numero: unite.numeroSession,
    unite,
    contenu: { ...readSession(unite.action, unite.session, numero), modalites: propres[rang] ?? {} },
  }));
  return {
    offre: {
      organisme: { numero: cle, contenu: readOrganisme(organisme) },
      action: {
        numero,
        contenu: {
          ...readAction(formation, cle),
          // S30: what a funder has an agreement for, in all its sessions.
          conventionnee: communes.conventionnement === true,
          modalites: communes,
        },
      },
      sessions,
      line,
    },
    notices,
  };
}
