import type { Action, Certification, Habilitation, Organisme, Session } from "../contract/index.ts";

/** What the records of each kind hold. */
export interface Contents {
  readonly organisme: Organisme;
  readonly action: Action;
  readonly session: Session;
  readonly certification: Certification;
  readonly habilitation: Habilitation;
}
