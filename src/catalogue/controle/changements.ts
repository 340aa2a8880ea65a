import type { Knex } from "knex";
import { readLast } from "../../published/index.ts";
import { type ChampChange, comparerContenus } from "../../snapshot/index.ts";
import type { FicheAction, FicheSession } from "../fiche.ts";
import { readOnlineAction } from "../publication/online.ts";
import { brouillonOf } from "../publication/records.ts";

/** A session that waits with its action, beside what is online of it. */
export interface SessionSoumise {
  readonly id: number;
  readonly reference: string;
  readonly nouvelle: boolean;
  readonly champs: readonly ChampChange[];
}

/** What the control has to look at: against the last approved version, or all of it when there is none. */
export interface Changements {
  /** No version of it is online. */
  readonly nouvelle: boolean;
  readonly action: readonly ChampChange[];
  readonly sessions: readonly SessionSoumise[];
}

/**
 * Field by field, in words.
 * @param sessions those that wait with it
 */
export async function readChangementsSoumis(
  db: Knex,
  fiche: FicheAction,
  sessions: readonly FicheSession[],
): Promise<Changements> {
  const references = sessions.flatMap(({ reference }) => reference ?? []);
  const [online, versions] = await Promise.all([
    readOnlineAction(db, fiche),
    readLast(db, "session", references),
  ]);
  return {
    nouvelle: online === undefined,
    action: comparerContenus(online === undefined ? undefined : brouillonOf(online), fiche.contenu),
    sessions: sessions.map(({ id, reference, contenu }) => {
      const last = versions.get(reference ?? "");
      const { action: _, ...avant } = last?.contenu ?? { action: "" };
      const nouvelle = last === undefined || last.retrait !== undefined;
      return {
        id,
        reference: reference ?? "",
        nouvelle,
        champs: comparerContenus(nouvelle ? undefined : avant, contenu),
      };
    }),
  };
}
