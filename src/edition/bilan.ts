import type { PresenceChange, Raison, Snapshot } from "../snapshot/index.ts";
import type { Frequence } from "./dits.ts";
import type { Compte } from "./ecriture.ts";

/** What an édition did for one profile. */
export interface BilanProfil {
  readonly profil: string;
  /**
   * `inchange`: the offer reads as before, the snapshot of before stays; `relais`: served by another profile; `retenu`:
   * the guard holds the new feed, the one of before goes on without what left it rightly.
   */
  readonly issue: "nouveau" | "inchange" | "vide" | "relais" | "retenu";
  /** The snapshot that the profile serves after the run; null for a `relais`. */
  readonly snapshot: Snapshot | null;
  /** Of the offer as the run read it, be it held. */
  readonly compte: Compte;
  /** Beside the snapshot of before; null when there is no new one. */
  readonly changement: PresenceChange | null;
  /** null when the guard has nothing to say. */
  readonly garde: BilanGarde | null;
}

/** What the guard did in an édition. */
export interface BilanGarde {
  /** A hold ended by itself: what had vanished came back. */
  readonly levee: boolean;
  /** Number of the hold, when the feed is held. */
  readonly retenue: number | null;
  /** Sessions that would vanish without a recorded cause. */
  readonly sansCause: number;
  readonly raisons: readonly Raison[];
}

/** What an édition did. */
export interface Bilan {
  readonly edition: number;
  /** The clock of the run. */
  readonly maintenant: Date;
  readonly profils: readonly BilanProfil[];
  /** By code, the most frequent first. */
  readonly notices: Readonly<Record<string, Frequence>>;
  /** Milliseconds of the steps; those that overlap are counted where this thread works. */
  readonly durees: Readonly<Record<string, number>>;
}

/** As it is kept in `edition.bilan`. */
export function bilanJson(bilan: Bilan): string {
  return JSON.stringify({
    profils: bilan.profils.map(({ snapshot, ...profil }) => ({
      ...profil,
      snapshot: snapshot?.id ?? null,
      sha256: snapshot?.file?.sha256 ?? null,
    })),
    notices: bilan.notices,
    durees: bilan.durees,
  });
}
