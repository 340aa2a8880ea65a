import type { Knex } from "knex";
import type { Profil } from "../feed/index.ts";
import { currentSnapshot, type Snapshot, type Store } from "../snapshot/index.ts";
import type { Flux } from "./moteur.ts";

/** A profile that a stream feeds, and what it serves until now. */
export interface Cible {
  readonly profil: Profil;
  /** Rank of its output in the run. */
  readonly sortie: number;
  readonly before: Snapshot | undefined;
  /** `before` still says what there is to say, and its files are there. */
  readonly same: boolean;
}

/** A stream beside the profiles that it feeds; none when they are served by another. */
export interface Arrivee {
  readonly flux: Flux;
  readonly cibles: readonly Cible[];
}

/** Sets each stream beside what its profiles serve now. */
export async function compareAll(db: Knex, flux: readonly Flux[], store: Store): Promise<readonly Arrivee[]> {
  const arrivees: Arrivee[] = [];
  for (const one of flux) {
    const cibles: Cible[] = [];
    for (const profil of one.sortie.fichier ? one.sortie.profils : []) {
      const before = await currentSnapshot(db, profil.id);
      const same =
        before?.contenuSha256 === one.contenuSha256 &&
        (before.file === null || (await store.has(before.file.sha256)));
      cibles.push({ profil, sortie: one.sortie.rang, before, same });
    }
    arrivees.push({ flux: one, cibles });
  }
  return arrivees;
}
