import type { Knex } from "knex";
import type { Client } from "pg";
import { numeroAction } from "../../feed/index.ts";
import { readRecorded } from "../../snapshot/index.ts";
import type { Cible } from "../cibles.ts";
import type { Garde } from "./juger.ts";
import { type Reduction, type ReduireOptions, reduceFeed } from "./reduire.ts";

export interface RetenirOptions extends ReduireOptions {
  /** Number of our base in the national feed. */
  readonly base: string;
}

/**
 * Makes, for each profile whose new feed is held, what it serves meanwhile: the feed in service less what leaves rightly.
 * @returns by profile; those from which nothing leaves rightly are absent
 */
export async function reduceHeld(
  db: Knex,
  client: Client,
  held: readonly { readonly cible: Cible; readonly garde: Garde }[],
  options: RetenirOptions,
): Promise<ReadonlyMap<string, Reduction>> {
  const reductions = new Map<string, Reduction>();
  try {
    for (const { cible, garde } of held) {
      const { profil, before } = cible;
      if (before === undefined || (garde.jugement?.avecCause ?? 0) === 0) continue;
      const departs = await db.transaction((trx) => readRecorded(trx, profil.id), { connection: client });
      const gone = departs.map(({ session: numero, numeroAction: donne }) =>
        numeroAction(options.base, { numero, contenu: { numero_action_lheo: donne } }),
      );
      reductions.set(profil.id, await reduceFeed(before, new Set(gone), options));
    }
    return reductions;
  } catch (cause) {
    await discardAll(reductions);
    throw cause;
  }
}

/** Removes the files that were not put in place. */
export async function discardAll(reductions: ReadonlyMap<string, Reduction>): Promise<void> {
  for (const reduction of reductions.values())
    if ("reduit" in reduction) await reduction.reduit.file.discard();
}
