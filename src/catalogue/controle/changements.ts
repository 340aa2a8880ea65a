import type { Knex } from "knex";
import { readLast } from "../../published/index.ts";
import { type ChampChange, comparerContenus } from "../../snapshot/index.ts";
import type { FicheAction } from "../fiche.ts";
import { A_PUBLIER, readWaiting } from "../fiches/read.ts";
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

/** Field by field, in words. */
export async function readChangementsSoumis(db: Knex, fiche: FicheAction): Promise<Changements> {
  const [online, waiting] = await Promise.all([
    readOnlineAction(db, fiche),
    readWaiting(db, fiche.id, A_PUBLIER),
  ]);
  const versions = await readLast(
    db,
    "session",
    waiting.flatMap(({ reference }) => reference ?? []),
  );
  return {
    nouvelle: online === undefined,
    action: comparerContenus(online === undefined ? undefined : brouillonOf(online), fiche.contenu),
    sessions: waiting.map(({ id, reference, contenu }) => {
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
