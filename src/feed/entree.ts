import type { AsRead, ElementName, ElementValues } from "../lheo/index.ts";
import type { Notice } from "../notices/index.ts";
import type {
  Action,
  Certification,
  Habilitation,
  MotifDeRetrait,
  Organisme,
  Session,
  Version,
} from "../published/contract/index.ts";

/** Everything that one `formation` of the feed is made of, already read. */
export interface Entree {
  readonly action: Version<Action>;
  readonly organisme: Version<Organisme>;
  /** In any order. */
  readonly sessions: readonly Version<Session>[];
  /** By {@link keyOfCertification}; those that the action and its sessions name are enough. */
  readonly certifications: ReadonlyMap<string, Certification>;
  /** Those of the organisme responsable, by key of the certification. */
  readonly habilitations: ReadonlyMap<string, Habilitation>;
  /**
   * By key, the first mise en ligne of the action with that certification, whatever the version: what the 24 hours of
   * the CPF mention are counted from (S75). A key that is missing counts from the first mise en ligne of the session.
   */
  readonly certifieeDepuis: ReadonlyMap<string, Date>;
  /** Records of this entry that have been withdrawn; absent: none. */
  readonly retraits?: Retraits;
}

export interface Retraits {
  readonly organisme?: MotifDeRetrait;
  readonly action?: MotifDeRetrait;
  /** By number of session. */
  readonly sessions?: ReadonlyMap<string, MotifDeRetrait>;
}

export interface Contexte {
  /** Number of our base in the national feed, put before the numbers (`<base>_<numero>`); empty: no prefix. */
  readonly base: string;
  readonly maintenant: Date;
}

/**
 * A value as it is built: its shape is that of the language, but what the row lacks or holds wrong is in it as it
 * stands, because the XSD and the rules say so better than a guess.
 */
export type Bati<N extends ElementName> = AsRead<ElementValues[N]>;

/** One `formation`: its head, built once whatever the sessions, and one LHEO `action` for each session. */
export interface OffreBatie {
  /** Without its `action` children. */
  readonly formation: Bati<"formation">;
  /** In the order of the numbers of session. */
  readonly actions: readonly ActionBatie[];
  /** Defaults applied and defects of texts; those of one session carry its number. */
  readonly notices: readonly Notice[];
}

export interface ActionBatie {
  /** Number of the session in the contract. */
  readonly session: string;
  readonly action: Bati<"action">;
}
