import type { Knex } from "knex";
import type { Channel } from "../alert/index.ts";
import type { Bilan } from "../edition/index.ts";
import type { Logger } from "../log/index.ts";
import type { Keyring } from "../partner/index.ts";
import type { Store } from "../snapshot/index.ts";

/** What jobs work with, the same for all of them in a process. */
export interface Outils {
  readonly db: Knex;
  readonly log: Logger;
  /** The files of the feeds. */
  readonly store: Store;
  /** Where alerts go. */
  readonly channels: readonly Channel[];
  /** Opens the secrets of partners. */
  readonly keyring: Keyring;
  /** Number of our base in the national feed. */
  readonly base: string;
  /** Days from a withdrawal to the purge of the content. */
  readonly retentionJours: number;
  /** Weeks before the end of a certification or of a habilitation at which it is told. */
  readonly alertExpiryWeeks: readonly number[];
  /** Runs an édition at once, and waits for one that is under way. */
  readonly editer: (options: {
    /** Ids; all of them when not given. */
    readonly profils?: readonly string[];
    readonly signal?: AbortSignal;
    readonly progress?: (done: number, total: number) => void;
  }) => Promise<Bilan>;
}

/** One run of one job. */
export interface JobContext extends Outils {
  /** The clock of the database when the run began. */
  readonly maintenant: Date;
  /** The instant that this run is for; long ago when it is caught up. */
  readonly slot: Date;
  /** Aborted when the process stops, when the slot is no longer ours, or when the run has lasted too long. */
  readonly signal: AbortSignal;
}

/** Something done at set times. Data: the table is in `jobs.ts`. */
export interface Job {
  /** Never changed: it is the name of its runs in the database. */
  readonly id: string;
  /** In French, for the operator. */
  readonly description: string;
  /** As `minute heure jour mois jour-de-semaine`, in Europe/Paris; a civil time occurs once on a day of clock change. */
  readonly horaire: string;
  /** What a stop leaves to do: the newest slot missed, the others being recorded as skipped; or each of them. */
  readonly rattrapage: "dernier" | "tous";
  /**
   * Does the work. It may be killed anywhere and run again for the same slot, so it leaves what it finds done as it is.
   * @returns what was done, kept as the summary of the run (plain JSON, no secret)
   * @throws anything: recorded, tried again a few times, then told by an alert
   */
  run(context: JobContext): Promise<Readonly<Record<string, unknown>>>;
}
