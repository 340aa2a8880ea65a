import { zAction } from "./action.ts";
import { zCertification, zHabilitation } from "./certification.ts";
import { zOrganisme } from "./organisme.ts";
import { zSession } from "./session.ts";

export * from "./action.ts";
export * from "./certification.ts";
export * from "./commun.ts";
export * from "./modalites.ts";
export * from "./organisme.ts";
export * from "./session.ts";

/** The kinds of record of the contract, each kept in `published_<kind>` with its schema. */
export const RECORDS = {
  organisme: zOrganisme,
  action: zAction,
  session: zSession,
  certification: zCertification,
  habilitation: zHabilitation,
} as const;

export type RecordKind = keyof typeof RECORDS;

/** Why a record left, coded; the operator's own words go beside it and never into a feed. */
export const MOTIFS_DE_RETRAIT = [
  "retrait_organisme",
  "retrait_controle",
  "session_terminee",
  "archivage",
  "suppression",
  "absent_de_la_source",
] as const;
export type MotifDeRetrait = (typeof MOTIFS_DE_RETRAIT)[number];

/** One immutable version of a record as the publisher reads it. */
export interface Version<T> {
  readonly numero: string;
  /** From 1, per number. */
  readonly version: number;
  readonly contenu: T;
  /** When this version became published (mise en ligne), the origin of every delay. */
  readonly misEnLigneAt: Date;
  /** First mise en ligne of the record, whatever the version. */
  readonly premiereMiseEnLigneAt: Date;
}
