import type { PresenceChange, Snapshot } from "../snapshot/index.ts";
import type { Frequence } from "./dits.ts";
import type { Compte } from "./ecriture.ts";

/** What an édition did for one profile. */
export interface BilanProfil {
  readonly profil: string;
  /** `inchange`: the offer reads as before, the snapshot of before stays; `relais`: served by another profile. */
  readonly issue: "nouveau" | "inchange" | "vide" | "relais";
  /** The snapshot that the profile serves after the run; null for a `relais`. */
  readonly snapshot: Snapshot | null;
  readonly compte: Compte;
  /** Beside the snapshot of before; null when there is no new one. */
  readonly changement: PresenceChange | null;
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
