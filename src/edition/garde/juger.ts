import type { Knex } from "knex";
import type { Client } from "pg";
import { type Jugement, judgeDepartures, type Raison, readGardes } from "../../snapshot/index.ts";
import type { Cible } from "../cibles.ts";
import type { Plan } from "../sorties.ts";

/** What the guard says of a profile in this run. */
export interface Garde {
  /** Absent when there was nothing to judge: a first feed, or one that reads as before. */
  readonly jugement: Jugement | undefined;
  /** Why its new feed is held; empty when it passes. */
  readonly raisons: readonly Raison[];
  /** The hold that was open when the run judged. */
  readonly ouverte: number | undefined;
  /** Holds whose accepted departures this run carries. */
  readonly acceptees: readonly number[];
}

/**
 * Judges, before anything is made current, what would leave the feed of each profile.
 * @param client the connection that holds the reading of the run, complete
 */
export async function judgeRun(
  db: Knex,
  client: Client,
  plan: Plan,
  cibles: readonly Cible[],
): Promise<ReadonlyMap<string, Garde>> {
  return db.transaction(
    async (trx) => {
      const gardes = await readGardes(
        trx,
        cibles.map(({ profil }) => profil.id),
      );
      const judged = await judgeDepartures(
        trx,
        cibles.flatMap(({ profil, sortie, before, same }) =>
          before === undefined || same
            ? []
            : { profil: profil.id, sortie, avant: before.sessions, garde: profil.garde },
        ),
        { jour: plan.jour, acceptees: gardes.acceptees },
      );
      return new Map(
        cibles.map(({ profil: { id } }) => {
          const jugement = judged.get(id);
          const raisons = jugement === undefined || jugement.verdict.passe ? [] : jugement.verdict.raisons;
          return [id, { jugement, raisons, ...gardes.of(id) }];
        }),
      );
    },
    { connection: client },
  );
}
